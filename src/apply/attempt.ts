import { isObject, property, type Json, type JsonObject } from '../model/json.ts';
import type { PlanEntry } from '../model/plan.ts';
import { labelAtCreation } from '../plan/naming.ts';
import type { Refusal } from './ports.ts';

/** One field on its way into Zoho; the engine's only mutable state. */
export interface Attempt {
  readonly entry: PlanEntry;
  /** The label that it is created under (see `plan/naming.ts`). */
  readonly workingLabel: string;
  /** API names of all fields of the plan's module. */
  readonly declared: ReadonlySet<string>;
  /**
   * `waiting` — not sent, or proven absent after a lost answer; `created` — Zoho said so, or live showed it;
   * `refused` — Zoho said no; `unknown` — the answer was lost and live could not be read.
   */
  state: 'waiting' | 'created' | 'refused' | 'unknown';
  id?: string;
  refusal?: Refusal;
  /** How often an answer for it was lost: after that, a new field that turns up under its name is ours. */
  losses: number;
  /** Send it in a request of its own, so that a refusal can only mean this field. */
  alone: boolean;
  /** What setting the label came to; `left` where nothing but its label says that the field is ours. */
  label: 'final' | 'pending' | 'refused' | 'left';
  labelRefusal?: Refusal;
}

/** A fresh attempt for a field that the plan wants created. */
export function newAttempt(entry: PlanEntry, declared: ReadonlySet<string>): Attempt {
  const workingLabel = labelAtCreation(entry.field);
  return {
    entry,
    workingLabel,
    declared,
    state: 'waiting',
    losses: 0,
    alone: false,
    label: workingLabel === entry.field.field_label ? 'final' : 'pending',
  };
}

/** An attempt that an earlier run left behind: the field is there, only its label is to be set. */
export function resumedAttempt(entry: PlanEntry, declared: ReadonlySet<string>): Attempt {
  const attempt = newAttempt(entry, declared);
  attempt.state = 'created';
  if (entry.id !== undefined) attempt.id = entry.id;
  return attempt;
}

/**
 * True where a refused field may have come to be after all: an answer for it was lost, and Zoho now says that the name or the label
 * is taken, or nothing any more. Whose the field is only the read-back tells.
 */
export function mayBeOurs({ state, losses, refusal }: Attempt): boolean {
  return state === 'refused' && losses > 0 && MAY_BE_DONE.has(refusal?.code ?? '');
}

const MAY_BE_DONE: ReadonlySet<string> = new Set(['DUPLICATE_DATA', 'NO_ANSWER']);

/** The create body of sheet §3.3 and §3.4 for one field. */
export function createBody(attempt: Attempt, withApiName: boolean): JsonObject {
  const { field, module } = attempt.entry;
  const declared: Record<string, Json> = { ...field.declared };
  const profiles = declared['profiles'];
  if (Array.isArray(profiles))
    declared['profiles'] = profiles.map((profile: Json) => withoutName(profile, 'name'));
  const picklist = declared['global_picklist'];
  if (picklist !== undefined) declared['global_picklist'] = withoutName(picklist, 'api_name');
  const lookup = declared['lookup'];
  // Zoho insists on a title for the related list on the other side, or refuses the whole request (sheet §3.4).
  if (field.data_type === 'lookup' && isObject(lookup) && property(lookup, 'display_label') === undefined) {
    declared['lookup'] = { ...lookup, display_label: module };
  }
  return {
    field_label: attempt.workingLabel,
    ...(withApiName ? { api_name: field.api_name } : {}),
    data_type: field.data_type,
    ...declared,
  };
}

/** Zoho knows profiles and global picklists by id in a create body; the name was for people. */
function withoutName(value: Json, name: string): Json {
  if (!isObject(value) || property(value, 'id') === undefined) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}
