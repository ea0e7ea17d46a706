import type { Plan } from '../model/plan.ts';
import { dirname, resolve } from 'node:path';
import { Problem, problem } from '../model/problem.ts';
import type { Diagnostic } from '../model/problem.ts';
import { readPlanFile } from '../machine/plan-file.ts';
import type { Io } from '../machine/io.ts';
import { intent } from '../plan/refresh.ts';

/** More of them help nobody. */
const MOST_TOLD = 10;

/** Reads a saved plan, and believes of it only what a manifest could have declared. */
export async function readSavedPlan(path: string, io: Io): Promise<Plan> {
  const plan = await readPlanFile(path, io);
  await checkPlan(plan, path);
  return plan;
}

/**
 * Holds a plan that comes from outside of this run against everything that a manifest is held to. Its digest shows
 * accidents, but anyone can compute one: what is sent to Zoho must never depend on that.
 * @throws Problem `invalid` for what no manifest could have declared.
 */
export async function checkPlan(plan: Plan, shown: string): Promise<void> {
  // The rules of manifests are loaded only where a plan is read that this run did not make.
  const { checkIntent } = await import('../manifest/check-intent.ts');
  const strays = plan.modules.flatMap(({ module, entries }) =>
    entries
      .filter((entry) => entry.module !== module)
      .map(({ field }) => `${field.api_name} stands among the fields of another module.`),
  );
  const [first, ...rest] = [...strays, ...checkIntent(intent(plan).modules)]
    .slice(0, MOST_TOLD)
    .map((what) => wrong(shown, what));
  if (first !== undefined) throw new Problem('invalid', [first, ...rest]);
}

function wrong(shown: string, what: string): Diagnostic {
  return {
    severity: 'error',
    code: 'plan-not-declarable',
    message: `${shown} holds what no manifest could have declared: ${what}`,
    remedy: 'Plan again: zoho-fields plan --out FILE',
  };
}

/**
 * Where a plan that comes from outside says its manifest is decides nothing about what is written where. Only the built-in
 * Zoho lives beside a manifest, so there the user has to say which one is meant.
 * @throws Problem `usage` where the plan's manifest is not in the current folder.
 */
export function refuseElsewhere(plan: Plan, cwd: string, remedy: string): void {
  const { path } = plan.manifest;
  if (path === '-' || dirname(resolve(cwd, path)) === resolve(cwd)) return;
  throw problem(
    'usage',
    'manifest-elsewhere',
    `The plan was made from ${path}, and the built-in Zoho keeps its state beside the manifest: so it must be told which folder.`,
    remedy,
  );
}
