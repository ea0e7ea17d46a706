import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BIN } from '../../../support/run-cli.ts';
import { LEFT, openInterrupted, type Interrupted } from './interrupted.ts';

/* Rights do not bind root, so the command is run as nobody by root, and as they are by others. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const become = isRoot ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : ['env'];
const [program = '', ...words] = become;
const works = spawnSync(program, [...words, process.execPath, BIN, '--version']).status === 0;
const command = `${become.join(' ')} "$NODE" "$BIN"`;

let left: Interrupted;
beforeEach(async () => {
  left = await openInterrupted();
  if (isRoot) for (const path of everything()) chownSync(path, NOBODY, NOBODY);
}, 60_000);
afterEach(() => {
  for (const path of [left.path, left.state]) chmodSync(path, 0o700);
  return left.close();
});

function everything(): readonly string[] {
  return [left.path, ...readdirSync(left.path, { recursive: true }).map((name) => left.at(String(name)))];
}

describe.skipIf(!works)('what the user may not read or write (as root only where setpriv is there)', () => {
  it('a journal: that is said, and nothing is done on its word', async () => {
    chmodSync(left.journal, 0);
    const run = await left.shell(`${command} apply --yes`);
    expect(run.code, run.stdout + run.stderr).toBe(0);
    expect(run.stderr).toMatch(/journal\.jsonl is neither read nor written \(EACCES\).*otherwise remove it/);
    expect(left.made()).toEqual([`${LEFT}: ${LEFT}`]);
  });

  it('a saved plan: 66; a folder: the fields are created, and no file is half there', async () => {
    writeFileSync(left.at('deals.plan'), '{}', { mode: 0 });
    left.declare({ Part_1: 'Part 1' });
    chmodSync(left.journal, 0o444);
    chmodSync(left.path, 0o555);
    chmodSync(left.state, 0o555);
    const before = everything();
    const note = (name: string, line: string): string => `${line}; echo "${name} $?"`;
    const run = await left.shell(
      [
        note('saved', `${command} apply deals.plan --yes`),
        note('out', `${command} plan --out new.plan >/dev/null`),
        note('import', `${command} import --out new.yaml`),
        note('apply', `${command} apply --yes >/dev/null`),
      ].join('; '),
    );
    const expected = ['saved 66', 'out 1', 'import 1', 'apply 0'];
    expect(run.stdout.trim().split('\n'), run.stderr).toEqual(expected);
    expect(run.stderr.replaceAll(/\s+/g, ' ').match(/You may not write there/g)?.length).toBe(3);
    expect(left.made()).toEqual([`${LEFT}: ${LEFT}`, 'Part_1: Part 1']);
    expect(everything()).toEqual(before);
    expect(readFileSync(left.journal, 'utf8')).toBe(left.noted);
  });
});
