import type { LiveField } from '../model/live-field.ts';
import { fold } from '../plan/naming.ts';
import type { Attempt } from './attempt.ts';

/**
 * The live field that an attempt made, if it made one.
 *
 * Only fields that were not there before the run can be ours. The API name decides; where Zoho made another one
 * of the label, the id that Zoho gave, or else the label the field was created under, still finds it.
 */
export function findOurs(
  attempt: Attempt,
  live: readonly LiveField[],
  before: ReadonlySet<string>,
): LiveField | undefined {
  const fresh = live.filter((field) => !before.has(field.id));
  return (
    fresh.find((field) => field.api_name === attempt.entry.field.api_name) ??
    fresh.find((field) => attempt.id !== undefined && field.id === attempt.id) ??
    fresh.find(
      (field) => attempt.losses > 0 && field.custom && fold(field.field_label) === fold(attempt.workingLabel),
    )
  );
}
