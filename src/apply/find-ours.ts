import type { LiveField } from '../model/live-field.ts';
import { fold } from '../plan/naming.ts';
import type { Attempt } from './attempt.ts';

/**
 * The live field that an attempt made, if it made one.
 *
 * Only fields that were not there before the run can be ours, and none that bears the API name of a sister. The id that
 * Zoho gave decides; where there is none, the API name does, if the label is the one that we gave it: somebody may
 * create a field of that name by hand in the same minute, and theirs must not be touched. After a lost answer the
 * label it was created under finds it too, should Zoho have made another API name of it.
 */
export function findOurs(
  attempt: Attempt,
  live: readonly LiveField[],
  before: ReadonlySet<string>,
): LiveField | undefined {
  const own = attempt.entry.field.api_name;
  const fresh = live.filter(
    (field) => !before.has(field.id) && (field.api_name === own || !attempt.declared.has(field.api_name)),
  );
  return (
    fresh.find((field) => attempt.id !== undefined && field.id === attempt.id) ??
    fresh.find((field) => field.api_name === own && bearsOurLabel(field, attempt)) ??
    fresh.find(
      (field) => attempt.losses > 0 && field.custom && fold(field.field_label) === fold(attempt.workingLabel),
    )
  );
}

/** Until its id is known nobody sets its label, so ours has the one it was created under. */
function bearsOurLabel(field: LiveField, { workingLabel }: Attempt): boolean {
  return [field.field_label, field.display_label].some((label) => fold(label) === fold(workingLabel));
}
