import type { JournalEntry } from '../model/journal.ts';
import type { LiveField } from '../model/live-field.ts';
import type { DesiredField } from '../model/manifest.ts';
import type { Difference, ModulePlan, PlanEntry, Reason } from '../model/plan.ts';
import { labelAtCreation, labelWhileParked, needsLabelLater } from './naming.ts';

/**
 * Is a live field one that an interrupted run of this tool created and could not give its label any more?
 *
 * All of this has to hold: nothing but the label differs; the label is exactly the one that the field was to be created
 * under, or parked under; and the journal says that this tool created that very id, or sent the field to this very organisation and
 * never heard of it again. Then, and only then, `apply` may set the label of a field that it did not create in the same
 * run (contract §1).
 * @param isThere true for the id of a field of the module.
 */
export function isUnfinished(
  module: string,
  desired: DesiredField,
  live: LiveField,
  differences: readonly Difference[],
  journal: readonly JournalEntry[],
  isThere: (id: string) => boolean,
): boolean {
  const onlyLabel = differences.length === 1 && differences[0]?.key === 'field_label';
  if (!onlyLabel || !desired.create || !live.custom || !needsLabelLater(desired)) return false;
  const working = labelAtCreation(desired);
  const left = [working, labelWhileParked(desired)];
  if (!left.includes(live.field_label) && !left.includes(live.display_label)) return false;
  const last = journal.findLast((entry) => entry.module === module && entry.api_name === desired.api_name);
  if (last?.event === 'created' || last?.event === 'labelling') return last.id === live.id;
  if (last?.event !== 'intent' || last.working_label !== working) return false;
  // One manifest may serve several organisations: an intent proves something only where it was for this one.
  return last.beside !== undefined && isThere(last.beside);
}

/** Why `apply` will touch it. */
export function unfinishedReason(desired: DesiredField): Reason {
  return {
    code: UNFINISHED,
    message: `An earlier run of this tool created the field and was interrupted before it could set the label "${desired.field_label ?? ''}".`,
    remedy: 'Run apply: it sets the label, and changes nothing else.',
  };
}

const UNFINISHED = 'unfinished';

/** What applying a plan is about: fields to create, and fields of an interrupted run to finish. */
export function workOf(plan: { readonly modules: readonly ModulePlan[] }): readonly PlanEntry[] {
  return plan.modules.flatMap((module) => module.entries).filter((entry) => isWork(entry));
}

/** True for an entry that `apply` does something about. */
export function isWork(entry: PlanEntry): boolean {
  return entry.action === 'create' || isToBeFinished(entry);
}

/** True for an entry whose label `apply` will finish. */
export function isToBeFinished(entry: PlanEntry): boolean {
  return entry.action === 'drift' && entry.reasons.some((reason) => reason.code === UNFINISHED);
}
