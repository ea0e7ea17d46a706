import { textOf } from '../model/json.ts';
import type { Plan } from '../model/plan.ts';
import { UNPROVEN, type ApplyReport, type FieldOutcome } from './outcome.ts';

/** What one run created, by which plan, and how each field can be taken back (contract §7). */
export interface Receipt {
  /** When the run was over, as ISO 8601 in UTC. */
  readonly at: string;
  readonly plan_id: string;
  readonly digest: string;
  /** The commit that the manifest is of, where that is known. */
  readonly commit?: string;
  readonly fields: readonly ReceiptField[];
}

/** A field that this run created, under the name that Zoho shows. */
export interface ReceiptField {
  readonly module: string;
  readonly api_name: string;
  readonly id: string;
  readonly undo: Undo;
}

/** How a person takes a field back, by hand or by a request; this tool never does. */
export interface Undo {
  readonly method: 'DELETE';
  /** To be put behind the API's host. */
  readonly path: string;
  /** The narrowest scope that the request's token needs (sheet §1.6). */
  readonly scope: string;
  /** Where in Zoho the same is done by hand. */
  readonly setup: string;
  readonly conditions: readonly string[];
}

/** The narrowest scope for deleting a field (sheet §1.6). */
export const UNDO_SCOPE = 'ZohoCRM.settings.fields.DELETE';

/** What Zoho asks of a deletion, and what it costs (sheet §4.2). */
export const UNDO_CONDITIONS: readonly string[] = [
  'Zoho refuses to delete a field (NOT_ALLOWED) while it is used in other places, such as a workflow, a scoring rule or an approval.',
  'All data in the field is lost with it.',
];

/** The receipt of a run; none where nothing was created. */
export function receiptOf(
  plan: Plan,
  report: ApplyReport,
  facts: Pick<Receipt, 'at' | 'commit'>,
): Receipt | undefined {
  const fields = report.fields.flatMap((field) => receiptField(field));
  return fields.length === 0 ? undefined : { ...facts, plan_id: plan.plan_id, digest: plan.digest, fields };
}

/**
 * Only what a read has shown to be created by this run: an id that nothing but an answer told could be that of another
 * field, and someone would delete it.
 */
function receiptField({ entry, outcome, id, differences, reasons }: FieldOutcome): readonly ReceiptField[] {
  if (outcome !== 'created' && outcome !== 'created_differs') return [];
  if (id === undefined || reasons.some(({ code }) => code === UNPROVEN)) return [];
  const { module } = entry;
  const renamed = differences.find(({ key }) => key === 'api_name');
  const api_name = renamed === undefined ? entry.field.api_name : textOf(renamed.live);
  return [{ module, api_name, id, undo: undoOf(module, id) }];
}

function undoOf(module: string, id: string): Undo {
  const [name, number] = [module, id].map((text) => encodeURIComponent(text.toWellFormed()));
  return {
    method: 'DELETE',
    path: `/crm/v8/settings/fields/${number}?module=${name}`,
    scope: UNDO_SCOPE,
    setup: `Setup > Customization > Modules and Fields > ${module}`,
    conditions: UNDO_CONDITIONS,
  };
}
