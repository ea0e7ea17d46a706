import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSpot, type Spot } from '../spot.ts';
import { openSmallDisk, type SmallDisk } from './small-disk.ts';

let disk: SmallDisk;
let spot: Spot;
beforeAll(async () => {
  disk = openSmallDisk();
  spot = await openSpot(disk.path);
}, 60_000);
afterAll(async () => {
  disk.free();
  await spot.close();
  disk.remove();
});

/** Two fields that no other story has; the label of the second is set by a request of its own. */
let names: readonly string[];
let number = 0;
beforeEach(() => {
  disk.free();
  for (const name of readdirSync(spot.path)) rmSync(spot.at(name), { recursive: true });
  mkdirSync(spot.at('home'));
  number += 1;
  names = [`Part${number}`, `MarginIn${number}`];
  spot.declare({ [`Part${number}`]: `Part${number}`, [`MarginIn${number}`]: `margin ${number} (in)` });
});

const full = (line: string, more: Readonly<Record<string, string>> = {}): ReturnType<Spot['run']> =>
  spot.shell(`${disk.first} ${line}`, more);
/** What was made of the fields of this story. */
const made = (): readonly string[] => spot.made().filter((one) => names.includes(one.split(':')[0] ?? ''));
const wished = (): readonly string[] => [
  `Part${number}: Part${number}`,
  `MarginIn${number}: margin ${number} (in)`,
];
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
const SAYS = /\((ENOSPC|EFBIG)\).*(make room on it|lift it), then run the command again/;

describe('on a full disk no file is half there, a good one stays, and with room the same command works', () => {
  it.each<readonly [string, string, string | undefined]>([
    ['a saved plan', 'zf plan --out deals.plan', undefined],
    ['a report', 'zf plan --format html=report.html', 'report.html'],
    ['a new manifest', 'zf import --all --out new.yaml', undefined],
    ['a manifest that is added to', 'zf import --all --into fields.yaml', 'fields.yaml'],
  ])('%s', async (_, line, old) => {
    if (old === 'report.html') expect((await full(`${line} >/dev/null`)).code).toBe(0);
    const before = old === undefined ? undefined : readFileSync(spot.at(old), 'utf8');
    const files = readdirSync(spot.path);
    disk.fill();
    const run = await full(`${line} >/dev/null`);
    expect(run.code, run.stderr).toBe(1);
    expect(oneLine(run.stderr)).toMatch(SAYS);
    expect(readdirSync(spot.path)).toEqual(files);
    if (old !== undefined) expect(readFileSync(spot.at(old), 'utf8')).toBe(before);

    disk.free();
    const again = await full(`${line} >/dev/null`);
    expect(again.code, again.stderr).toBe(0);
  });

  it('the settings of a login, which says that they are as they were', async () => {
    const text = '# ours\nZOHO_DC=us\n';
    writeFileSync(spot.at('.env'), text, { mode: 0o600 });
    disk.fill();
    const code = spot.zoho.grantCode();
    const run = await full('printf %s "$CODE" | zf auth login', { CODE: code });
    expect(run.code, run.stderr).toBe(1);
    expect(oneLine(run.stderr)).toMatch(
      /\((ENOSPC|EFBIG)\); it is as it was\. do: Remove the cause.*--settings/,
    );
    expect(readFileSync(spot.at('.env'), 'utf8')).toBe(text);
    expect(readdirSync(spot.path).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  it('an access token, which is then not kept, and nobody needs to know', async () => {
    disk.fill();
    const run = await full('zf plan', { CI: '' });
    expect([run.code, run.stderr]).toEqual([0, '']);
    const cache = spot.at('home', '.cache', 'zoho-fields');
    expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([]);
  });

  it('standard output: what has room for a part of it is a failure, and says so', async () => {
    disk.fill(8192);
    const run = await full('zf schema > schema.json');
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/output could not be written \((ENOSPC|EFBIG)\)\.\n +do: Make room/);
  });
});

describe('an apply on a full disk', () => {
  it('creates everything, warns once that it cannot be noted, and leaves nothing that is half there', async () => {
    disk.fill();
    const run = await full('zf apply --yes >/dev/null');
    expect(run.code, run.stderr).toBe(0);
    expect(run.stderr.match(/The journal .* cannot be written/g)).toHaveLength(1);
    expect(run.stderr).toMatch(SAYS);
    expect(made()).toEqual(wished());

    disk.free();
    spot.wire();
    const again = await full('zf apply --yes');
    expect([again.code, again.stderr]).toEqual([0, '']);
    expect(spot.wire().posts).toEqual([]);
    expect(existsSync(spot.at('.zoho-fields'))).toBe(false);
    expect(existsSync(spot.state) ? readdirSync(spot.state) : []).toEqual([]);
  });

  it('that can make no file at all, not even a lock, does the same', async ({ skip }) => {
    skip(!disk.isReal, 'only a disk that was mounted for it runs out of names');
    disk.fillNames();
    const run = await full('zf apply --yes >/dev/null');
    expect(run.code, run.stderr).toBe(0);
    expect(run.stderr).toMatch(SAYS);
    expect(made()).toEqual(wished());
  });

  it('whose report has no room says so, and the next one finds all of it done', async () => {
    disk.fill();
    const run = await full('zf apply --yes --json > report.json');
    expect(run.code, run.stderr).toBe(1);
    expect(run.stderr).toMatch(/The output could not be written/);
    disk.free();
    spot.wire();
    expect((await full('zf apply --yes')).code).toBe(0);
    expect(made()).toEqual(wished());
    expect(spot.wire().posts).toEqual([]);
  });

  it.each([
    ['halfway through its journal', 8192],
    ['before its journal', 0],
  ])(
    'that is killed when the disk is full %s: labels are set where the journal has proof',
    async (_, leftBytes) => {
      const wishes = Array.from(
        { length: 14 },
        (_, index) => `Late${number}N${String.fromCharCode(65 + index)}`,
      );
      names = wishes;
      spot.declare(Object.fromEntries(wishes.map((name) => [name, `${name.toLowerCase()} (late)`])));
      disk.fill(leftBytes);
      await spot.kill(['apply', '--yes'], { method: 'PATCH', commit: 'none' }, disk.first);
      const proven = wishes.filter((name) => journal().includes(name));
      expect(proven.length > 0).toBe(leftBytes > 0);

      disk.free();
      const run = await spot.run(['apply', '--yes']);
      expect(run.code, run.stderr).toBe(0);
      const expected = wishes.map(
        (name) => `${name}: ${proven.includes(name) ? `${name.toLowerCase()} (late)` : name}`,
      );
      expect(made()).toEqual(expected);
    },
  );

  /** The names in the whole lines of the journal. */
  const journal = (): readonly string[] => {
    const path = join(spot.state, 'journal.jsonl');
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
    return lines.flatMap((line) => /^\{.*"api_name":"(\w+)".*\}$/.exec(line)?.[1] ?? []);
  };
});

describe('the built-in Zoho on a full disk', () => {
  it('cannot begin, and says why', async () => {
    disk.fill();
    const run = await full('zf plan --emulator');
    expect(run.code, run.stderr).toBe(1);
    expect(oneLine(run.stderr)).toMatch(SAYS);
  });

  it('answers no more when it is full later, says why once, and is the old one again with room', async () => {
    expect((await full('zf plan --emulator')).code).toBe(0);
    const state = spot.at('.zoho-fields', 'emulator.json');
    const before = readFileSync(state, 'utf8');
    disk.fill(4096);
    const run = await full('zf apply --emulator --yes >/dev/null');
    expect(run.code, run.stderr).toBe(69);
    expect(oneLine(run.stderr)).toMatch(SAYS);
    expect(run.stderr.match(/ENOSPC|EFBIG/g)).toHaveLength(1);
    expect(readFileSync(state, 'utf8')).toBe(before);
    disk.free();
    const again = await full('zf apply --emulator --yes');
    expect(again.stdout, again.stderr).toMatch(/2 created/);
  });
});
