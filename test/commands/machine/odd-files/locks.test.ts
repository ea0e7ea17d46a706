import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSpot, type Spot } from '../spot.ts';
import { localOwners } from '../../../../src/machine/lock.ts';

let spot: Spot;
beforeAll(async () => {
  spot = await openSpot();
  spot.declare({ Part_1: 'Part 1' });
}, 60_000);
afterAll(() => spot.close());

/** The folder of the locks, with nothing in it. */
function emptyFolder(): void {
  rmSync(spot.state, { recursive: true, force: true });
  mkdirSync(spot.state, { recursive: true, mode: 0o700 });
}

const lock = (owner: string): string => join(spot.state, `apply.${owner}.lock`);
/** The name of a process that lives: this one's. */
const alive = (): string => localOwners().claim();
/** The name of a process of this machine that there is not. */
const dead = (number = 1): string => alive().replace(/^\d+/, String(4_194_304 + number));

/** Waits until the command says that it waits, and then asks it to stop. */
const STOPPED =
  'rm -f said; "$NODE" "$BIN" apply --yes 2>said & until grep -qs Another said; do sleep 0.1; done; kill $!; wait $!';

describe('a lock of someone who may be alive is waited for, and never taken away', () => {
  it.each<readonly [string, () => string, RegExp]>([
    ['of a process', () => lock(alive()), /process \d+\)/],
    ['of another boot or container', () => lock('4711-99-0123456789ab-0-1'), /process 4711\)/],
    ['with junk for a name', () => lock('junk'), /process unknown\)/],
    ['with a name that would act on a terminal', () => lock('\u001b]0;evil\u0007-1'), /process unknown\)/],
  ])('%s', async (_, path, says) => {
    emptyFolder();
    writeFileSync(path(), 'junk');
    const before = readdirSync(spot.state);
    const run = await spot.shell(`${STOPPED}; code=$?; cat said; exit $code`);
    expect(run.code, run.stdout + run.stderr).toBe(130);
    expect(run.stdout).toMatch(says);
    expect(run.stdout).not.toContain('\u001b');
    expect(readdirSync(spot.state)).toEqual(expect.arrayContaining(before));
    expect(spot.made()).toEqual([]);
  });

  it('also where it is a folder, or a link', async () => {
    emptyFolder();
    mkdirSync(lock('1-2-3'));
    symlinkSync('/nowhere', lock('1-2-4'));
    const run = await spot.shell(STOPPED);
    expect(run.code, run.stderr).toBe(130);
    expect(readdirSync(spot.state)).toHaveLength(2);
    expect(spot.made()).toEqual([]);
  });
});

describe('locks that nobody holds keep nobody waiting', () => {
  it('of the dead, however many, of another machine an hour ago, and one that is no file', async () => {
    emptyFolder();
    for (let number = 1; number <= 500; number += 1) writeFileSync(lock(dead(number)), '');
    mkdirSync(lock(dead()).replace('.lock', '-more.lock'));
    const foreign = lock('4711-99-0123456789ab-0-1');
    writeFileSync(foreign, '');
    utimesSync(foreign, new Date(0), new Date(0));
    const run = await spot.run(['apply', '--yes']);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stderr).not.toContain('Another apply');
    expect(spot.made()).toEqual(['Part_1: Part 1']);
    expect(readdirSync(spot.state).filter((name) => !name.includes('-more.'))).toEqual([]);
  });

  it('nor one that another user has put there', async ({ skip }) => {
    skip(process.getuid?.() !== 0, 'only root can give a file away');
    emptyFolder();
    const path = lock(alive());
    writeFileSync(path, '');
    chownSync(path, 12_345, 12_345);
    const run = await spot.run(['apply', '--yes']);
    expect([run.code, run.stderr.includes('Another apply')]).toEqual([0, false]);
    expect(existsSync(path)).toBe(true);
  });
});

describe('the lock of the built-in Zoho', () => {
  const path = (): string => spot.at('.zoho-fields', 'emulator.json.lock');
  const emptyFolder = (): void => {
    rmSync(spot.at('.zoho-fields'), { recursive: true, force: true });
    mkdirSync(spot.at('.zoho-fields'), { mode: 0o700 });
  };
  const plan = (): ReturnType<Spot['run']> => spot.run(['plan', '--emulator']);

  it.each<readonly [string, () => void]>([
    ['is held by a living process', () => writeFileSync(path(), String(process.pid))],
    ['is a folder', () => mkdirSync(path())],
  ])('that %s is waited for, and then refused in words', async (_, make) => {
    emptyFolder();
    make();
    const run = await plan();
    expect(run.code, run.stderr).toBe(1);
    expect(run.stderr.replaceAll(/\s+/g, ' ')).toMatch(
      /emulator\.json\.lock is held by another process for too long\. do: Remove it/,
    );
    expect(existsSync(path())).toBe(true);
  });

  it.each([
    ['of a dead process', '4194305'],
    ['with junk in it', 'junk'],
  ])('%s is taken away', async (_, text) => {
    emptyFolder();
    writeFileSync(path(), text);
    const run = await plan();
    expect(run.code, run.stderr).toBe(0);
    expect(existsSync(path())).toBe(false);
  });
});
