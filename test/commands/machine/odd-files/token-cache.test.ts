import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSpot, type Spot } from '../spot.ts';

/** With a home; the API's address comes with the token, as it does from Zoho. */
const HOME = { CI: '', ZOHO_API_URL: '' };
const PLANTED = '1000.planted0planted0planted0planted0';

let spot: Spot;
let file: string;
/** What a good run keeps. */
let kept: Readonly<Record<string, unknown>>;
beforeAll(async () => {
  spot = await openSpot();
  spot.declare({ Part_1: 'Part 1' });
  await spot.run(['plan'], HOME);
  const folder = spot.at('home', '.cache', 'zoho-fields');
  file = spot.at('home', '.cache', 'zoho-fields', readdirSync(folder)[0] ?? 'none');
  kept = JSON.parse(readFileSync(file, 'utf8')) as typeof kept;
}, 60_000);
afterAll(() => spot.close());

const elsewhere = (): string => spot.at('elsewhere.json');
/** A token that only the one who planted it knows, in a file that is good but for what a story changes. */
const planted = (more: object = {}): string => JSON.stringify({ ...kept, access_token: PLANTED, ...more });
const put = (text: string): void => writeFileSync(file, text, { mode: 0o600 });
const link = (target: string): void => {
  writeFileSync(elsewhere(), planted(), { mode: 0o600 });
  symlinkSync(target, file);
};

describe('a token cache that is not believed costs a token, and nothing else: one that', () => {
  it.each<readonly [string, () => void]>([
    ['is old', () => put(planted({ expires_at: Date.now() - 1000 }))],
    ['says that it is good for years', () => put(planted({ expires_at: Date.now() + 1e11 }))],
    ['was cut off', () => put(planted().slice(0, 60))],
    ['has a token with a line in it', () => put(planted({ access_token: `${PLANTED}\r\nHost: evil` }))],
    ['leads to another host', () => put(planted({ api_domain: 'https://evil.example' }))],
    [
      'can be read by others',
      () => {
        put(planted());
        chmodSync(file, 0o644);
      },
    ],
    ['is a link', () => link(elsewhere())],
    ['is a link to nowhere', () => link(spot.at('nowhere'))],
  ])('%s', async (_, change) => {
    rmSync(file, { recursive: true });
    change();
    spot.wire();
    const run = await spot.run(['plan'], HOME);
    expect([run.code, run.stderr], run.stdout).toEqual([0, '']);
    expect(spot.wire().tokens).toHaveLength(1);
    expect(JSON.stringify(spot.zoho.requests)).not.toContain('planted');
    // A new one has taken its place, and not gone where a link led.
    if (existsSync(elsewhere())) expect(readFileSync(elsewhere(), 'utf8')).toBe(planted());
  });

  it('is a folder: no token is kept, and no run fails', async () => {
    rmSync(file, { recursive: true });
    mkdirSync(file);
    const runs = [await spot.run(['plan'], HOME), await spot.run(['plan'], HOME)];
    expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(lstatSync(file).isDirectory()).toBe(true);
  });

  it('belongs to another user', async ({ skip }) => {
    skip(process.getuid?.() !== 0, 'only root can give a file away');
    rmSync(file, { recursive: true });
    put(planted());
    chownSync(file, 12_345, 12_345);
    expect((await spot.run(['plan'], HOME)).code).toBe(0);
    expect(JSON.stringify(spot.zoho.requests)).not.toContain('planted');
    expect(lstatSync(file).uid).toBe(0);
  });
});
