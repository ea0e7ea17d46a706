import type { ApplyReport } from '../../apply/outcome.ts';
import type { Plan } from '../../model/plan.ts';
import { applyJson, type ApplyJsonView } from '../../report/apply-json.ts';
import { applyText } from '../../report/apply-text.ts';
import type { Document } from '../../report/document.ts';
import { jsonText } from '../../report/escape.ts';
import type { Style } from '../../report/style.ts';
import type { Renders } from '../deliver.ts';

/** What became of a plan, in every format; what is not asked for is not loaded. */
export function applyRenders(
  plan: Plan,
  report: ApplyReport,
  view: ApplyJsonView,
  look: { readonly style: Style; readonly width: number },
): Renders {
  const document = async (): Promise<Document> => {
    const { applyDocument } = await import('../../report/apply-document.ts');
    return applyDocument(plan, report, view);
  };
  return {
    text: () => `\n${applyText(report, look)}`,
    json: () => jsonText(applyJson(plan, report, view)),
    markdown: async () => (await import('../../report/markdown.ts')).markdown(await document()),
    html: async () => (await import('../../report/html.ts')).html(await document()),
    github: async () => {
      const { applyAnnotations, diagnosticAnnotations } = await import('../../report/annotations.ts');
      const { github } = await import('../../report/github.ts');
      const problems = [...view.diagnostics, ...(report.problem?.diagnostics ?? [])];
      return github([
        ...applyAnnotations(report.fields, plan.manifest.path),
        ...diagnosticAnnotations(problems),
      ]);
    },
  };
}
