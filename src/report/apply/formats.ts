import type { ApplyReport } from '../../apply/outcome.ts';
import type { Plan } from '../../model/plan.ts';
import { applyJson, type ApplyJsonView } from './json.ts';
import { receiptText } from './receipt.ts';
import { rehearsalText } from './rehearsal.ts';
import { applyText } from './text.ts';
import type { Document } from '../media/document.ts';
import { jsonText } from '../media/escape.ts';
import type { Style } from '../media/layout.ts';
import type { Renders } from '../media/formats.ts';

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
        await import('../media/annotations.ts');
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
