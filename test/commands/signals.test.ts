import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { BIN, ownEnvironment } from '../support/run-cli.ts';
import { type Report } from '../support/report-shapes.ts';
import { it, missing } from '../support/story.ts';
import { runOnTerminal } from '../support/terminal.ts';

/** All that asks a process to end, and can be answered. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

describe.concurrent.each(SIGNALS)('%s ends with 130, and what is known is said (contract §6)', (signal) => {
  it.for(['POST', 'GET'] as const)('while a %s is under way', async (method, { open }) => {
    const story = await open();
    story.declare({ Deals: missing(6) });
    let kill: (signal: NodeJS.Signals) => void = () => undefined;
    const effect = (): void => kill(signal);
    story.zoho.faults = [{ kind: 'run', method, path: '/settings/fields', nth: 1, effect }];
    const onSpawn = (send: typeof kill): void => {
      kill = send;
    };
    const run = await story.json(['apply', '--yes'], { onSpawn });
    expect(run.code, run.stdout + run.stderr).toBe(130);
    if (method === 'GET') expect(run.report.diagnostics[0]?.code).toBe('interrupted');
    else expect(run.report).toMatchObject({ kind: 'apply', interrupted: true, summary: { created: 5 } });
    expect(story.wire().posts).toHaveLength(method === 'GET' ? 0 : 1);
  });

  it('while a question stands', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const run = await runOnTerminal(['apply'], {
      cwd: story.folder.path,
      env: { ...story.zoho.environment, CI: '1' },
      person: { when: 'Type yes', sends: signal },
    });
    expect(run.code, run.screen).toBe(130);
    expect(run.screen).toContain('Interrupted');
    expect(story.wire().posts).toEqual([]);
  });

  it.for([0, 1])(
    'while a pipe is waited for that %i others hold open, and say nothing',
    async (writers, { open }) => {
      const story = await open();
      const pipe = join(story.folder.path, 'fields.yaml');
      execFileSync('mkfifo', [pipe]);
      // Held for reading as well, a pipe can be held for writing before anybody waits for it.
      const held = writers === 0 ? [] : [openSync(pipe, 'r+')];
      const running = story.run(['validate', '--json'], {
        onSpawn: (kill, pid) => void isReady(pid).then(() => kill(signal)),
      });
      const run = await running;
      for (const one of held) closeSync(one);
      expect(run.code, run.stderr).toBe(130);
      expect((JSON.parse(run.stdout) as Report).diagnostics[0]?.code).toBe('interrupted');
    },
  );

  it('while standard input is waited for', async ({ open }) => {
    const story = await open();
    const run = await interruptedReading(story.folder.path, signal);
    expect(run.code, run.stdout).toBe(130);
    expect((JSON.parse(run.stdout) as Report).diagnostics[0]?.code).toBe('interrupted');
  });
});

/** Waits until a command answers signals itself, and then as long as it takes on most machines to wait for the pipe. */
async function isReady(pid: number): Promise<void> {
  while (!catchesSignals(pid)) await setTimeout(20);
  await setTimeout(500);
}

/** Node itself catches SIGINT and SIGTERM, to leave the terminal in order, but not SIGHUP: the command takes all at once. */
function catchesSignals(pid: number): boolean {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mask = Number.parseInt(/^SigCgt:\s*\w*(\w)$/mu.exec(status)?.[1] ?? '0', 16);
  // Its lowest bit stands for SIGHUP.
  return mask % 2 === 1;
}

/** More than a pipe or a socket holds, so that the command has certainly begun to read it; its end never comes. */
const BEGINNING = `# ${'x'.repeat(900_000)}\n`;

function interruptedReading(
  cwd: string,
  signal: NodeJS.Signals,
): Promise<{ readonly code: number | null; readonly stdout: string }> {
  return new Promise((resolve, reject) => {
    const env = ownEnvironment(cwd);
    const child = spawn(process.execPath, [BIN, 'validate', '-f', '-', '--json'], { cwd, env });
    const out: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stdin.on('error', () => undefined);
    child.stdin.write(BEGINNING, () => child.kill(signal));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout: Buffer.concat(out).toString('utf8') }));
  });
}
