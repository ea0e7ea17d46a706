import { expect } from 'vitest';
import { openChapter } from '../../support/shared-tests.ts';
import { missing, onlyDocument, text, type Story } from '../../support/story.ts';
import { creation, lessons, turnsAway } from '../../support/switch-expectations.ts';

const { chapter, describe, it } = openChapter('interrupts');

export const interrupts = chapter;

type Signal = 'SIGINT' | 'SIGTERM';

/** A hand on a process that is not there yet. */
function hand(): {
  readonly kill: (signal: Signal) => void;
  readonly onSpawn: (kill: (signal: Signal) => void) => void;
} {
  let reach: ((signal: Signal) => void) | undefined;
  return {
    kill: (signal) => reach?.(signal),
    onSpawn: (kill) => {
      reach = kill;
    },
  };
}

/** Ends a story where reads do not show yet what was written: after an interrupt nobody waits for it. */
function seesWrites(story: Story): void {
  story.endsWhere(story.zoho.switches.readLag > 0, 'after an interrupt nobody waits for reads that lag');
}

/** The signal arrives while Zoho is about to answer the n-th request of that kind. */
function interruptAt(story: Story, signal: Signal, method: 'GET' | 'POST', nth: number) {
  const { kill, onSpawn } = hand();
  const effect = (): void => kill(signal);
  const place = method === 'POST' ? creation(story, nth) : { method, path: '/settings/fields', nth };
  story.zoho.faults = [{ kind: 'run', effect, ...place }];
  return { onSpawn };
}

describe('an interrupt ends with 130 and the truth (contract §6)', () => {
  it.for(['SIGINT', 'SIGTERM'] as const)(
    '%s in the middle of an apply finishes the request that is under way',
    async (signal, { open }) => {
      const story = await open();
      story.declare({ Deals: missing(12), Leads: missing(1) });
      const run = await story.json(['apply', '--yes'], interruptAt(story, signal, 'POST', 2));

      expect(run.code, run.stdout + run.stderr).toBe(130);
      expect(run.report.kind).toBe('apply');
      expect(run.report.interrupted).toBe(true);
      seesWrites(story);
      const made = Object.keys(story.custom()).length - 1;
      // Where Zoho turns requests away, the second one may be the first one's repetition.
      expect(made).toBe(turnsAway(story.zoho.switches) ? 5 : 10);
      expect(run.report.summary).toEqual({
        created: made,
        finished: 0,
        failed: 0,
        not_attempted: 13 - made,
        in_sync: 0,
      });
      expect(story.wire().posts).toHaveLength(2 + lessons(story.zoho.switches));

      story.zoho.faults = [];
      const again = await story.json(['apply', '--yes']);
      expect(again.code).toBe(0);
      expect(again.report.summary).toEqual({
        created: 13 - made,
        finished: 0,
        failed: 0,
        not_attempted: 0,
        in_sync: made,
      });
    },
  );

  it('fields that were created under their API name still get their labels', async ({ open }) => {
    const story = await open();
    story.declare({
      Deals: [...missing(4), text('Part_5', { field_label: "The fifth part's name" }), text('Part_6')],
    });
    const run = await story.json(['apply', '--yes'], interruptAt(story, 'SIGINT', 'POST', 1));
    expect(run.code).toBe(130);
    seesWrites(story);
    expect(run.report.summary).toMatchObject({ created: 5, not_attempted: 1 });
    expect(story.custom()).toMatchObject({ Part_5: "The fifth part's name" });
  });

  it.for(['SIGINT', 'SIGTERM'] as const)(
    '%s while reading ends at once, and nothing was written',
    async (signal, { open }) => {
      const story = await open();
      story.declare({ Deals: missing(1) });
      for (const words of [
        ['plan', '--json'],
        ['apply', '--yes', '--json'],
      ]) {
        const run = await story.run(words, interruptAt(story, signal, 'GET', 1));
        expect(run.code, run.stdout + run.stderr).toBe(130);
        expect(onlyDocument(run).diagnostics[0]?.code).toBe('interrupted');
      }
      expect(story.wire().posts).toEqual([]);
    },
  );

  it('a signal in the last request of all still tells what was created', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const run = await story.json(
      ['apply', '--yes'],
      interruptAt(story, 'SIGINT', 'GET', 2 + lessons(story.zoho.switches)),
    );
    expect(run.code).toBe(130);
    seesWrites(story);
    expect(run.report.summary).toMatchObject({ created: 1 });
  });

  it('on the screen too: what was created, what was not attempted, and that it was asked to stop', async ({
    open,
  }) => {
    const story = await open();
    story.declare({ Deals: missing(6) });
    const run = await story.run(['apply', '--yes'], interruptAt(story, 'SIGINT', 'POST', 1));
    expect(run.code).toBe(130);
    expect(run.stderr).toMatch(/Stopping after the request/);
    expect(run.stdout).toMatch(/5 created|created 5|5 .*created/i);
    expect(run.stdout).toMatch(/[Ii]nterrupted/);
  });

  it(
    'a second signal ends at once',
    async ({ open }) => {
      const story = await open();
      story.declare({ Deals: missing(6) });
      const { kill, onSpawn } = hand();
      const effect = (): void => {
        kill('SIGINT');
        kill('SIGINT');
      };
      story.zoho.faults = [{ kind: 'run', effect, path: '/settings/fields', method: 'POST', nth: 1 }];
      const run = await story.run(['apply', '--yes'], { onSpawn });
      expect(run.code).toBe(130);
      expect(story.wire().posts).toHaveLength(1);
      story.zoho.faults = [];
      const again = await story.json(['apply', '--yes']);
      expect(again.report.summary).toMatchObject({ created: 1, in_sync: 5 });
    },
    { process: 'a second signal ends the process' },
  );
});
