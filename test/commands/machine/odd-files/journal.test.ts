import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEFT, openInterrupted, WISHED, type Interrupted } from './interrupted.ts';

let left: Interrupted;
beforeAll(async () => {
  left = await openInterrupted();
}, 60_000);
afterAll(() => left.close());

const isRoot = process.getuid?.() === 0;
const elsewhere = (): string => left.at('elsewhere.jsonl');
/** The lines of the killed run, with other values. */
const noted = (change: (line: string) => string): string => left.noted.split('\n').map(change).join('\n');

describe('a journal that is as good as the one that the killed run left', () => {
  it.each<readonly [string, () => void]>([
    ['can be read by others', () => chmodSync(left.journal, 0o644)],
    ['was carried here from another machine', () => left.write(left.noted.replaceAll('\n', '\r\n'))],
    ['has keys of a newer version', () => left.write(noted((line) => line.replace('{', '{"format":9,')))],
    [
      'has junk around its lines',
      () => left.write(`\u0000\u0001{]\n${left.noted}\n\u001b[31m{"event":"created"}`),
    ],
  ])('%s: the label is set', async (_, change) => {
    left.rewind();
    left.write(left.noted);
    change();
    const run = await left.run(['apply', '--yes']);
    expect(run.code, run.stdout + run.stderr).toBe(0);
    expect(left.label()).toBe(WISHED);
    expect(existsSync(left.journal)).toBe(false);
  });
});

/** The lines of the killed run with another time. */
const timed = (at: string): string => left.noted.replaceAll(/"at":\d+/g, `"at":${at}`);

/** Where the line of an event begins and ends. */
function lineOf(event: string): { readonly from: number; readonly to: number } {
  const from = left.noted.indexOf('{', left.noted.lastIndexOf('\n', left.noted.indexOf(`"${event}"`)));
  return { from, to: left.noted.indexOf('\n', from) };
}

const HALF = (event: string) => (): number => Math.floor((lineOf(event).from + lineOf(event).to) / 2);

describe('a journal that was cut off', () => {
  it.each([
    ['before its first line', () => 0],
    ['in the middle of the intent', HALF('intent')],
    ['one letter before the end of the intent', () => lineOf('intent').to - 1],
  ])('%s proves nothing: the label is left alone, and nothing is created', async (_, cut) => {
    left.rewind();
    left.write(left.noted.slice(0, cut()));
    const run = await left.run(['apply', '--yes', '--json']);
    expect(run.code, run.stdout + run.stderr).toBe(0);
    expect(left.made()).toEqual([`${LEFT}: ${LEFT}`]);
    expect(JSON.parse(run.stdout)).toMatchObject({ summary: { created: 0, finished: 0 } });
    expect(left.wire()).toMatchObject({ posts: [], patches: [] });
  });

  it.each([
    ['at the very end of the intent', () => lineOf('intent').to],
    ['in the middle of the line that tells the id', HALF('created')],
    ['in the middle of the last line', HALF('labelling')],
  ])('%s proves that the field is ours: its label is set, and the journal forgotten', async (_, cut) => {
    left.rewind();
    left.write(left.noted.slice(0, cut()));
    const run = await left.run(['apply', '--yes', '--json']);
    expect(run.code, run.stdout + run.stderr).toBe(0);
    expect(left.made()).toEqual([`${LEFT}: ${WISHED}`]);
    expect(left.wire().posts).toEqual([]);
    expect(existsSync(left.journal)).toBe(false);
  });
});

describe('a journal that proves nothing', () => {
  it.each<readonly [string, () => void]>([
    ['is binary junk', () => left.write(Uint8Array.from({ length: 5000 }, (_, index) => (index * 89) % 256))],
    [
      'speaks of another organisation',
      () => left.write(left.noted.replaceAll(/"(id|beside)":"\d{7}/g, '"$1":"7770001')),
    ],
    [
      'speaks of another field of this one',
      () => left.write(noted((line) => line.replace(/"id":"\d+"/, '"id":"6084217000000000001"'))),
    ],
    ['has no times', () => left.write(timed('null'))],
    ['is of 1970', () => left.write(timed('1'))],
    ['is of a year that is to come', () => left.write(timed(String(Date.now() + 4e10)))],
    [
      'says in the end that Zoho refused',
      () => left.write(`${left.noted}{"event":"refused","module":"Deals","api_name":"${LEFT}"}`),
    ],
    [
      'has only events of a newer version',
      () => left.write(noted((line) => line.replace(/"event":"\w+"/, '"event":"parked"'))),
    ],
  ])('%s: the label is left alone, and nothing is created', async (_, change) => {
    left.rewind();
    change();
    const run = await left.run(['apply', '--yes', '--json']);
    expect(run.code, run.stdout + run.stderr).toBe(0);
    expect(left.made()).toEqual([`${LEFT}: ${LEFT}`]);
    expect(left.wire().patches).toEqual([]);
  });
});

describe('what lies elsewhere than in the folder of this user and these credentials', () => {
  const lay = (file: string): string => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, left.noted, { mode: 0o600 });
    return file;
  };

  it('proves nothing where it came with the checkout, which is told once, by plan and by apply', async () => {
    left.rewind();
    const file = lay(left.at('.zoho-fields', 'journal.jsonl'));
    for (const words of [['plan'], ['apply', '--yes']]) {
      const run = await left.run([...words, '--json']);
      expect(run.code, run.stdout + run.stderr).toBe(0);
      expect(
        run.stderr.match(/journal\.jsonl is not read: a file in a checkout proves nothing/g),
      ).toHaveLength(1);
      expect(run.stdout).not.toContain('unfinished');
    }
    expect(left.made()).toEqual([`${LEFT}: ${LEFT}`]);
    expect(left.wire()).toMatchObject({ posts: [], patches: [] });
    expect(readFileSync(file, 'utf8')).toBe(left.noted);
    rmSync(dirname(file), { recursive: true });
  });

  const others: readonly (readonly [string, () => string, () => Readonly<Record<string, string>>])[] = [
    ['other credentials', () => lay(join(dirname(left.state), 'f'.repeat(64), 'journal.jsonl')), () => ({})],
    ['no credentials', () => lay(join(dirname(left.state), 'journal.jsonl')), () => ({})],
    [
      'the same credentials at another host',
      () => lay(left.journal),
      () => ({ ZOHO_ACCOUNTS_URL: `http://localhost:${new URL(left.zoho.url).port}` }),
    ],
  ];

  it.each(others)('proves nothing as that of %s', async (_, change, env) => {
    left.rewind();
    change();
    const run = await left.run(['apply', '--yes'], env());
    expect([run.code, run.stderr]).toEqual([0, expect.not.stringContaining('journal')]);
    expect(left.made()).toEqual([`${LEFT}: ${LEFT}`]);
    expect(left.wire()).toMatchObject({ posts: [], patches: [] });
  });

  it('while the very same file proves the same thing to another checkout', async () => {
    left.rewind();
    left.write(left.noted);
    const other = left.at('other checkout');
    mkdirSync(other, { recursive: true });
    copyFileSync(left.at('fields.yaml'), join(other, 'deals.yaml'));
    const run = await left.shell(`cd '${other}' && zf apply -f deals.yaml --yes`);
    expect(run.code, run.stderr).toBe(0);
    expect(left.label()).toBe(WISHED);
    expect(readdirSync(other)).toEqual(['deals.yaml']);
  });
});

describe('a field that was not made when the journal says that it was sent', () => {
  it.each([
    ['years before', '2019-03-01T09:30:00+01:00'],
    ['the day before yesterday', new Date(Date.now() - 2 * 86_400_000).toISOString()],
    ['later', '2031-03-01T09:30:00+01:00'],
  ])('but %s is someone else’s, by whatever id', async (_, created_time) => {
    left.rewind();
    left.write(left.noted);
    left.zoho.fields('Deals').edit(LEFT, { created_time });
    const plan = await left.run(['plan']);
    expect(plan.stdout).not.toContain('interrupted');
    const run = await left.run(['apply', '--yes', '--json']);
    expect(run.code, run.stdout + run.stderr).toBe(0);
    expect(left.made()).toEqual([`${LEFT}: ${LEFT}`]);
    expect(left.wire()).toMatchObject({ posts: [], patches: [] });
  });

  it('is ours where Zoho does not tell when it was made', async () => {
    left.rewind();
    left.write(left.noted);
    left.zoho.fields('Deals').edit(LEFT, { created_time: null });
    expect((await left.run(['apply', '--yes'])).code).toBe(0);
    expect(left.label()).toBe(WISHED);
  });
});

describe('what stands in the place of a journal, and may be anybody’s', () => {
  const odd: readonly (readonly [string, () => void, RegExp])[] = [
    ['can be written by others', () => chmodSync(left.journal, 0o666), /others may write it/],
    ['is a link to a file', () => link(true), /it is a link/],
    ['is a link to nowhere', () => link(false), /it is a link/],
    ['is a folder', () => folder(), /it is no plain file/],
    ['is larger than any', () => left.write(left.noted.repeat(20_000)), /it is larger than any/],
    [
      'is in a folder that others can write',
      () => chmodSync(left.state, 0o777),
      /others may write its folder/,
    ],
    [
      'is below a folder that others can write',
      () => chmodSync(dirname(left.state), 0o770),
      /others may write its folder/,
    ],
    ['is in a folder behind a link', () => linkFolder(), /its folder is a link/],
  ];
  const link = (isThere: boolean): void => {
    rmSync(elsewhere(), { force: true });
    if (isThere) writeFileSync(elsewhere(), left.noted, { mode: 0o600 });
    rmSync(left.journal);
    symlinkSync(elsewhere(), left.journal);
  };
  const linkFolder = (): void => {
    rmSync(left.at('moved'), { recursive: true, force: true });
    renameSync(left.state, left.at('moved'));
    symlinkSync(left.at('moved'), left.state);
  };
  const folder = (): void => {
    rmSync(left.journal);
    mkdirSync(left.journal);
  };

  it.each(odd)('%s: that is said, nothing is done on its word, and it stays', async (_, change, why) => {
    left.rewind();
    left.write(left.noted);
    change();
    const before = lstatSync(left.journal);
    const run = await left.run(['apply', '--yes']);
    expect(run.code, run.stdout + run.stderr).toBe(0);
    expect(run.stderr).toMatch(why);
    expect(run.stderr).toMatch(
      /make it a plain file that you own in a folder that only you can write.*otherwise remove it/,
    );
    expect(left.made()).toEqual([`${LEFT}: ${LEFT}`]);
    expect(left.wire().patches).toEqual([]);
    const after = lstatSync(left.journal);
    expect([after.ino, after.mode, after.mtimeMs]).toEqual([before.ino, before.mode, before.mtimeMs]);
    if (existsSync(elsewhere())) expect(readFileSync(elsewhere(), 'utf8')).toBe(left.noted);
  });

  it('is believed once its rights are set right, as the warning says', async () => {
    left.rewind();
    left.write(left.noted);
    chmodSync(left.journal, 0o666);
    const plan = await left.run(['plan', '--json']);
    expect(plan.stderr).toMatch(/others may write it/);
    expect(JSON.parse(plan.stdout)).toMatchObject({ summary: { create: 0, drift: 1 } });
    chmodSync(left.journal, 0o600);
    const run = await left.run(['apply', '--yes']);
    expect(run.code, run.stderr).toBe(0);
    expect(left.label()).toBe(WISHED);
  });

  it('belongs to another user: it is no proof either', async ({ skip }) => {
    skip(!isRoot, 'only root can give a file away');
    left.rewind();
    left.write(left.noted);
    chownSync(left.journal, 12_345, 12_345);
    const run = await left.run(['apply', '--yes']);
    expect(run.stderr).toMatch(/belongs to another user/);
    expect(left.label()).toBe(LEFT);
  });
});
