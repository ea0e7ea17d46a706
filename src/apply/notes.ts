import type { JournalEntry } from '../model/journal.ts';
import type { Attempt } from './attempt.ts';

/** The line that has to be on disk before a POST for the field leaves. */
export function noteIntent(attempt: Attempt, beside: string | undefined): JournalEntry {
  return {
    ...base(attempt),
    event: 'intent',
    working_label: attempt.workingLabel,
    ...(beside === undefined ? {} : { beside }),
  };
}

/** The line that says what came of it. */
export function note(
  event: 'created' | 'labelling' | 'labelled' | 'refused',
  attempt: Attempt,
): JournalEntry {
  return { ...base(attempt), event, ...(attempt.id === undefined ? {} : { id: attempt.id }) };
}

function base(attempt: Attempt): { readonly module: string; readonly api_name: string } {
  return { module: attempt.entry.module, api_name: attempt.entry.field.api_name };
}
