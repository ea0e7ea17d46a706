import { describe, expect } from 'vitest';
import type { Fault } from '../../src/emulator/start.ts';
import { incompleteLists, type IncompleteList } from '../support/incomplete-lists.ts';
import { it, missing, text, type Story } from '../support/story.ts';

/*
 * Only a complete list of fields is a list (contract §9): taken for the whole, a part of it would plan fields that are
 * there, and prove of a field of years ago that this run has just created it.
 */

/** A list call only: single fields have their id behind the path. */
const LIST = '/settings/fields';

/** Lets the list of the module be this, from the n-th time on that it is asked for. */
function sends({ pages }: IncompleteList, from = 1): readonly Fault[] {
  const last = pages.length - 1;
  const answer = (index: number, more: Pick<Fault, 'nth'>): Fault => ({
    kind: 'status',
    method: 'GET',
    path: LIST,
    status: pages[index]?.status ?? 200,
    body: pages[index]?.body ?? '',
    ...more,
  });
  const eachOnce = pages.map((_, index) => answer(index, { nth: from + index }));
  // A client that asks once more is sent the last page again.
  return [...eachOnce, answer(last, { nth: from + pages.length })];
}

const listsOf = (story: Story): readonly IncompleteList[] =>
  incompleteLists(story.zoho.fields('Deals').all());

/** The names are the same for all modules. */
const NAMES = incompleteLists([]).map(({ name }) => name);

function listOf(story: Story, name: string): IncompleteList {
  return listsOf(story).find((list) => list.name === name) ?? expect.fail(name);
}

/** Beside `apply`, which is tried with every list, they take turns. */
const COMMANDS = [
  ['plan'],
  ['plan', '--out', 'deals.plan'],
  ['apply', 'kept.plan', '--yes'],
  ['audit'],
  ['import', '--module', 'Deals'],
] as const;

describe.concurrent('a list that lacks something is 69, before anything is written', () => {
  it.for(NAMES)('%s', async (name, { open }) => {
    const story = await open();
    story.declare({ Deals: missing(2) });
    expect((await story.run(['plan', '--out', 'kept.plan'])).code).toBe(0);
    story.turnPage();
    const other = COMMANDS[NAMES.indexOf(name) % COMMANDS.length] ?? expect.fail();
    for (const command of [['apply', '--yes'], other]) {
      story.zoho.faults = sends(listOf(story, name));
      const run = await story.json(command);
      expect(run.code, `${command.join(' ')}: ${run.stdout}`).toBe(69);
      expect(run.report.kind).toBe('error');
      expect(run.report.diagnostics[0]).toMatchObject({
        code: 'not-fields',
        message: expect.stringContaining("did not send the module's fields as Zoho does"),
        remedy: expect.stringMatching(/.{10}/),
      });
    }
    expect(story.wire().posts).toEqual([]);
    expect(story.wire().patches).toEqual([]);
  });
});

describe.concurrent('after a lost POST such a list proves nothing', () => {
  it.for(NAMES)('%s', async (name, { open }) => {
    const story = await open();
    story.declare({ Deals: [text('RiskId', { field_label: 'Risk ID' })] });
    story.zoho.faults = [
      { kind: 'reset', method: 'POST', path: LIST, nth: 1, commit: 'none' },
      ...sends(listOf(story, name), 2),
    ];
    const run = await story.json(['apply', '--yes']);
    expect(run.code, run.stdout).toBe(69);
    expect(run.report.fields.map((field) => field.outcome)).toEqual(['failed']);
    expect(run.report.diagnostics.at(-1)?.code).toBe('not-fields');
    expect(story.wire().posts).toHaveLength(1);
    expect(story.wire().patches).toEqual([]);
  });
});

describe.concurrent('a read-back that lacks something is a failed one', () => {
  it.for(NAMES)('%s', async (name, { open }) => {
    const story = await open();
    story.declare({ Deals: missing(2) });
    story.zoho.faults = sends(listOf(story, name), 2);
    const run = await story.json(['apply', '--yes']);
    expect(run.code, run.stdout).toBe(4);
    expect(run.report.summary).toMatchObject({ created: 2 });
    expect(run.report.diagnostics.at(-1)?.code).toBe('not-fields');
    expect(story.custom()).toMatchObject({ Part_1: 'Part 1', Part_2: 'Part 2' });
    expect(story.wire().posts).toHaveLength(1);
  });
});
