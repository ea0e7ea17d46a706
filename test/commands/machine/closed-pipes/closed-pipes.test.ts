import { existsSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSpot, type Spot } from '../spot.ts';

/** Twelve fields, of which some get their label by a request of its own. */
const WISHES: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => `Part${index}`).map((name, index) => [
    name,
    index % 3 === 0 ? `${name.toLowerCase()} (late)` : name,
  ]),
);
const WISHED = Object.entries(WISHES).map(([name, label]) => `${name}: ${label}`);

async function openPiped(): Promise<Spot> {
  const spot = await openSpot();
  onTestFinished(() => spot.close());
  spot.declare(WISHES);
  return spot;
}

/** Runs a line in a pipe whose reader is gone before it writes, and tells its exit code. */
const unread = (line: string): string => `{ { sleep 1; ${line}; echo $? >&3; } | true; } 3>&1`;

describe('an apply whose output nobody reads any more does all of its work', () => {
  it.each([
    [
      'a reader that takes one line',
      '{ { zf apply --yes 2>&1; echo $? >&3; } | head -n 1 >/dev/null; } 3>&1',
    ],
    [
      'a reader that takes one byte of the progress',
      '{ { zf apply --yes 2>&1 >/dev/null; echo $? >&3; } | head -c 1 >/dev/null; } 3>&1',
    ],
    ['a reader that is gone', unread('zf apply --yes 2>&1')],
    ['a reader of JSON that is gone', unread('zf apply --yes --json 2>/dev/null'), 1],
    ['no output at all', 'zf apply --yes >&- 2>&-; echo $?'],
  ])('%s', async (_, line, code = 0) => {
    const spot = await openPiped();
    const run = await spot.shell(line);
    expect([run.stdout, run.stderr]).toEqual([`${code}\n`, '']);
    expect(spot.made()).toEqual(WISHED);
    expect(existsSync(spot.at('.zoho-fields', 'journal.jsonl'))).toBe(false);
  });

  it('where it is killed on top of that, the next one goes on from its journal', async () => {
    const spot = await openPiped();
    const gone = 'mkfifo pipe; true < pipe & exec > pipe 2>&1; wait;';
    await spot.kill(['apply', '--yes'], { method: 'PATCH', commit: 'none' }, gone);
    const run = await spot.run(['apply', '--yes']);
    expect(run.code, run.stderr).toBe(0);
    expect(spot.made()).toEqual(WISHED);
    spot.wire();
    expect((await spot.run(['apply', '--yes'])).code).toBe(0);
    expect(spot.wire()).toMatchObject({ posts: [], patches: [] });
  });
});

describe('the exit code is what a reader would have been told', () => {
  it.each([
    ['2 for a plan with changes', 'zf plan --detailed-exitcode', 2],
    ['66 for a manifest that is not there', 'zf apply --yes -f nowhere.yaml --json', 66],
  ])('%s', async (_, line, code) => {
    const spot = await openPiped();
    const run = await spot.shell(`${unread(`${line} 2>&1`)}; ${line} >&- 2>&-; echo $?`);
    expect([run.stdout, run.stderr]).toEqual([`${code}\n${code}\n`, '']);
  });
});

describe('a document that nobody got is a failure (contract §6, §7)', () => {
  it.each([
    ['plan --json', 1],
    ['plan --format json --detailed-exitcode', 1],
    ['audit --json', 1],
    ['validate --json', 1],
    ['diff fields.yaml --json', 1],
    ['plan --json -f nowhere.yaml', 66],
    ['plan --jsonn', 64],
  ])('%s is %i', async (words, code) => {
    const spot = await openPiped();
    const run = await spot.shell(unread(`zf ${words}`));
    expect(run.stdout).toBe(`${code}\n`);
    if (code === 1) expect(run.stderr).toContain('could not be written (EPIPE)');
  });
});
