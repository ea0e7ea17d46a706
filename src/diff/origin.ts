import { canonicalJson, type JsonObject } from '../model/json.ts';
import type { Plan, PlanEntry } from '../model/plan.ts';

/** Whose doing a row of a plan is, seen from a change that is under review. */
export type Origin = 'this_change' | 'already_waiting' | 'changed_in_zoho';

/** The origin of every row that has one; a field that is as declared, and was so before, has none. */
export type Origins = ReadonlyMap<PlanEntry, Origin>;

/**
 * Tells for every row of a plan whether the change under review caused it.
 *
 * Both versions of the manifest were planned against the same live organisation, so whatever the two plans say alike
 * cannot come from the change. Of the rest, what is there and differs was changed in Zoho; what is missing was declared
 * before and is waiting to be created.
 */
export function findOrigins(plan: Plan, basePlan: Plan): Origins {
  const before = new Map(rows(basePlan).map((entry) => [nameOf(entry), fingerprint(entry)]));
  return new Map(
    rows(plan).flatMap((entry): [PlanEntry, Origin][] => {
      if (before.get(nameOf(entry)) !== fingerprint(entry)) return [[entry, 'this_change']];
      if (entry.action === 'in_sync') return [];
      return [[entry, entry.id === undefined ? 'already_waiting' : 'changed_in_zoho']];
    }),
  );
}

function rows(plan: Plan): readonly PlanEntry[] {
  return plan.modules.flatMap((module) => module.entries);
}

function nameOf(entry: PlanEntry): string {
  return JSON.stringify([entry.module, entry.field.api_name]);
}

/** What a row says, without what only says where it stands. A field that is there matters only where it differs. */
function fingerprint({ action, field, differences, reasons }: PlanEntry): string {
  const { api_name, data_type, field_label, create, declared } = field;
  const intent = { api_name, data_type, field_label: field_label ?? null, create, declared };
  return canonicalJson({
    action,
    differences,
    reasons,
    intent: action === 'create' || action === 'conflict' ? intent : null,
  } as unknown as JsonObject);
}
