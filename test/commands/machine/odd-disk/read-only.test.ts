import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEFT, openInterrupted, WISHED, type Interrupted } from '../odd-files/interrupted.ts';

let left: Interrupted;
let isReadOnly = false;
beforeAll(async () => {
  left = await openInterrupted();
  isReadOnly = seal(left.path);
}, 60_000);
afterAll(async () => {
  if (isReadOnly) execFileSync('umount', ['-l', left.path]);
  await left.close();
});

/** Makes a folder a disk of its own that can only be read, as a container's often is; false where that is not allowed. */
function seal(path: string): boolean {
  try {
    execFileSync('mount', ['--bind', path, path], { stdio: 'pipe' });
  } catch {
    return false;
  }
  try {
    execFileSync('mount', ['-o', 'remount,bind,ro', path], { stdio: 'pipe' });
    return true;
  } catch {
    execFileSync('umount', ['-l', path]);
    return false;
  }
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
const WHY = 'this user may not mount a disk that can only be read';

describe('in a folder on a disk that can only be read', () => {
  it.for([
    ['a plan', 'plan --out deals.plan'],
    ['a manifest', 'import --out new.yaml'],
    ['the state of the built-in Zoho', 'apply --emulator --yes'],
  ] as const)('%s is not written, with the cause and what to do', async ([, line], { skip }) => {
    skip(!isReadOnly, WHY);
    const run = await left.run(line.split(' '));
    expect(run.code, run.stderr).toBe(1);
    expect(oneLine(run.stderr)).toMatch(/\(EROFS\)\. do: The disk can only be read\. [A-Z]/);
  });

  it.for(['plan --emulator', 'audit --emulator'])(
    '%s works with a Zoho in memory, and says so',
    async (line, { skip }) => {
      skip(!isReadOnly, WHY);
      const run = await left.run(line.split(' '));
      expect(run.code, run.stderr).toBe(0);
      expect(oneLine(run.stderr)).toMatch(
        /cannot keep its state in \S+ \(EROFS\), so this run has one in memory/,
      );
      expect(run.stdout).toMatch(/emulator/);
    },
  );

  it('an interrupted apply is finished by what its journal says, and then there is nothing to do', async ({
    skip,
  }) => {
    skip(!isReadOnly, WHY);
    const files = readdirSync(left.path, { recursive: true });
    const run = await left.run(['apply', '--yes']);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stderr.match(/cannot be written \(EROFS\).*The disk can only be read/g)).toHaveLength(1);
    expect(left.made()).toEqual([`${LEFT}: ${WISHED}`]);
    left.wire();
    const again = await left.run(['apply', '--yes']);
    expect(again.code, again.stderr).toBe(0);
    expect(left.wire().patches).toEqual([]);
    expect(readdirSync(left.path, { recursive: true })).toEqual(files);
  });

  it('a manifest from standard input is applied all the same', async ({ skip }) => {
    skip(!isReadOnly, WHY);
    const fields =
      '{module: Deals, fields: [{api_name: Part_1, field_label: Part 1, data_type: text, length: 50}]}';
    const run = await left.shell(`echo '${fields}' | zf apply -f - --yes`);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stderr).toMatch(/journal.jsonl cannot be written \(EROFS\)/);
    expect(left.made()).toContain('Part_1: Part 1');
  });
});

describe('a manifest from standard input', () => {
  it.each([
    ['is closed', '<&-'],
    ['is a folder', '< /'],
  ])('that %s is no manifest: 65', async (_, input) => {
    const run = await left.shell(`zf apply -f - --yes ${input}`);
    expect(run.code, run.stderr).toBe(65);
  });

  it('in a folder that is gone meanwhile is applied, with the warning that nothing can be noted', async () => {
    const fields =
      '{module: Deals, fields: [{api_name: Part_2, field_label: Part 2, data_type: text, length: 50}]}';
    const gone = 'mkdir "$TMPDIR/gone" && cd "$TMPDIR/gone" && rmdir "$TMPDIR/gone"';
    const run = await left.shell(`${gone}; echo '${fields}' | zf apply -f - --yes`);
    expect(run.code, run.stderr).toBe(0);
    expect(left.made()).toContain('Part_2: Part 2');
  });
});
