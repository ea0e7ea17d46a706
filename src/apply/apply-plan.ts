import { given } from '../model/json.ts';
import type { ModulePlan, Plan, PlanEntry } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import { fieldsOf, type LiveModule } from '../plan/make-plan.ts';
import { isToBeFinished } from '../plan/earlier-runs.ts';
import { Attempt, resumedAttempt, noteLimit } from './attempt.ts';
import { judgeField } from './judge-field.ts';
import { notAttempted, type ApplyReport, type FieldOutcome } from './outcome.ts';
import type { ApplyPorts } from './ports.ts';
import { labelAndReadBack } from './read-back.ts';
import { sendAttempts, type SendContext } from './send.ts';

/*
 * What becomes of one field (`attempt.ts` owns these steps, the files named take them):
 *
 *   state     what happens                                                 next state   in
 *   waiting   a POST leaves: intent in the journal                         waiting      send.ts
 *   waiting   the answer has a result that is certainly its own: success   accepted     judge-answer.ts
 *   waiting   … refusal                                                    refused
 *   waiting   any other answer: wait, then read live
 *             · live shows it as it was sent                               ours         find-ours.ts
 *             · live shows someone else's field in its place              refused
 *             · live shows nothing, and Zoho's denial says why             refused
 *             · live shows nothing: send again, three times at most        waiting
 *             · live cannot be read                                        unknown
 *   accepted  a read shows it as it was sent: id in the journal            ours         read-back.ts
 *   refused   … after all, unless Zoho clearly called it a duplicate       ours
 *   ours      only here a label may be set, by PATCH                       ours         finish-labels.ts
 *   ours      an interrupted run left it, and the plan says so: starts here
 *
 * At the end `judge-field.ts` holds each state against the last read: what was asked, said and seen becomes an outcome.
 */

/**
 * Executes a plan: creates what it says is missing, and nothing else (contract §9).
 *
 * @param live what the plan was made from: a field that was there before can never count as created.
 * @returns what became of every field of the plan; expected failures are in the report, never thrown.
 */
export async function applyPlan(
  plan: Plan,
  live: readonly LiveModule[],
  ports: ApplyPorts,
): Promise<ApplyReport> {
  const fields: FieldOutcome[] = [];
  let problem: Problem | undefined;
  let withApiName = true;
  let keptNames: SendContext['keptNames'] = 'unseen';
  for (const modulePlan of plan.modules) {
    if (problem !== undefined || ports.interrupted()) {
      fields.push(...modulePlan.entries.map((entry) => untouched(entry)));
      continue;
    }
    const unfinished = new Set(
      modulePlan.entries.filter((entry) => isToBeFinished(entry)).map((entry) => entry.id),
    );
    const there = fieldsOf(live, modulePlan.module);
    const before = new Set(there.map((field) => field.id).filter((id) => !unfinished.has(id)));
    const context: SendContext = {
      module: modulePlan.module,
      ports,
      listed: there,
      before,
      anchor: modulePlan.anchors[0],
      withApiName,
      keptNames,
      losses: 0,
    };
    const result = await applyModule(modulePlan, context);
    fields.push(...result.fields);
    problem = result.problem;
    withApiName = context.withApiName;
    keptNames = context.keptNames;
  }
  return {
    fields,
    interrupted: ports.interrupted(),
    stoppedByConflicts: false,
    ...given({ problem }),
  };
}

/** The report of an apply that conflicts, or the user, kept from starting. */
export function reportWithoutTrying(plan: Plan, stoppedByConflicts: boolean): ApplyReport {
  const fields = plan.modules.flatMap((module) => module.entries.map((entry) => notAttempted(entry)));
  return { fields, interrupted: false, stoppedByConflicts };
}

async function applyModule(
  modulePlan: ModulePlan,
  context: SendContext,
): Promise<{ readonly fields: readonly FieldOutcome[]; readonly problem?: Problem }> {
  const declared = new Set(modulePlan.entries.map((entry) => entry.field.api_name));
  const created = modulePlan.entries
    .filter((entry) => entry.action === 'create')
    .map((entry) => new Attempt(entry, declared));
  if (!context.withApiName || context.keptNames === 'lost')
    for (const attempt of created) attempt.nameByLabel();
  const resumed = modulePlan.entries
    .filter((entry) => isToBeFinished(entry))
    .map((entry) => resumedAttempt(entry, declared));
  const attempts = [...created, ...resumed];
  if (attempts.length === 0) return { fields: modulePlan.entries.map((entry) => untouched(entry)) };
  const stopped = await sendAttempts(created, context);
  const isUnreadable = attempts.some((attempt) => attempt.state === 'unknown');
  const isTouched = attempts.some((attempt) => attempt.state !== 'waiting');
  const back = isTouched && !isUnreadable ? await labelAndReadBack(attempts, context) : undefined;
  if (back !== undefined && !(back instanceof Problem))
    context.ports.journal(noteLimit(modulePlan.module, attempts, back.live, context.anchor));
  const byEntry = new Map(
    attempts.map((attempt) => [attempt.entry, judgeField(attempt, back, context.before, attempts)]),
  );
  const problem = stopped ?? (back instanceof Problem ? back : undefined);
  return {
    fields: modulePlan.entries.map((entry) => byEntry.get(entry) ?? untouched(entry)),
    ...given({ problem }),
  };
}

/** Fields that there is nothing to do about, or that conflicts or the end of the run keep from being created. */
function untouched(entry: PlanEntry): FieldOutcome {
  const { action } = entry;
  const isLeftAlone = action === 'in_sync' || (action === 'drift' && !isToBeFinished(entry));
  return isLeftAlone ? { ...notAttempted(entry), outcome: action } : notAttempted(entry);
}
