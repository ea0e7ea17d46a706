import type { LiveField } from '../model/live-field.ts';
import { fold } from '../plan/creation-label.ts';
import { mayBeMadeAt } from '../plan/earlier-runs.ts';
import type { Attempt } from './attempt.ts';
import { property } from '../model/json.ts';
import { problem, type Problem } from '../model/problem.ts';
import type { ApplyPorts } from './ports.ts';

/** A live field that an attempt made. */
export interface Found {
  readonly field: LiveField;
  /** True where live shows all that makes it ours; only then it may be changed (contract §9). */
  readonly isProven: boolean;
}

/**
 * The live field that an attempt made, if it made one.
 *
 * Only fields that were not there before the run can be ours, none that Zoho says was made at another time, and none that
 * bears the API name of a sister. An id that an
 * answer named proves nothing by itself: Zoho may have named another field's. What live shows as it was sent is ours: under
 * our API name, or under one that Zoho made up, with that id. Once it is proven its id decides: where that is not listed
 * any more, someone may have deleted our field and made one of the same names by hand, and theirs must not be touched.
 *
 * What is not proven is ours most likely, so that it is not sent again: our API name and the id of the answer under a label
 * that someone changed since; or, after an answer in doubt, our label under an API name that Zoho may have made of it.
 */
export function findOurs(
  attempt: Attempt,
  live: readonly LiveField[],
  before: ReadonlySet<string>,
): Found | undefined {
  const own = attempt.entry.field.api_name;
  const { sentAt } = attempt;
  const fresh = live.filter(
    (field) =>
      !before.has(field.id) &&
      (field.api_name === own || !attempt.declared.has(field.api_name)) &&
      (sentAt === undefined || mayBeMadeAt(field, sentAt)),
  );
  const found = (field: LiveField | undefined, isProven: boolean): Found | undefined =>
    field === undefined ? undefined : { field, isProven };
  const { id, claim } = attempt;
  if (id !== undefined)
    return found(
      fresh.find((field) => field.id === id),
      attempt.label !== 'left',
    );
  const sent = fresh.filter((field) => isAsSent(field, attempt));
  return (
    found(sent.find((field) => field.id === claim) ?? sent.find((field) => field.api_name === own), true) ??
    found(
      fresh.find((field) => field.id === claim && field.api_name === own) ??
        sent.find((field) => attempt.isInDoubt && field.custom),
      false,
    )
  );
}

/** The live field because of which Zoho calls an attempt a duplicate: it has the API name, or the label. */
export function holderOf(attempt: Attempt, live: readonly LiveField[]): LiveField | undefined {
  return live.find(
    (field) => field.api_name === attempt.entry.field.api_name || bearsOurLabel(field, attempt),
  );
}

function isAsSent(field: LiveField, attempt: Attempt): boolean {
  return field.data_type === attempt.entry.field.data_type && bearsOurLabel(field, attempt);
}

/** Until its id is known nobody sets its label, so ours has the one it was created under. */
export function bearsOurLabel(field: LiveField, { workingLabel }: Attempt): boolean {
  return [field.field_label, field.display_label].some((label) => fold(label) === fold(workingLabel));
}

/** Waits between further looks at what Zoho may not show yet, in milliseconds. */
export const LOOK_AGAIN_MS = [1000, 2000, 4000] as const;

/**
 * Reads a module's fields again within a run, and holds the list against the one that the plan was made from.
 *
 * Within a run no standard field goes away or comes: where one does, one of the two lists was not complete, and a field that
 * seems new, or missing, may be neither (contract §9). A list that is short is asked for again, as it may come from a copy
 * that lags behind.
 * @param isDecisive true where a field that is not listed is sent once more: then no custom field may be missing either. One
 *   that someone deleted in these seconds costs a second run.
 * @throws Problem `unreachable`; and what reading throws.
 */
export async function readWhole(
  { module, listed, ports }: Whole,
  options: readonly string[],
  isDecisive: boolean,
): Promise<readonly LiveField[]> {
  const known = new Set(listed.map((field) => field.id));
  for (let look = 0; ; look += 1) {
    const live = await ports.reader.fields(module, options);
    const ids = new Set(live.map((field) => field.id));
    const gone = listed.some((field) => !ids.has(field.id) && (isDecisive || isStandard(field)));
    const come = live.some((field) => !known.has(field.id) && isStandard(field));
    if (!gone && !come) return live;
    const delay = LOOK_AGAIN_MS[look];
    if (come || delay === undefined || ports.interrupted()) throw incomplete(module);
    await ports.wait(delay);
  }
}

/** Only where Zoho says so: a Zoho that tells less must not make a new field a standard one. */
function isStandard({ wire }: LiveField): boolean {
  return property(wire, 'custom_field') === false;
}

/** What a reading is about, and the list that it has to agree with. */
interface Whole {
  readonly module: string;
  readonly listed: readonly LiveField[];
  readonly ports: Pick<ApplyPorts, 'interrupted' | 'reader' | 'wait'>;
}

function incomplete(module: string): Problem {
  return problem(
    'unreachable',
    'list-changed',
    `Zoho's list of the fields of ${module} does not agree with the one that it sent a moment ago: fields are missing from one of them, so nothing can rest on either.`,
    'Apply again later: what exists is left as it is, and the rest is created.',
  );
}
