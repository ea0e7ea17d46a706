import type { Origins } from '../../diff/origin.ts';
import type { Diagnostic } from '../../model/problem.ts';
import type { Plan } from '../../model/plan.ts';
import type { Document } from '../media/document.ts';
import { jsonText } from '../media/escape.ts';
import { planJson } from './json.ts';
import { planText } from './text.ts';
import type { PlanView } from './view.ts';
import type { Renders } from '../media/formats.ts';

/** All that is told about a plan, in whatever format. */
interface PlanFacts extends PlanView {
  readonly diagnostics: readonly Diagnostic[];
  /** What the credentials do not allow of it. */
  readonly gaps: readonly Diagnostic[];
  readonly origins?: Origins;
  /** The command that applies the plan, where there is something to apply. */
  readonly apply?: { readonly command: string; readonly saved: boolean };
}

/** A plan in every format; what is not asked for is not loaded. */
export function planRenders(plan: Plan, facts: PlanFacts): Renders {
  const document = async (): Promise<Document> => {
    const { planDocument } = await import('./document.ts');
    return planDocument(plan, facts);
  };
  return {
    text: () => planText(plan, facts),
    json: () => jsonText(planJson(plan, { ...facts, diagnostics: [...facts.diagnostics, ...facts.gaps] })),
    markdown: async () => (await import('../media/markdown.ts')).markdown(await document()),
    html: async (at) => (await import('../media/html.ts')).html(await document(), at),
    github: async () => {
      const { planAnnotations } = await import('../media/github.ts');
      const { github } = await import('../media/github.ts');
      return github(planAnnotations(plan, facts));
    },
  };
}
