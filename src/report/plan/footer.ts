import { count } from '../../model/count.ts';
import { FIELDS_PER_CALL } from '../../model/limits.ts';
import type { Plan } from '../../model/plan.ts';
import { needsLabelLater, restsOnName } from '../../plan/creation-label.ts';
import { workOf, isToBeFinished } from '../../plan/earlier-runs.ts';
import type { Words } from '../media/document.ts';
import { visible } from '../../model/visible.ts';
import { asTyped, commandLines, wrap } from '../media/layout.ts';
import { roomWords, landingWords } from './capacity-words.ts';
import { readWords, type PlanView } from './view.ts';

/** What to do about fields that differ, which no apply does. */
export const DRIFT_ADVICE =
  'What differs is left alone: change it in Zoho, or write in the manifest what Zoho has.';

/** The last lines of a plan's screen: the counts, what applying takes, the plan's id, and what to type next. */
export function planFooter(plan: Plan, view: PlanView): readonly string[] {
  const { create, unmanaged } = plan.summary;
  const lines = wrap(
    `${countsText(plan)}; ${count(unmanaged, 'other custom field')} in Zoho${unmanaged > 0 && !view.unmanaged ? ' (--unmanaged lists them)' : ''}.`,
    view.width,
    0,
  ).map((line) => view.style.bold(line));
  for (const { module, words } of roomWords(plan, view.target)) {
    lines.push(...wrap(`${visible(module)}: ${words}.`, view.width, 0));
  }
  if (create > 0) lines.push(...wrap(WHERE_NOTE, view.width, 0));
  for (const words of plan.modules.flatMap((module) => landingWords(module))) {
    lines.push(...wrap(words.map((one) => wordText(one)).join(''), view.width, 0));
  }
  if (workOf(plan).length > 0 && view.snapshot === undefined)
    lines.push(...wrap(costNote(plan), view.width, 0));
  lines.push(...wrap(`Plan ${plan.plan_id}: ${readWords(view)}, nothing was written.`, view.width, 0));
  if (view.next !== undefined) {
    lines.push('', ...view.next.split('\n').flatMap((line) => nextLines(line, view)));
  }
  return lines;
}

/** A command stays one that a shell reads, however many lines it takes. */
function nextLines(line: string, { style, width }: PlanView): readonly string[] {
  const [, blanks = '', words = ''] = /^( *)(.*)$/u.exec(line) ?? [];
  const isCommand = /^(?:Next: zoho-fields apply| +zoho-fields )/u.test(line);
  return (isCommand ? commandLines : wrap)(asTyped(words, style), width, blanks.length);
}

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

/** Names of layouts are Zoho's text: in quotes, and without anything that acts on a terminal. */
function wordText(word: Words[number]): string {
  return typeof word === 'string' ? visible(word) : `"${visible(word.text)}"`;
}

const WHERE_NOTE =
  'New fields land in the standard layout; unless "profiles" says otherwise, everyone can read and edit them.';

function costNote(plan: Plan): string {
  const cost = applyCost(plan);
  const parts = cost.creating === 0 ? [] : [`${cost.creating} to create`];
  if (cost.labelling > 0) parts.push(`${cost.labelling} to set ${labels(plan) === 1 ? 'a label' : 'labels'}`);
  parts.push(`${cost.readingBack} to read back`);
  return `Applying takes ${count(cost.total, 'call')} after reading again: ${parts.join(', ')}.`;
}

function labels(plan: Plan): number {
  return workOf(plan).filter((entry) => needsLabelLater(entry.field)).length;
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
