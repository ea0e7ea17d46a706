import { type JournalEntry, lastWords } from '../model/journal.ts';
import type { Json } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import type { DesiredField } from '../model/manifest.ts';
import type { Difference, ModulePlan, PlanEntry, Reason, Plan } from '../model/plan.ts';
import { labelAtCreation, labelWhileParked, needsLabelLater, restsOnName } from './creation-label.ts';

/**
 * Is a live field one that an interrupted run of this tool created and could not give its label any more?
 *
 * All of this has to hold: nothing but the label differs; the label is exactly the one that the field was to be created
 * under, or parked under; the journal says that this tool created that very id, or sent the field to this very
 * organisation and never heard of it again; and the field was made when the journal says that it was sent. Then, and
 * only then, `apply` may set the label of a field that it did not create in the same run (contract §1).
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
  const story = storyOf(module, desired.api_name, journal);
  const last = story.at(-1);
  if (last === undefined || !isOfThatTime(live, story)) return false;
  if (last.event === 'created' || last.event === 'labelling') return last.id === live.id;
  if (last.event !== 'intent' || last.working_label !== working) return false;
  // One manifest may serve several organisations: an intent proves something only where it was for this one.
  return last.beside !== undefined && isThere(last.beside);
}

/** What was noted of a field since Zoho refused it last. */
function storyOf(module: string, apiName: string, journal: readonly JournalEntry[]): readonly JournalEntry[] {
  const noted = journal.filter(
    (entry) => entry.module === module && entry.api_name === apiName && entry.event !== 'waited',
  );
  const refused = noted.findLastIndex(
    (entry, index) => entry.event === 'refused' && index < noted.length - 1,
  );
  return noted.slice(refused + 1);
}

/**
 * The clock of this machine and Zoho's may differ, mostly because one was set in the wrong time zone: that is half a day.
 * More precision would cost labels on such machines and win nothing: what was there shortly before an intent was in the
 * list that the intent rests on. It is the fields of earlier days that nobody may take for ours.
 */
const CLOCKS_MAY_DIFFER_MS = 86_400_000;

/**
 * True unless Zoho tells when the field was made (sheet §2) and nothing was noted at that time: such a field was there
 * before, or was made by someone else later. Entries without a time prove nothing about a field that has one.
 */
function isOfThatTime(live: LiveField, story: readonly JournalEntry[]): boolean {
  return (
    millisecondsOf(live.wire['created_time']) === undefined ||
    story.some(({ at }) => typeof at === 'number' && mayBeMadeAt(live, at))
  );
}

/** True unless Zoho tells that a field was made at another time. */
export function mayBeMadeAt(live: LiveField, at: number): boolean {
  const made = millisecondsOf(live.wire['created_time']);
  return made === undefined || Math.abs(made - at) <= CLOCKS_MAY_DIFFER_MS;
}

/** A moment as Zoho writes it, ISO 8601 with its offset (sheet §2.3); without one the machine's time zone must not decide. */
function millisecondsOf(moment: Json | undefined): number | undefined {
  if (typeof moment !== 'string') return undefined;
  const milliseconds = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/u.test(moment) ? moment : `${moment}Z`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
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

/** A time longer ago tells more about a clock that was set wrong than about a run: it is not relied on. */
const ONE_DAY_MS = 86_400_000;

/** A field of which an earlier run may have something on its way, and for how long it has to be waited for. */
export interface Unsettled {
  readonly entry: JournalEntry;
  readonly waitMs: number;
}

/**
 * What has to be waited for before live can be believed after an earlier run that did not end well.
 *
 * A request whose answer nobody heard may take effect for the settle time after its run was killed, and nobody noted
 * when that was: it is waited for in full, whatever the clock says, until a run has noted that it did. What was created
 * is visible within the settle time of its creation, of which the time was noted; an entry without a time that can be
 * used is waited for in full as well.
 * @param now milliseconds since the epoch.
 */
export function unsettled(
  journal: readonly JournalEntry[],
  now: number,
  settleMs: number,
): readonly Unsettled[] {
  return [...lastWords(journal).values()]
    .map((entry) => ({ entry, waitMs: waitFor(entry, now, settleMs) }))
    .filter(({ waitMs }) => waitMs > 0);
}

function waitFor({ event, at }: JournalEntry, now: number, settleMs: number): number {
  if (event === 'intent' || event === 'labelling') return settleMs;
  if (event !== 'created') return 0;
  const age = typeof at === 'number' ? now - at : Number.NaN;
  return age >= 0 && age < ONE_DAY_MS ? settleMs - age : settleMs;
}

/** What a probe has spared a plan, in one line; nothing where it spared nothing. */
export function keptNamesLine(plan: Plan): string | undefined {
  return workOf(plan).some(({ field }) => restsOnName(field))
    ? 'API names are kept here, as your own probe showed: no label is set afterwards.\n'
    : undefined;
}
