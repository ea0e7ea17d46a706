import type { Origins } from '../../diff/origin.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Plan } from '../../model/plan.ts';
import type { Document } from '../../report/document.ts';
import { jsonText } from '../../report/escape.ts';
import { planJson } from '../../report/plan-json.ts';
import { planText } from '../../report/plan-text.ts';
import type { PlanView } from '../../report/plan-view.ts';
import type { Renders } from '../deliver.ts';

/** All that is told about a plan, in whatever format. */
export interface PlanFacts extends PlanView {
  readonly diagnostics: readonly Diagnostic[];
  readonly origins?: Origins;
  /** The command that applies the plan, where there is something to apply. */
  readonly apply?: { readonly command: string; readonly saved: boolean };
}

/** A plan in every format; what is not asked for is not loaded. */
export function planRenders(plan: Plan, facts: PlanFacts): Renders {
  const document = async (): Promise<Document> => {
    const { planDocument } = await import('../../report/plan-document.ts');
    return planDocument(plan, facts);
  };
  return {
    text: () => planText(plan, facts),
    json: () => jsonText(planJson(plan, facts)),
    markdown: async () => (await import('../../report/markdown.ts')).markdown(await document()),
    html: async () => (await import('../../report/html.ts')).html(await document()),
    github: async () => {
      const { planAnnotations } = await import('../../report/annotations.ts');
      const { github } = await import('../../report/github.ts');
      return github(planAnnotations(plan, facts));
    },
  };
}
