import type { LiveField } from '../model/live-field.ts';
import { fold } from '../plan/naming.ts';
import type { Attempt } from './attempt.ts';

/**
 * The live field that an attempt made, if it made one.
 *
 * Only fields that were not there before the run can be ours, and none that bears the API name of a sister. The id that
 * Zoho gave decides: where it is not listed, somebody may have deleted our field and made one of that name by hand, and
 * theirs must not be touched. Without an id, or with one that turns out to be a sister's, the API name decides, if the
 * label is the one that we gave it: somebody may create a field of that name by hand in the same minute. After a lost
 * answer the label it was created under finds it too, should Zoho have made another API name of it.
 */
export function findOurs(
  attempt: Attempt,
  live: readonly LiveField[],
  before: ReadonlySet<string>,
): LiveField | undefined {
  const own = attempt.entry.field.api_name;
  const isSisters = (field: LiveField): boolean =>
    field.api_name !== own && attempt.declared.has(field.api_name);
  const fresh = live.filter((field) => !before.has(field.id) && !isSisters(field));
  if (attempt.id !== undefined) {
    const given = live.find((field) => field.id === attempt.id);
    if (given === undefined || !isSisters(given)) return fresh.find((field) => field === given);
  }
  return (
    fresh.find((field) => field.api_name === own && bearsOurLabel(field, attempt)) ??
    fresh.find(
      (field) => attempt.losses > 0 && field.custom && fold(field.field_label) === fold(attempt.workingLabel),
    )
  );
}

/**
 * Takes over the id of the field that live shows as ours.
 *
 * Under another API name and without an id of Zoho's it is ours most likely, so that it is not sent again; not certainly, so
 * that its label is left as it is.
 * @returns true where the id is news.
 */
export function takeOver(attempt: Attempt, ours: LiveField): boolean {
  const isNews = attempt.id !== ours.id;
  const isGuess = attempt.id === undefined && ours.api_name !== attempt.entry.field.api_name;
  if (isGuess) attempt.label = 'left';
  attempt.state = 'created';
  attempt.id = ours.id;
  return isNews;
}

/** The live field because of which Zoho calls an attempt a duplicate: it has the API name, or the label. */
export function holderOf(attempt: Attempt, live: readonly LiveField[]): LiveField | undefined {
  return live.find(
    (field) => field.api_name === attempt.entry.field.api_name || bearsOurLabel(field, attempt),
  );
}

/** Until its id is known nobody sets its label, so ours has the one it was created under. */
export function bearsOurLabel(field: LiveField, { workingLabel }: Attempt): boolean {
  return [field.field_label, field.display_label].some((label) => fold(label) === fold(workingLabel));
}
