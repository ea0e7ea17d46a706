import { type ApplyReport, summariseOutcomes } from '../../apply/outcome.ts';
import type { Plan } from '../../model/plan.ts';
import { receiptText } from './receipt.ts';
import { rehearsalText, rehearsalJson, type RehearsalView } from './rehearsal.ts';
import { applyText } from './text.ts';
import type { Document } from '../media/document.ts';
import { jsonText, FORMAT_VERSION } from '../media/escape.ts';
import type { Style } from '../media/layout.ts';
import type { Renders } from '../media/formats.ts';
import type { Receipt } from '../../apply/receipt.ts';
import type { Diagnostic } from '../../model/problem.ts';
import { differencesJson, entryJson, targetJson } from '../plan/json.ts';
import type { Target } from '../plan/view.ts';

/** What became of a plan, in every format; what is not asked for is not loaded. */
export function applyRenders(
  plan: Plan,
  report: ApplyReport,
  view: ApplyJsonView,
  look: { readonly style: Style; readonly width: number },
): Renders {
  const document = async (): Promise<Document> => {
    const { applyDocument } = await import('./document.ts');
    return applyDocument(plan, report, view);
  };
  return {
    text: () => {
      const receipt = view.receipt === undefined ? '' : `\n${receiptText(view.receipt, view.target, look)}`;
      const { rehearsal } = view;
      const shown = rehearsal === undefined ? '' : `\n${rehearsalText(rehearsal, look)}`;
      return `\n${applyText(report, look)}${receipt}${shown}`;
    },
    json: () => jsonText(applyJson(plan, report, view)),
    markdown: async () => (await import('../media/markdown.ts')).markdown(await document()),
    html: async (at) => (await import('../media/html.ts')).html(await document(), at),
    github: async () => {
      const { applyAnnotations, diagnosticAnnotations, rehearsalAnnotation } =
        await import('../media/github.ts');
      const { github } = await import('../media/github.ts');
      const { rehearsal } = view;
      const problems = [...view.diagnostics, ...(report.problem?.diagnostics ?? [])];
      return github([
        ...(rehearsal === undefined ? [] : [rehearsalAnnotation(rehearsal.snapshot)]),
        ...applyAnnotations(report.fields, plan.manifest.path),
        ...diagnosticAnnotations(problems),
      ]);
    },
  };
}

/** What an apply's JSON needs beside its report. */
interface ApplyJsonView {
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
