import { isObject, property, type Json } from '../model/json.ts';
import type { ModulePlan, Plan } from '../model/plan.ts';

/** What a saved plan holds of a plan. */
export type SavedParts = Pick<Plan, 'plan_id' | 'digest' | 'manifest'> & {
  readonly modules: readonly Pick<ModulePlan, 'module' | 'anchors' | 'entries'>[];
};

/**
 * True for a value that has every part of a saved plan.
 *
 * The digest in the file shows accidents, but anybody can compute one: what only looks like a plan has to be refused
 * in words, and not to fail somewhere on the way to Zoho.
 */
export function hasPlanShape(value: unknown): value is SavedParts {
  return isPlan(value as Json);
}

/** True for a value that is nested no deeper than anything that was ever saved, so that walking it is safe. */
export function isShallow(value: unknown, levels = 100): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

type Check = (value: Json | undefined) => boolean;

const isText: Check = (value) => typeof value === 'string';
/** An id of Zoho's is digits (sheet §2.3). */
const isId: Check = (value) => typeof value === 'string' && /^\d+$/.test(value);
const isFlag: Check = (value) => typeof value === 'boolean';
const isPlace: Check = (value) => typeof value === 'number';
const isRecord: Check = (value) => isObject(value);
const isAny: Check = (value) => value !== undefined;

const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((item: Json) => check(item));

const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.some((word) => word === value);

/** An object with these keys and no others: what a key means that no plan has, nobody knows. */
const record =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) &&
    Object.keys(value).every((key) => Object.hasOwn(checks, key)) &&
    Object.entries(checks).every(([key, check]) => check(property(value, key)));

const isField = record({
  api_name: isText,
  data_type: isText,
  create: isFlag,
  field_label: optional(isText),
  maps_from: optional(isText),
  declared: isRecord,
  line: isPlace,
  column: isPlace,
});

const isEntry = record({
  module: isText,
  action: oneOf('create', 'in_sync', 'drift', 'conflict'),
  field: isField,
  id: optional(isText),
  differences: listOf(record({ key: isText, want: isAny, live: isAny, permanent: isFlag })),
  reasons: listOf(
    record({
      code: isText,
      message: isText,
      remedy: optional(isText),
      notice: optional(isFlag),
      stanza: optional(isText),
    }),
  ),
});

const isPlan = record({
  format_version: isText,
  kind: isText,
  plan_id: isText,
  digest: isText,
  manifest: record({ path: isText, sha256: isText }),
  modules: listOf(record({ module: isText, anchors: listOf(isId), entries: listOf(isEntry) })),
});
