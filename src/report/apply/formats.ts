import { type ApplyReport, summariseOutcomes } from '../../apply/outcome.ts';
import type { Plan } from '../../model/plan.ts';
import { receiptText } from './receipt.ts';
import { rehearsalText, rehearsalJson } from './rehearsal.ts';
import { applyText } from './text.ts';
import type { ApplyDocumentView } from './document.ts';
import { jsonReport } from '../media/escape.ts';
import type { Look } from '../media/layout.ts';
import { pages, remarks, type Renders } from '../media/formats.ts';
import type { Receipt } from '../../apply/receipt.ts';
import { differencesJson, entryJson, targetJson } from '../plan/formats.ts';
import type { Target } from '../plan/view.ts';
import { given } from '../../model/json.ts';
import type { RequestCount } from '../../model/live-field.ts';

/** What became of a plan, in every format; what is not asked for is not loaded. */
export function applyRenders(plan: Plan, report: ApplyReport, view: ApplyJsonView, look: Look): Renders {
  const { receipt, rehearsal } = view;
  return {
    text: () => {
      const created = receipt === undefined ? '' : `\n${receiptText(receipt, view.target, look)}`;
      const shown = rehearsal === undefined ? '' : `\n${rehearsalText(rehearsal, look)}`;
      return `\n${applyText(report, look)}${created}${shown}`;
    },
    json: () => applyJson(plan, report, view),
    ...pages(async () => (await import('./document.ts')).applyDocument(plan, report, view)),
    ...remarks(async () => (await import('../media/github.ts')).applyAnnotations(plan, report, view)),
  };
}

/** What an apply's JSON needs beside its report. */
interface ApplyJsonView extends ApplyDocumentView {
  readonly requests: RequestCount;
}

/** The result of an apply as scripts read it (contract §7). */
export function applyJson(plan: Plan, report: ApplyReport, view: ApplyJsonView): string {
  return jsonReport('apply', {
    ...(view.rehearsal && rehearsalJson(view.rehearsal)),
    plan_id: plan.plan_id,
    digest: plan.digest,
    manifest: plan.manifest,
    target: targetJson(view.target),
    summary: summariseOutcomes(report.fields),
    interrupted: report.interrupted,
    fields: report.fields.map((field) => ({
      ...entryJson(field.entry),
      outcome: field.outcome,
      ...given({ id: field.id, code: field.code }),
      // Of the value that Zoho objects to; the line of the field is only the second best.
      ...field.objection,
      differences: differencesJson(field.differences),
      reasons: field.reasons,
    })),
    receipt: view.receipt && receiptJson(view.receipt, view.target),
    requests: view.requests,
    diagnostics: [...view.diagnostics, ...(report.problem?.diagnostics ?? [])],
  });
}

/** Whole by itself, so that it can be kept apart from the report. */
function receiptJson({ at, commit, fields, ...plan }: Receipt, target: Target): object {
  return { at, ...targetJson(target), ...plan, commit, fields };
}
