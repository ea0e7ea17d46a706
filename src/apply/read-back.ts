import type { LiveField } from '../model/live-field.ts';
import type { Problem } from '../model/problem.ts';
import { mayBeOurs, type Attempt } from './attempt.ts';
import { findOurs, holderOf, takeOver } from './find-ours.ts';
import { canBeLabelled, finishLabels } from './finish-labels.ts';
import { note } from './notes.ts';
import { asProblem, type SendContext } from './send.ts';

/** Waits between further looks at a field that Zoho confirmed but does not show yet, in milliseconds. */
const LOOK_AGAIN_MS = [1000, 2000, 4000] as const;

/** What live shows after everything was sent, or why it could not be read. */
export type ReadBack = Shown | { readonly problem: Problem };

/** What live showed at the last look. */
interface Shown {
  readonly live: readonly LiveField[];
  /** What Zoho confirmed and did not show yet when the user stopped the run: nothing speaks against it. */
  readonly unproven: ReadonlySet<Attempt>;
}

/**
 * Sets the labels and reads back what Zoho made of it all (contract §9).
 *
 * In a healthy run this is one PATCH per five fields with a late label and one GET. A label whose answer was lost,
 * and a field whose id only the read-back told, get one more round.
 */
export async function labelAndReadBack(
  attempts: readonly Attempt[],
  context: SendContext,
): Promise<ReadBack> {
  const { module, ports } = context;
  for (let round = 1; ; round += 1) {
    const labelled = await finishLabels(module, attempts, ports);
    const back = await readUntilVisible(attempts, context);
    if ('problem' in back) return back;
    adopt(attempts, back.live, context);
    if (
      round === 3 ||
      labelled === 'stopped' ||
      !attempts.some((attempt) => canBeLabelled(attempt, attempts))
    )
      return back;
  }
}

async function readUntilVisible(attempts: readonly Attempt[], context: SendContext): Promise<ReadBack> {
  const { module, ports } = context;
  const options = attempts
    .filter((attempt) => Object.hasOwn(attempt.entry.field.declared, 'pick_list_values'))
    .map((attempt) => attempt.entry.field.api_name);
  ports.onEvent({ type: 'reading-back', module });
  for (let look = 0; ; look += 1) {
    let live: readonly LiveField[];
    try {
      live = await ports.reader.fields(module, options);
    } catch (error) {
      return { problem: asProblem(error) };
    }
    const hidden = attempts.filter((attempt) => isHidden(attempt, live, context.before));
    const delay = LOOK_AGAIN_MS[look];
    if (hidden.length === 0 || delay === undefined) return { live, unproven: new Set() };
    if (ports.interrupted()) return { live, unproven: new Set(hidden) };
    await ports.wait(delay);
  }
}

/** True while Zoho does not show yet what it confirmed: the field itself, or the label that was set. */
function isHidden(attempt: Attempt, live: readonly LiveField[], before: ReadonlySet<string>): boolean {
  if (mayBeOurs(attempt) && attempt.refusal?.code === 'DUPLICATE_DATA')
    return holderOf(attempt, live) === undefined;
  if (attempt.state !== 'created') return false;
  const ours = findOurs(attempt, live, before);
  if (ours === undefined) return true;
  const label = attempt.entry.field.field_label;
  const shown = ours.field_label === label || ours.display_label === label;
  return attempt.label === 'final' && !shown && ours.field_label === attempt.workingLabel;
}

/** Takes over the ids that live shows, and sees which labels are really final. */
function adopt(attempts: readonly Attempt[], live: readonly LiveField[], context: SendContext): void {
  for (const attempt of attempts) {
    // Refused or given up on, and there after all: an answer was lost, not the work.
    if (attempt.state !== 'created' && !mayBeOurs(attempt)) continue;
    const ours = findOurs(attempt, live, context.before);
    if (ours === undefined) continue;
    const moved = takeOver(attempt, ours);
    if (moved) context.ports.journal([note('created', attempt)]);
    const label = attempt.entry.field.field_label;
    if (ours.field_label === label || ours.display_label === label) {
      attempt.label = 'final';
      if (attempt.workingLabel !== label) context.ports.journal([note('labelled', attempt)]);
    }
  }
}
