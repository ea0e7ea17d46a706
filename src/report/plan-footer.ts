import type { Plan } from '../model/plan.ts';
import { needsLabelLater } from '../plan/naming.ts';
import { workOf } from '../plan/unfinished.ts';
import { roomWords } from './capacity-words.ts';
import { applyCost } from './cost.ts';
import type { Words } from './document.ts';
import { visible } from './escape.ts';
import { landingWords } from './landing-words.ts';
import { count, wrap } from './layout.ts';
import type { PlanView } from './plan-view.ts';

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
  if (workOf(plan).length > 0) lines.push(...wrap(costNote(plan), view.width, 0));
  lines.push(`Plan ${plan.plan_id}: read with ${count(view.requests.read, 'call')}, nothing was written.`);
  if (view.next !== undefined) lines.push('', ...wrap(view.next, view.width, 0));
  return lines;
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
  return typeof word === 'string' ? word : `"${visible(word.text)}"`;
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
