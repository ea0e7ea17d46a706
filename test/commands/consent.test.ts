import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it, missing, onlyDocument, text, type Story } from '../support/story.ts';
import { runOnTerminal, type TerminalRun } from '../support/terminal.ts';

const QUESTION = 'Type yes';

/** A person applies, and types this when asked. */
function answering(story: Story, types: string, args: readonly string[] = ['apply']): Promise<TerminalRun> {
  return runOnTerminal(args, {
    cwd: story.folder.path,
    env: { ...story.zoho.environment, CI: '1' },
    person: { when: QUESTION, types },
  });
}

/** A person who is called away while the question stands; meanwhile others work in Zoho. */
function calledAway(
  story: Story,
  args: readonly string[],
  theirs: { readonly api_name: string; readonly field_label: string },
): Promise<TerminalRun> {
  const meanwhile = (): void => {
    story.zoho.fields('Deals').add({ ...theirs, data_type: 'text', length: 50 });
  };
  return runOnTerminal(args, {
    cwd: story.folder.path,
    env: { ...story.zoho.environment, CI: '1' },
    person: { when: QUESTION, types: 'yes\r', thinks: { ms: 4000, meanwhile } },
  });
}

describe.concurrent('apply looks again after an answer that came late (contract §8)', () => {
  const WAYS = [
    ['a manifest', ['apply']],
    ['a saved plan', ['apply', 'deals.plan']],
    ['another format', ['apply', '--json', '>report.json']],
  ] as const;

  it.for(WAYS)('with %s: what others made as planned is in sync', async ([, args], { open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    await story.run(['plan', '--out', 'deals.plan']);
    const run = await calledAway(story, args, { api_name: 'Part_1', field_label: 'Part 1' });
    expect(run.code, run.screen).toBe(0);
    expect(story.wire().posts).toEqual([]);
    expect(story.custom()).toMatchObject({ Part_1: 'Part 1' });
  });

  it.for(WAYS)('with %s: anything else is 75, and nothing is sent', async ([way, args], { open }) => {
    const story = await open();
    story.declare({ Deals: missing(2) });
    await story.run(['plan', '--out', 'deals.plan']);
    const run = await calledAway(story, args, { api_name: 'Theirs', field_label: 'Part 1' });
    expect(run.code, run.screen).toBe(75);
    const told =
      way === 'another format' ? readFileSync(join(story.folder.path, 'report.json'), 'utf8') : run.screen;
    expect(told.replaceAll(/\s+/gu, ' ')).toMatch(
      /Zoho changed after plan \S+ was made: Deals\.Part_1 was missing/,
    );
    expect(story.wire().posts).toEqual([]);
  });
});

describe('apply asks a person at a terminal, and only that (contract §3, §6)', () => {
  it.for(['yes\r', ' YES \r'])('%j is yes', async (types, { open }) => {
    const story = await open();
    story.declare({ Deals: [text('Part_1')] });
    const run = await answering(story, types);
    expect(run.code, run.screen).toBe(0);
    expect(story.custom()).toMatchObject({ Part_1: 'Part 1' });
    expect(run.screen).toMatch(/\+ .*Part_1/);
    expect(run.screen).toMatch(/cannot be undone/);
  });

  it.for(['no\r', 'n\r', 'y\r', '\r', 'yes please\r', 'j\r', 'apply\r'])(
    '%j is no: exit 1, nothing created',
    async (types, { open }) => {
      const story = await open();
      story.declare({ Deals: missing(1) });
      const run = await answering(story, types);
      expect(run.code, run.screen).toBe(1);
      expect(run.screen).toMatch(/[Nn]othing was created/);
      expect(story.wire().posts).toEqual([]);
    },
  );

  it('Ctrl-D, the end of input, is no', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const run = await answering(story, '\u0004');
    expect(run.code, run.screen).toBe(1);
    expect(story.wire().posts).toEqual([]);
  });

  it('Ctrl-C is 130, nothing created', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const run = await answering(story, '\u0003');
    expect(run.code, run.screen).toBe(130);
    expect(run.screen).toMatch(/[Ii]nterrupted/);
    expect(story.wire().posts).toEqual([]);
  });

  it('asks for a saved plan too, and names where it goes', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(2) });
    await story.run(['plan', '--out', 'deals.plan']);
    const run = await answering(story, 'yes\r', ['apply', 'deals.plan']);
    expect(run.code, run.screen).toBe(0);
    expect(run.screen).toMatch(/creates 2 fields in Deals/);
  });

  it('does not ask where there is nothing to create, or a conflict in the way', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: [{ api_name: 'Stage', data_type: 'picklist', create: false }] });
    const nothing = await answering(story, 'yes\r');
    expect(nothing.code).toBe(0);
    expect(nothing.screen).not.toContain(QUESTION);
    story.declare({ Deals: [text('Part_1'), text('Stage')] });
    const conflict = await answering(story, 'yes\r');
    expect(conflict.code).toBe(3);
    expect(conflict.screen).not.toContain(QUESTION);
  });

  it('asks on the terminal while --json goes to a file as one document', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    for (const [types, code, created] of [
      ['no\r', 1, 0],
      ['yes\r', 0, 1],
    ] as const) {
      const run = await answering(story, types, ['apply', '--json', '>report.json']);
      expect(run.code, run.screen).toBe(code);
      const stdout = readFileSync(join(story.folder.path, 'report.json'), 'utf8');
      const report = onlyDocument({ code, stdout, stderr: '' });
      expect(report.kind).toBe('apply');
      expect(report.summary['created']).toBe(created);
    }
  });

  it('takes no answer from a pipe, even with a terminal to print on', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    writeFileSync(join(story.folder.path, 'answer'), 'yes\n');
    const run = await answering(story, '', ['apply', '<answer']);
    expect(run.code, run.screen).toBe(64);
    expect(story.zoho.requests).toEqual([]);
  });
});
