import type { Plan } from '../model/plan.ts';
import { needsLabelLater } from '../plan/naming.ts';
import { applyCost } from './cost.ts';
import { count, wrap } from './layout.ts';
import type { PlanView } from './plan-view.ts';

/** The last lines of a plan's screen: the counts, what applying takes, the plan's id, and what to type next. */
export function planFooter(plan: Plan, view: PlanView): readonly string[] {
  const { create, in_sync, drift, conflict, unmanaged } = plan.summary;
  const lines = wrap(
    `${create} to create, ${in_sync} in sync, ${drift} ${drift === 1 ? 'differs' : 'differ'}, ${count(conflict, 'conflict')}; ${count(unmanaged, 'other custom field')} in Zoho${unmanaged > 0 && !view.unmanaged ? ' (--unmanaged lists them)' : ''}.`,
    view.width,
    0,
  ).map((line) => view.style.bold(line));
  if (create > 0) lines.push(...wrap(createNote(plan), view.width, 0));
  lines.push(`Plan ${plan.plan_id}: read with ${count(view.requests.read, 'call')}, nothing was written.`);
  if (view.next !== undefined) lines.push('', ...wrap(view.next, view.width, 0));
  return lines;
}

function createNote(plan: Plan): string {
  const cost = applyCost(plan);
  const parts = [`${cost.creating} to create`];
  if (cost.labelling > 0) parts.push(`${cost.labelling} to set ${labels(plan) === 1 ? 'a label' : 'labels'}`);
  parts.push(`${cost.readingBack} to read back`);
  return (
    `New fields land in the standard layout; unless "profiles" says otherwise, everyone can read and edit them. ` +
    `Applying takes ${count(cost.total, 'call')} after reading again: ${parts.join(', ')}.`
  );
}

function labels(plan: Plan): number {
  return plan.modules
    .flatMap((module) => module.entries)
    .filter((entry) => entry.action === 'create' && needsLabelLater(entry.field)).length;
}
