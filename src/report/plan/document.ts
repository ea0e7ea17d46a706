import { count } from '../../model/count.ts';
import type { Origin } from '../../diff/origin.ts';
import type { Plan, PlanEntry, UnmanagedField, Reason } from '../../model/plan.ts';
import {
  data,
  paragraph,
  type Block,
  type Document,
  type Words,
  diagnosticTable,
  joined,
  shorten,
  type Table,
  type Tone,
  heading,
  fold,
  list,
  code,
  type Column,
  table,
  telling,
  moduleColumn,
  dataIf,
} from '../media/document.ts';
import { planLead } from './opening.ts';
import { moduleNames, notLiveWords, pageTitle, placeWords, readWords, type PlanFacts } from './view.ts';
import { property } from '../../model/json.ts';
import type { DesiredField } from '../../model/manifest.ts';
import { permanentKeys } from '../../plan/compare.ts';
import { isToBeFinished } from '../../plan/earlier-runs.ts';
import { keyWords, differenceWords, untold } from '../media/words.ts';
import { declaredText, typeText, valueText } from '../media/value-text.ts';

/** A plan as reviewers read it. */
export function planDocument(plan: Plan, view: PlanFacts): Document {
  const entries = plan.modules.flatMap((module) => module.entries);
  const { snapshot } = view;
  return {
    kind: 'plan',
    manifest: plan.manifest.path,
    // By a digest it is known which plan was agreed to, and to this one nobody can.
    ...(snapshot === undefined ? { digest: plan.digest } : {}),
    title: pageTitle(
      `${snapshot === undefined ? '' : 'Not live: '}Plan ${plan.plan_id}`,
      moduleNames(plan),
      view.target,
    ),
    lead: [...(snapshot === undefined ? [] : [notLiveWords(snapshot)]), ...planLead(plan, view)],
    blocks: [...news(plan, entries, view), ...details(entries, plan, view)],
    closing: closing(plan, view),
  };
}

function news(plan: Plan, entries: readonly PlanEntry[], view: PlanFacts): readonly Block[] {
  const rows = newsOf(entries);
  const several = plan.modules.length > 1;
  if (view.origins === undefined) return rows.length === 0 ? [] : [planTable(rows, several)];
  const { origins } = view;
  const of = (origin: Origin): readonly PlanEntry[] => rows.filter((entry) => origins.get(entry) === origin);
  const mine = of('this_change');
  return [
    ...(mine.length > 0
      ? [heading('By this change'), planTable(mine, several)]
      : [paragraph('This change by itself asks nothing new of Zoho.')]),
    ...folded('waiting already before this change', of('already_waiting'), several),
    ...folded('changed in Zoho, not by this change', of('changed_in_zoho'), several),
  ];
}

function folded(what: string, rows: readonly PlanEntry[], several: boolean): readonly Block[] {
  if (rows.length === 0) return [];
  return [fold(`${count(rows.length, 'field')} ${what}`, planTable(rows, several))];
}

function details(entries: readonly PlanEntry[], plan: Plan, view: PlanFacts): readonly Block[] {
  const creates = entries.filter((entry) => entry.action === 'create');
  const same = entries.filter((entry) => entry.action === 'in_sync');
  const unmanaged = plan.modules.flatMap((module) => module.unmanaged);
  return [
    ...(view.gaps.length === 0
      ? []
      : [heading('Not possible with these credentials'), diagnosticTable(view.gaps)]),
    ...(view.diagnostics.length === 0
      ? []
      : [
          heading(view.snapshot === undefined ? 'Doubtful in the manifest' : 'Doubtful about this plan'),
          diagnosticTable(view.diagnostics),
        ]),
    ...foldedList(
      creates.length === 1
        ? 'Every detail of the new field'
        : `Every detail of the ${creates.length} new fields`,
      creates.map((entry) => fieldDetails(entry.field)),
    ),
    ...foldedList(
      count(same.length, 'field is as declared', 'fields are as declared'),
      inTens(same.map((entry) => entry.field.api_name)),
    ),
    ...(view.unmanaged ? unmanagedBlocks(unmanaged, view) : []),
  ];
}

function unmanagedBlocks(unmanaged: readonly UnmanagedField[], { stanzas }: PlanFacts): readonly Block[] {
  const ready = unmanaged.flatMap((field) => stanzas?.get(field.id) ?? []);
  return [
    ...foldedList(
      count(unmanaged.length, 'custom field in Zoho is', 'custom fields in Zoho are').concat(
        ' not in the manifest',
      ),
      unmanaged.map((field) => [
        data(field.api_name),
        ', ',
        data(field.data_type),
        ', ',
        data(field.field_label),
      ]),
    ),
    ...(ready.length === 0 ? [] : [fold('To declare them, paste below "fields:"', code(ready.join('\n')))]),
  ];
}

function foldedList(summary: string, items: readonly Words[]): readonly Block[] {
  return items.length === 0 ? [] : [fold(summary, list(items))];
}

/** Names need little room: ten to a line. */
function inTens(names: readonly string[]): readonly Words[] {
  return Array.from({ length: Math.ceil(names.length / 10) }, (_, line) =>
    names.slice(line * 10, line * 10 + 10).flatMap((name, index) => [index === 0 ? '' : ', ', data(name)]),
  );
}

function closing(plan: Plan, view: PlanFacts): readonly Block[] {
  const { unmanaged } = plan.summary;
  const rest =
    unmanaged > 0 && !view.unmanaged
      ? ` ${count(unmanaged, 'other custom field')} there ${unmanaged === 1 ? 'is' : 'are'} not in the manifest and left alone.`
      : '';
  return [
    ...(view.apply === undefined || plan.summary.conflict > 0 ? [] : [paragraph(...applyWords(view))]),
    paragraph(
      'Plan ',
      data(plan.plan_id),
      ' of ',
      data(plan.manifest.path, 200),
      ' for ',
      ...placeWords(view.target),
      `: ${readWords(view)}, nothing was written.${rest}`,
    ),
  ];
}

function applyWords({ apply, origins }: PlanFacts): Words {
  if (apply === undefined) return [];
  const command = data(apply.command, 400);
  if (!apply.saved)
    return ['To apply: ', command, '. It looks at Zoho again and asks before anything is created.'];
  const refused = '. Either is refused if Zoho changes in the meantime.';
  return origins === undefined
    ? ['To apply exactly this: ', command, '. It is refused if Zoho changes in the meantime.']
    : [
        'Once this is merged, the GitHub Action\'s step "apply" does exactly this, or by hand: ',
        command,
        refused,
      ];
}

const SIGNS: Readonly<Record<PlanEntry['action'], { readonly words: string; readonly tone: Tone }>> = {
  create: { words: '+ new', tone: 'good' },
  drift: { words: '~ differs', tone: 'warn' },
  conflict: { words: '! conflict', tone: 'bad' },
  in_sync: { words: '= as declared', tone: 'plain' },
};

/** What an interrupted run left, and what applying puts right. */
const UNFINISHED = { words: '~ unfinished', tone: 'good' } as const;

/** The rows that ask something of the reader, what stops everything first. */
export function newsOf(entries: readonly PlanEntry[]): readonly PlanEntry[] {
  return (['conflict', 'create', 'drift'] as const).flatMap((action) =>
    entries.filter((entry) => entry.action === action),
  );
}

/** A table with a row for each of these fields. */
function planTable(entries: readonly PlanEntry[], several: boolean): Table {
  return table('field', entries, (entry) => signOf(entry).tone, [
    ['What', (entry) => [signOf(entry).words]],
    ...moduleColumn(several),
    ['Field', ({ field }) => [data(field.api_name)]],
    ['Label', ({ field }) => dataIf(field.field_label)],
    ['Type', ({ field }) => [data(typeText(field))]],
    ['To know', toKnow],
    ...telling(entries, [REMEDY]),
  ]);
}

function signOf(entry: PlanEntry): { readonly words: string; readonly tone: Tone } {
  return isToBeFinished(entry) ? UNFINISHED : SIGNS[entry.action];
}

function toKnow(entry: PlanEntry): Words {
  const reasons = entry.reasons.map((reason) => reasonWords(reason));
  if (entry.action === 'create') return joined([...createNotes(entry.field), ...reasons]);
  return joined([...reasons, ...untold(entry).map((difference) => differenceWords(difference))]);
}

/** Why a field has its action. */
export function reasonWords({ message }: Reason): Words {
  return [shorten(message, 400)];
}

/** What to do about a row, for a last column where there is anything to do about one. */
export const REMEDY: Column<{ readonly reasons: readonly Reason[] }> = [
  'What to do',
  ({ reasons }) =>
    joined(
      reasons.flatMap(({ remedy, stanza }): readonly Words[] => {
        if (remedy === undefined) return stanza === undefined ? [] : [dataIf(stanza, 400)];
        return [[shorten(remedy, 400), ...(stanza === undefined ? [] : [' ', data(stanza, 400)])]];
      }),
    ),
];

function createNotes(field: DesiredField): readonly Words[] {
  const options = property(field.declared, 'pick_list_values');
  const profiles = property(field.declared, 'profiles');
  const permanent = permanentKeys(field);
  return [
    ...(options === undefined ? [] : [['options ', data(valueText(options), 400)]]),
    ...(profiles === undefined ? [] : [['profiles ', data(valueText(profiles), 200)]]),
    ...(permanent.length === 0
      ? []
      : [[`also permanent: ${permanent.map((key) => keyWords(key)).join(', ')}`]]),
  ];
}

/** Everything that a new field is made of, as one line. */
export function fieldDetails(field: DesiredField): Words {
  const facts = Object.entries(field.declared).map(([key, value]): Words => [
    `${keyWords(shorten(key, 60))} `,
    data(declaredText(key, value), 1000),
  ]);
  const description: readonly Words[] =
    field.description === undefined ? [] : [['description ', data(field.description, 600)]];
  return [data(field.api_name), ', ', data(field.data_type), ...after([...facts, ...description])];
}

function after(parts: readonly Words[]): Words {
  return parts.flatMap((part) => ['; ', ...part]);
}
