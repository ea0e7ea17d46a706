import { count } from '../../model/count.ts';
import type { Origin, Origins } from '../../diff/origin.ts';
import type { Diagnostic } from '../../model/problem.ts';
import type { Plan, PlanEntry, UnmanagedField } from '../../model/plan.ts';
import {
  data,
  paragraph,
  type Block,
  type Document,
  type Words,
  diagnosticTable,
} from '../media/document.ts';
import { planLead } from './opening.ts';
import { fieldDetails, newsOf, planTable } from './rows.ts';
import {
  moduleNames,
  notLiveWords,
  pageTitle,
  placeWords,
  readWords,
  type SnapshotView,
  type Target,
} from './view.ts';

/** What a plan's document needs beside the plan. */
export interface PlanDocumentView {
  /** Where the plan is not of what Zoho holds now. */
  readonly snapshot?: SnapshotView;
  readonly target: Target;
  readonly requests: { readonly read: number; readonly write: number };
  /** What is doubtful about the manifest. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the credentials do not allow of it. */
  readonly gaps: readonly Diagnostic[];
  /** List the live custom fields that the manifest does not name. */
  readonly unmanaged: boolean;
  /** By id, the stanza that would declare an unmanaged field. */
  readonly stanzas?: ReadonlyMap<string, string>;
  /** Whose doing each row is, where a change is under review. */
  readonly origins?: Origins;
  /** The command that applies this plan, where there is something to apply. */
  readonly apply?: { readonly command: string; readonly saved: boolean };
}

/** A plan as reviewers read it. */
export function planDocument(plan: Plan, view: PlanDocumentView): Document {
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

function news(plan: Plan, entries: readonly PlanEntry[], view: PlanDocumentView): readonly Block[] {
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

function heading(text: string): Block {
  return { is: 'heading', words: [text] };
}

function folded(what: string, rows: readonly PlanEntry[], several: boolean): readonly Block[] {
  if (rows.length === 0) return [];
  return [
    { is: 'fold', summary: `${count(rows.length, 'field')} ${what}`, blocks: [planTable(rows, several)] },
  ];
}

function details(entries: readonly PlanEntry[], plan: Plan, view: PlanDocumentView): readonly Block[] {
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
    ...list(
      creates.length === 1
        ? 'Every detail of the new field'
        : `Every detail of the ${creates.length} new fields`,
      creates.map((entry) => fieldDetails(entry.field)),
    ),
    ...list(
      count(same.length, 'field is as declared', 'fields are as declared'),
      inTens(same.map((entry) => entry.field.api_name)),
    ),
    ...(view.unmanaged ? unmanagedBlocks(unmanaged, view) : []),
  ];
}

function unmanagedBlocks(
  unmanaged: readonly UnmanagedField[],
  { stanzas }: PlanDocumentView,
): readonly Block[] {
  const ready = unmanaged.flatMap((field) => stanzas?.get(field.id) ?? []);
  return [
    ...list(
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
    ...(ready.length === 0
      ? []
      : [
          {
            is: 'fold' as const,
            summary: 'To declare them, paste below "fields:"',
            blocks: [{ is: 'code' as const, text: ready.join('\n') }],
          },
        ]),
  ];
}

function list(summary: string, items: readonly Words[]): readonly Block[] {
  return items.length === 0 ? [] : [{ is: 'fold', summary, blocks: [{ is: 'list', items }] }];
}

/** Names need little room: ten to a line. */
function inTens(names: readonly string[]): readonly Words[] {
  return Array.from({ length: Math.ceil(names.length / 10) }, (_, line) =>
    names.slice(line * 10, line * 10 + 10).flatMap((name, index) => [index === 0 ? '' : ', ', data(name)]),
  );
}

function closing(plan: Plan, view: PlanDocumentView): readonly Block[] {
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

function applyWords({ apply, origins }: Pick<PlanDocumentView, 'apply' | 'origins'>): Words {
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
