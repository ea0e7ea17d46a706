import { summariseOutcomes, type ApplyReport } from '../../apply/outcome.ts';
import type { Receipt } from '../../apply/receipt.ts';
import type { Diagnostic } from '../../model/problem.ts';
import type { Plan } from '../../model/plan.ts';
import { FORMAT_VERSION } from '../media/json.ts';
import { differencesJson, entryJson, targetJson } from '../plan/json.ts';
import type { Target } from '../plan/view.ts';
import { rehearsalJson, type RehearsalView } from './rehearsal.ts';

/** What an apply's JSON needs beside its report. */
export interface ApplyJsonView {
  readonly target: Target;
  readonly requests: { readonly read: number; readonly write: number };
  readonly diagnostics: readonly Diagnostic[];
  /** Of what was created. */
  readonly receipt?: Receipt | undefined;
  /** Where nothing of it was real. */
  readonly rehearsal?: RehearsalView;
}

/** The result of an apply as scripts read it (contract §7). */
export function applyJson(plan: Plan, report: ApplyReport, view: ApplyJsonView): object {
  return {
    format_version: FORMAT_VERSION,
    kind: 'apply',
    ...(view.rehearsal === undefined ? {} : rehearsalJson(view.rehearsal)),
    plan_id: plan.plan_id,
    digest: plan.digest,
    manifest: plan.manifest,
    target: targetJson(view.target),
    summary: summariseOutcomes(report.fields),
    interrupted: report.interrupted,
    fields: report.fields.map((field) => ({
      ...entryJson(field.entry),
      outcome: field.outcome,
      ...(field.id === undefined ? {} : { id: field.id }),
      ...(field.code === undefined ? {} : { code: field.code }),
      // Of the value that Zoho objects to; the line of the field is only the second best.
      ...field.objection,
      differences: differencesJson(field.differences),
      reasons: field.reasons,
    })),
    ...(view.receipt === undefined ? {} : { receipt: receiptJson(view.receipt, view.target) }),
    requests: view.requests,
    diagnostics: [...view.diagnostics, ...(report.problem?.diagnostics ?? [])],
  };
}

/** Whole by itself, so that it can be kept apart from the report. */
function receiptJson({ at, commit, fields, ...plan }: Receipt, target: Target): object {
  return { at, ...targetJson(target), ...plan, ...(commit === undefined ? {} : { commit }), fields };
}
