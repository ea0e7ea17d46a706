import { withOptions } from '../plan/option-values.ts';
import type { LiveField } from '../model/live-field.ts';
import { orProblem, Problem } from '../model/problem.ts';
import { type Attempt, note } from './attempt.ts';
import { findOurs, LOOK_AGAIN_MS, holderOf, readWhole } from './find-ours.ts';
import { canBeLabelled, finishLabels } from './finish-labels.ts';
import { indexLive, type LiveIndex } from '../plan/conflicts.ts';
import { takeOver, type SendContext } from './send.ts';

/** How often labels are set that do not show afterwards. */
const MOST_ROUNDS = 3;

/** What live shows after everything was sent, or why it could not be read. */
export type ReadBack = Shown | Problem;

/** What live showed at the last look. */
interface Shown {
  readonly live: readonly LiveField[];
  readonly index: LiveIndex;
  /** What Zoho confirmed and did not show yet when the user stopped the run: nothing speaks against it. */
  readonly unproven: ReadonlySet<Attempt>;
}

/**
 * Reads back what Zoho made of it all, sets the labels of what live shows as ours, and reads back what came of that
 * (contract §9).
 *
 * In a healthy run without late labels this is one GET, otherwise a GET, one PATCH per five fields, and a GET. The first
 * one is spared where all that there is to do was shown by a read already. A label whose answer was lost gets two more
 * rounds.
 */
export async function labelAndReadBack(
  attempts: readonly Attempt[],
  context: SendContext,
): Promise<ReadBack> {
  const { module, ports } = context;
  const canBegin = attempts.every(({ state }) => state === 'ours' || state === 'waiting');
  let isStopped = canBegin && (await finishLabels(module, attempts, ports));
  for (let round = canBegin ? 1 : 0; ; round += 1) {
    const back = await readUntilVisible(attempts, context);
    if (back instanceof Problem) return back;
    adopt(attempts, back.live, context);
    const isDone = !attempts.some((attempt) => canBeLabelled(attempt, attempts));
    if (isStopped || isDone || round === MOST_ROUNDS) {
      noteRefused(attempts, context);
      return back;
    }
    isStopped = await finishLabels(module, attempts, ports);
  }
}

async function readUntilVisible(attempts: readonly Attempt[], context: SendContext): Promise<ReadBack> {
  const { module, ports } = context;
  const options = withOptions(attempts.map((attempt) => attempt.entry.field));
  ports.onEvent({ type: 'reading-back', module });
  for (let look = 0; ; look += 1) {
    const live = await orProblem(readWhole(context, options, false));
    if (live instanceof Problem) return live;
    const hidden = attempts.filter((attempt) => isHidden(attempt, live, context.before));
    const delay = LOOK_AGAIN_MS[look];
    const isLast = hidden.length === 0 || delay === undefined;
    if (isLast || ports.interrupted())
      return { live, index: indexLive(live), unproven: new Set(isLast ? [] : hidden) };
    await ports.wait(delay);
  }
}

/** True while Zoho does not show yet what it confirmed: the field itself, or the label that was set. */
function isHidden(attempt: Attempt, live: readonly LiveField[], before: ReadonlySet<string>): boolean {
  if (attempt.state === 'refused' && attempt.isInDoubt && attempt.refusal?.code === 'DUPLICATE_DATA')
    return holderOf(attempt, live) === undefined;
  if (!attempt.exists) return false;
  const ours = findOurs(attempt, live, before)?.field;
  if (ours === undefined) return true;
  return (
    attempt.label === 'final' && !hasFinalLabel(ours, attempt) && ours.field_label === attempt.workingLabel
  );
}

/** Takes over what live shows as ours, and sees which labels are really final. */
function adopt(attempts: readonly Attempt[], live: readonly LiveField[], context: SendContext): void {
  for (const attempt of attempts) {
    // Refused or given up on, and there after all: an answer was lost, or not true, but the work was done.
    if (!attempt.exists && !attempt.mayBeOurs) continue;
    const found = findOurs(attempt, live, context.before);
    if (found === undefined || (!found.isProven && !attempt.isInDoubt)) continue;
    takeOver(attempt, found, context);
    if (hasFinalLabel(found.field, attempt)) {
      attempt.labelled();
      if (attempt.workingLabel !== attempt.entry.field.field_label)
        context.ports.journal([note('labelled', attempt)]);
    }
  }
}

function hasFinalLabel(field: LiveField, attempt: Attempt): boolean {
  const label = attempt.entry.field.field_label;
  return field.field_label === label || field.display_label === label;
}

/** A POST whose answer was lost may still take effect: then the intent has to stay the last word. */
function noteRefused(attempts: readonly Attempt[], { ports }: SendContext): void {
  const settled = attempts.filter((attempt) => attempt.state === 'refused' && !attempt.mayStillLand);
  if (settled.length > 0) ports.journal(settled.map((attempt) => note('refused', attempt)));
}
