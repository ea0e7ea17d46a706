import { createHash } from 'node:crypto';
import { isObject, property, type Json } from '../model/json.ts';
import type { DesiredField } from '../model/manifest.ts';
import type { Plan, ModulePlan } from '../model/plan.ts';
import { problem, type Problem } from '../model/problem.ts';
import {
  isShallow,
  isAny,
  isFlag,
  isId,
  isPlace,
  isRecord,
  isText,
  listOf,
  oneOf,
  optional,
  parseJson,
  readKept,
  record,
} from '../model/kept-file.ts';
import { withoutKeptName } from './creation-label.ts';
import { assemblePlan } from './make-plan.ts';

/** Version of the file that `--out` writes; read by {@link parsePlan}. */
const FORMAT_VERSION = '1.0';
const KIND = 'saved-plan';

/**
 * A plan as the text of a file (contract §8): the intent, the ids and values that the verdicts rest on, and a
 * digest over it all. No manifest text, no credentials, no clock, so the same plan is always the same file.
 * @throws Problem `invalid` for a plan that no organisation could be told by.
 */
export function serialisePlan(plan: Plan): string {
  refuseUnanchored(plan, `Plan ${plan.plan_id}`);
  const modules = plan.modules.map(({ module, anchors, entries }) => ({
    module,
    anchors,
    entries: entries.map(({ written: _written, ...entry }) => ({
      ...entry,
      field: withoutDescription(withoutKeptName(entry.field)),
    })),
  }));
  return sealed({
    format_version: FORMAT_VERSION,
    kind: KIND,
    plan_id: plan.plan_id,
    digest: plan.digest,
    manifest: plan.manifest,
    modules,
  });
}

/** What was learnt of an organisation is the user's, and proves nothing in a file; a description is for people and never reaches Zoho, so it is no part of the intent. */
function withoutDescription({ description, ...field }: DesiredField): DesiredField {
  return field;
}

/** True for text that this tool wrote as a plan, whatever its version: `--out` replaces nothing else. */
export function looksLikePlan(text: string): boolean {
  const value = parseJson(text);
  return isObject(value) && property(value, 'kind') === KIND;
}

/**
 * Reads a saved plan back.
 * @throws Problem `invalid` for text that is no plan, was changed by hand, or comes from a newer version.
 */
export function parsePlan(text: string, path: string): Plan {
  const { sha256: _sha256, ...body } = readKept(text, path, {
    kind: KIND,
    version: FORMAT_VERSION,
    noun: 'plan',
    is: 'plan that "zoho-fields plan --out" wrote',
    otherwise: `Give a saved plan, or leave it out to plan and apply a manifest: zoho-fields apply -f ${path}`,
    otherVersion: 'Use the version of zoho-fields that wrote the plan, or plan again with this one.',
  });
  if (!isShallow(body) || sealed(body) !== text) {
    throw damaged(path, 'was changed or cut after it was written');
  }
  if (!hasPlanShape(body)) throw damaged(path, 'does not hold what a plan holds');
  const plan = assemblePlan(
    body.manifest,
    body.modules.map((module) => ({ ...module, unmanaged: [], capacity: [] })),
  );
  // This plan was agreed to under its id and digest: under those nothing else may be applied.
  if (plan.plan_id !== body.plan_id || plan.digest !== body.digest) {
    throw damaged(
      path,
      `bears the id or the digest of another plan: what it would do is plan ${plan.plan_id}`,
    );
  }
  refuseUnanchored(plan, path);
  return plan;
}

/** Ids of existing fields are what ties a plan to one organisation: without them it would fit every one (contract §8). */
function refuseUnanchored({ modules }: Plan, shown: string): void {
  const loose = modules.find(({ anchors }) => anchors.length === 0);
  if (modules.length > 0 && loose === undefined) return;
  throw problem(
    'invalid',
    'plan-without-ids',
    `${shown} holds no id of an existing field${loose === undefined ? '' : ` of ${loose.module}`}, so it would fit every organisation.`,
    'Plan again: zoho-fields plan --out FILE',
  );
}

/**
 * The text of a plan with its digest, and the only one: other line ends, another order of keys, or a key that is there
 * twice make another text, which nobody has reviewed.
 */
function sealed(body: object): string {
  const sha256 = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  return `${JSON.stringify({ ...body, sha256 }, null, 2)}\n`;
}

function damaged(path: string, what: string): Problem {
  return problem('invalid', 'plan-damaged', `${path} ${what}.`, 'Plan again: zoho-fields plan --out FILE');
}

/** What a saved plan holds of a plan. */
type SavedParts = Pick<Plan, 'plan_id' | 'digest' | 'manifest'> & {
  readonly modules: readonly Pick<ModulePlan, 'module' | 'anchors' | 'entries'>[];
};

/**
 * True for a value that has every part of a saved plan.
 *
 * The digest in the file shows accidents, but anyone can compute one: what only looks like a plan has to be refused
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
