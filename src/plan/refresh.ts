import { type Diagnostic, Problem } from '../model/problem.ts';
import type { JournalEntry } from '../model/journal.ts';
import { canonicalJson, type JsonObject } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import type { ModulePlan, Plan, PlanEntry } from '../model/plan.ts';
import { leavingMappingAside } from './lead-mapping.ts';
import type { Directory } from './references.ts';
import { fieldsOf, makePlan, type LiveModule } from './make-plan.ts';
import { isToBeFinished } from './earlier-runs.ts';

/**
 * A saved plan held against the organisation as it is now (contract §8).
 *
 * The saved intent is planned again by the same code and the verdicts are compared; nothing is compared twice in two
 * ways. What was meanwhile created exactly as planned is `in_sync` in the answer; the plan id stays.
 * @throws Problem `stale` with one reason per field, when anything else that the plan relied on has changed.
 */
export function refreshPlan(
  saved: Plan,
  live: readonly LiveModule[],
  journal: readonly JournalEntry[] = [],
  directory: Directory = {},
): Plan {
  const fresh = makePlan(intent(saved), live, directory, journal);
  const changes = saved.modules.flatMap((module, index) => {
    const now = fresh.modules[index];
    const ids = new Set(fieldsOf(live, module.module).map((field) => field.id));
    return now === undefined ? [] : changesOf(saved, module, now, ids);
  });
  const [first, ...rest] = changes;
  if (first !== undefined) throw new Problem('stale', [first, ...rest]);
  return { ...fresh, plan_id: saved.plan_id, digest: saved.digest };
}

/**
 * What a failure to read live means for a saved plan: where the module is not there any more, the plan does not fit any more, whichever
 * organisation this is. Any other failure is reported as it is.
 */
export function asStale(saved: Plan, error: unknown): unknown {
  if (!(error instanceof Problem) || error.diagnostics[0]?.code !== 'invalid-module') return error;
  const message = `Plan ${saved.plan_id} no longer fits. ${error.message}`;
  return new Problem('stale', [stale('plan-stale', message, `Check the credentials. ${PLAN_AGAIN}`)]);
}

/** The fields that a plan is about, as a manifest: what `plan` once understood, not what the file says today. */
export function intent(plan: Plan): Manifest {
  return {
    ...plan.manifest,
    modules: plan.modules.map(({ module, entries }) => ({
      module,
      fields: entries.map((entry) => entry.field),
      written: new Map(
        entries.flatMap(({ field, written }) => (written === undefined ? [] : [[field.api_name, written]])),
      ),
    })),
  };
}

const PLAN_AGAIN = 'Plan again, look at the new plan, and apply that one.';

function changesOf(
  saved: Plan,
  then: ModulePlan,
  now: ModulePlan,
  liveIds: ReadonlySet<string>,
): readonly Diagnostic[] {
  const gone = then.anchors.filter((id) => !liveIds.has(id));
  if (gone.length > 0) {
    const other = gone.length === then.anchors.length;
    return [
      stale(
        other ? 'other-organisation' : 'plan-stale',
        other
          ? `Plan ${saved.plan_id} was made for another organisation: none of its ${then.module} fields has an id that the plan knows.`
          : `Fields of ${then.module} that plan ${saved.plan_id} relied on are gone.`,
        other
          ? 'Check the credentials and the data centre, or plan again for this organisation.'
          : PLAN_AGAIN,
      ),
    ];
  }
  return then.entries.flatMap((entry, index) => {
    const current = now.entries[index];
    return current === undefined || holds(entry, current) ? [] : [moved(saved, entry, current)];
  });
}

/** Notices, and mappings that only an admin can set, may change between planning and applying. */
function holds(before: PlanEntry, after: PlanEntry): boolean {
  const [then, now] = [leavingMappingAside(before), leavingMappingAside(after)];
  if (then.action === 'create') return now.action === 'create' || now.action === 'in_sync';
  // The label that was to be set is set: another run of the same plan, or of the manifest, came to its end.
  if (isToBeFinished(then) && now.action === 'in_sync' && then.id === now.id) return true;
  return fingerprint(then) === fingerprint(now);
}

function fingerprint(entry: PlanEntry): string {
  const { action, id, differences, reasons } = entry;
  return canonicalJson({
    action,
    id: id ?? null,
    differences,
    reasons: reasons.map((one) => one.code),
  } as unknown as JsonObject);
}

const STATE: Readonly<Record<PlanEntry['action'], string>> = {
  create: 'missing',
  in_sync: 'there as declared',
  drift: 'there but different',
  conflict: 'in conflict',
};

function moved(saved: Plan, then: PlanEntry, now: PlanEntry): Diagnostic {
  const what =
    then.action === now.action
      ? `is still ${STATE[now.action]}, but not in the same way`
      : `was ${STATE[then.action]} and is now ${STATE[now.action]}`;
  const why = now.reasons[0] === undefined ? '' : ` ${now.reasons[0].message}`;
  return stale(
    'plan-stale',
    `Zoho changed after plan ${saved.plan_id} was made: ${then.module}.${then.field.api_name} ${what}.${why}`,
    PLAN_AGAIN,
  );
}

function stale(code: string, message: string, remedy: string): Diagnostic {
  return { severity: 'error', code, message, remedy };
}
