import type { Json } from '../model/json.ts';
import type { ModulePlan, Plan } from '../model/plan.ts';
import {
  isAny,
  isFlag,
  isId,
  isPlace,
  isRecord,
  isText,
  listOf,
  oneOf,
  optional,
  record,
} from '../model/shape.ts';

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
