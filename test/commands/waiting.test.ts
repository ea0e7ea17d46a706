import { describe, expect } from 'vitest';
import { it, missing, type Story } from '../support/story.ts';
import { runOnTerminal, type TerminalRun } from '../support/terminal.ts';

/** Longer than what a person waits for without a word. */
const SLOW = { switches: { latency: 900 } };

function onTerminal(story: Story, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return runOnTerminal(args, { cwd: story.folder.path, env: { ...story.zoho.environment, ...env } });
}

/** A control character that moves the cursor or takes something away would be a line that stayed. */
const hasLeftovers = ({ screen }: TerminalRun): boolean => screen.includes('\u001B[K');

describe.concurrent('what takes longer than half a second', () => {
  it('says what a plan waits for, in a line that is gone afterwards', async ({ open }) => {
    const story = await open(SLOW);
    story.declare({ Deals: missing(1) });
    const run = await onTerminal(story, ['plan']);
    expect(run.code, run.screen).toBe(0);
    expect(run.waits).toContain('Asking for an access token …');
    expect(run.waits).toContain('Reading Deals …');
    expect(run.screen).not.toContain('Reading Deals');
    expect(hasLeftovers(run)).toBe(false);
  });

  it('says which batch of an apply is under way', async ({ open }) => {
    const story = await open(SLOW);
    story.declare({ Deals: missing(11) });
    const run = await onTerminal(story, ['apply', '--yes']);
    expect(run.code, run.screen).toBe(0);
    expect(run.waits).toEqual(
      expect.arrayContaining([
        'Creating batch 1 of 3 in Deals …',
        'Creating batch 2 of 3 in Deals …',
        'Creating batch 3 of 3 in Deals …',
        'Reading Deals back …',
      ]),
    );
    expect(hasLeftovers(run)).toBe(false);
  });

  it('says that it settles after a lost answer', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    story.zoho.faults = [{ kind: 'reset', method: 'POST', path: '/settings/fields', times: 1 }];
    const run = await onTerminal(story, ['apply', '--yes'], { ZOHO_SETTLE_MS: '1500' });
    expect(run.waits).toContain('Settling: waiting 1.5 s, then looking what is there …');
    expect(hasLeftovers(run)).toBe(false);
  });

  it('says nothing of it without a terminal, nor on a dumb one', async ({ open }) => {
    const story = await open(SLOW);
    story.declare({ Deals: missing(1) });
    const [piped, dumb] = await Promise.all([
      story.run(['plan']),
      onTerminal(story, ['plan'], { TERM: 'dumb' }),
    ]);
    expect(piped.stderr).toBe('');
    for (const part of ['Asking for', 'Reading Deals', '\u001B']) expect(dumb.screen).not.toContain(part);
  });

  it('leaves the line when it is interrupted', async ({ open }) => {
    const story = await open({ switches: { latency: 20_000 } });
    story.declare({ Deals: missing(1) });
    const run = await runOnTerminal(['plan'], {
      cwd: story.folder.path,
      env: story.zoho.environment,
      person: { when: 'Asking for an access token', types: '\u0003' },
    });
    expect(run.code, run.screen).toBe(130);
    expect(run.screen).toContain('Interrupted');
    expect(run.screen).not.toContain('Asking for');
  });
});
