import { count } from '../../model/count.ts';
import { FIELDS_PER_CALL, CUSTOM_FIELDS, type Capacity } from '../../model/limits.ts';
import type { Plan, ModulePlan } from '../../model/plan.ts';
import { needsLabelLater, restsOnName } from '../../plan/creation-label.ts';
import { workOf, isToBeFinished } from '../../plan/earlier-runs.ts';
import { type Words, data, listed, shorten } from '../media/document.ts';
import type { Target } from './view.ts';
import { nounOf, overflow } from '../../plan/capacity.ts';

/** What to do about fields that differ, which no apply does. */
export const DRIFT_ADVICE =
  'What differs is left alone: change it in Zoho, or write in the manifest what Zoho has.';

/** How many fields of each action there are; what apply will finish is told apart from what it leaves alone. */
export function countsText(plan: Plan): string {
  const { create, in_sync, drift, conflict } = plan.summary;
  const finish = finishCount(plan);
  const left = drift - finish;
  return `${create} to create, ${finish === 0 ? '' : `${finish} to finish, `}${in_sync} in sync, ${left} ${left === 1 ? 'differs' : 'differ'}, ${count(conflict, 'conflict')}`;
}

/** How many fields of an interrupted run apply will finish. */
export function finishCount(plan: Plan): number {
  return workOf(plan).filter((entry) => entry.action !== 'create').length;
}

/**
 * Calls that applying a plan takes when all goes well (contract §9): what is created is read back once, and once more where
 * labels are set of what that has shown.
 */
interface ApplyCost {
  readonly creating: number;
  readonly labelling: number;
  readonly readingBack: number;
  readonly total: number;
}

export function applyCost(plan: Plan): ApplyCost {
  let creating = 0;
  let labelling = 0;
  let readingBack = 0;
  let isSeen = false;
  for (const module of plan.modules) {
    const creates = module.entries.filter((entry) => entry.action === 'create');
    creating += Math.ceil(creates.length / FIELDS_PER_CALL);
    const unfinished = module.entries.filter((entry) => isToBeFinished(entry));
    const late = creates.filter((entry) => needsLabelLater(entry.field)).length + unfinished.length;
    labelling += Math.ceil(late / FIELDS_PER_CALL);
    if (creates.length > 0) readingBack += late > 0 ? 2 : 1;
    else if (unfinished.length > 0) readingBack += 1;
    // Names that rest on a probe are looked at once, before more than five fields have them.
    if (!isSeen && creates.filter(({ field }) => restsOnName(field)).length > FIELDS_PER_CALL) {
      readingBack += 1;
      isSeen = true;
    }
  }
  return { creating, labelling, readingBack, total: creating + labelling + readingBack };
}

/** `148 of 155 custom fields`; the number alone where the limit is not known. */
export function takenWords({ kind, used, limit }: Capacity): string {
  return limit === null ? count(used, nounOf(kind)) : `${used} of ${count(limit, nounOf(kind))}`;
}

/** `154 of 155 custom fields, this plan +4: 3 do not fit`, for each kind that a reviewer has to know of. */
export function roomWords(
  { modules }: Pick<Plan, 'modules'>,
  { organisation }: Pick<Target, 'organisation'>,
): readonly { readonly module: string; readonly words: string }[] {
  return modules.flatMap(({ module, capacity }) =>
    capacity
      .filter((one) => matters(one))
      .map((one) => ({
        module,
        words: `${takenWords(one)}, this plan +${one.add}${restOf(one, organisation)}`,
      })),
  );
}

/** What fits into a module of every edition is not worth a line, and of the smaller kinds only what does not fit. */
function matters(capacity: Capacity): boolean {
  const { kind, used, add, limit } = capacity;
  if (add === 0) return false;
  if (overflow(capacity) > 0) return true;
  return kind === 'custom' && (limit !== null || used + add > CUSTOM_FIELDS.least);
}

function restOf(capacity: Capacity, organisation: Target['organisation']): string {
  const over = overflow(capacity);
  if (capacity.limit !== null) return over === 0 ? '' : `: ${over} ${over === 1 ? 'does' : 'do'} not fit`;
  const why =
    organisation === undefined
      ? 'it takes the scope ZohoCRM.org.READ, or ZOHO_CUSTOM_FIELD_LIMIT'
      : "no page of Zoho's names the limit of this edition; set ZOHO_CUSTOM_FIELD_LIMIT if you know it";
  return `; how many fit is not known: ${why}`;
}

/** Where new fields of a module appear, and where an admin has to add them; nothing where there is one layout only. */
export function landingWords({ module, landing }: ModulePlan): readonly Words[] {
  if (landing === undefined) return [];
  const { layout, others } = landing;
  const name = shorten(module, 60);
  const shown = others.slice(0, MOST).map((name) => data(name, 60));
  const rest = others.length - shown.length;
  const names = rest === 0 ? listed(shown) : [...listed(shown.slice(0, -1)), ...more(shown.at(-1), rest)];
  const only: Words =
    layout === undefined ? [' only, and these are its layouts: '] : [' ', data(layout, 60), '; '];
  return [
    [
      `In ${name} new fields land in the ${layout === undefined ? 'standard layout' : 'layout'}`,
      ...only,
      ...names,
      layout === undefined ? '. Add them to the others under ' : ' will not have them: add them there under ',
      `Setup > Customization > Modules and Fields > ${name} > Layouts.`,
    ],
  ];
}

/** More layouts than this are a list that nobody reads. */
const MOST = 5;

function more(last: Words[number] | undefined, rest: number): Words {
  return [...(last === undefined ? [] : [', ', last]), ` and ${count(rest, 'other')}`];
}
