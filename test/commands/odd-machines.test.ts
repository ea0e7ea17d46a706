import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import { BIN, type Run } from '../support/run-cli.ts';
import { it, missing, type Story } from '../support/story.ts';

const execute = promisify(execFile);

/** Runs a line of a shell in which `zoho-fields` is the built command. */
async function shell(story: Story, line: string): Promise<Run> {
  const env = {
    ...story.zoho.environment,
    PATH: process.env['PATH'] ?? '',
    HOME: story.folder.path,
    CI: '1',
  };
  const script = `set -o pipefail; zoho-fields() { '${process.execPath}' '${BIN}' "$@"; }; ${line}`;
  const options = { cwd: story.folder.path, env };
  return execute('/bin/bash', ['-c', script], options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: Run) => ({ code, stdout, stderr }),
  );
}

describe.concurrent('a machine that is not as it should be is told in words (contract §6)', () => {
  it('a reader that has seen enough is no failure', async ({ open }) => {
    const story = await open();
    const run = await shell(story, 'zoho-fields schema | head -c 5');
    expect(run).toMatchObject({ code: 0, stderr: '' });
  });

  it('a full disk behind standard output is exit 1', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const run = await shell(story, 'zoho-fields plan > /dev/full');
    expect(run.code, run.stderr).toBe(1);
    expect(run.stderr).toMatch(/could not be written \(ENOSPC\)/);
    expect(run.stderr).not.toMatch(/^ +at /m);
  });

  it('a folder that someone removed holds no manifest: 66', async ({ open }) => {
    const story = await open();
    const run = await shell(story, 'mkdir gone && cd gone && rmdir ../gone && zoho-fields plan');
    expect(run.code, run.stderr).toBe(66);
    expect(run.stderr).not.toMatch(/^ +at /m);
  });

  it('a home in which no folder can ever be made keeps nothing, and ends all the same', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const env = { HOME: '/proc/nope', CI: '' };
    expect((await story.run(['plan'], { env })).code).toBe(0);
    const applied = await story.run(['apply', '--yes'], { env });
    expect(applied.code, applied.stderr).toBe(0);
    const told = await story.run(['plan', '--out', '/proc/nope/deals.plan'], { env });
    expect([told.code, told.stderr]).toEqual([1, expect.stringContaining('/proc/nope/deals.plan')]);
  });

  it('a manifest from a pipe is a manifest', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const run = await shell(
      story,
      'cat fields.yaml | zoho-fields plan -f - && zoho-fields plan -f <(cat fields.yaml)',
    );
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout.match(/\+ +Part_1/g)).toHaveLength(2);
  });

  it('apply without standard input at all cannot ask', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const run = await shell(story, 'zoho-fields apply <&-');
    expect(run.code).toBe(64);
    expect(story.zoho.requests).toEqual([]);
  });
});
