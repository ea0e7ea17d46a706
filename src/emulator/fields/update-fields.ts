import type { ModuleCall } from '../crm/resource.ts';
import type { Reply } from '../http/exchange.ts';
import { isObject, textOf, type Json, type JsonObject } from '../json.ts';
import { moduleOf, replaceField, type Draft } from '../state/draft.ts';
import { applyUpdate } from './apply-update.ts';
import { FIELD_KEYS, type Shape } from './body-shape.ts';
import { structureProblem } from './check-shape.ts';
import { oldVersion } from './create-fields.ts';
import { dataType } from './data-types.ts';
import {
  firstProblem,
  type Item,
  at,
  invalidData,
  mandatoryNotFound,
  wrongType,
  type Problem,
} from './problem.ts';
import { findField, unknownField } from './read-fields.ts';
import { readItems, answer, wholeRefusal, type Outcome } from './results.ts';
import { updateRules } from './update-rules.ts';

const DONE = { status: 200, message: 'field updated' };

/** `PATCH settings/fields?module=…`: up to five fields, each by its id (sheet §4.1). */
export function updateFields(call: ModuleCall): Reply {
  return update(call, call.zoho.switches.maxFieldsPerCall, (item) => item);
}

/** `PATCH settings/fields/{id}?module=…`: one field; the id stands in the path. */
export function updateField(call: ModuleCall): Reply {
  const field = findField(call);
  return field === undefined ? unknownField(call) : update(call, 1, (item) => withId(item, field.id));
}

const withId = (item: Json, id: string): Json => (isObject(item) ? { ...item, id } : item);

function update(call: ModuleCall, most: number, complete: (item: Json) => Json): Reply {
  const refused = oldVersion(call);
  if (refused !== undefined) return refused;
  const sent = readItems(call, most);
  if ('status' in sent) return sent;
  const items = sent.map(complete);
  const { switches } = call.zoho;
  const structures = items.map((item, index) => structure(item, `$.fields[${index}]`));
  const broken = structures.find((found) => found !== undefined);
  if (broken !== undefined && switches.structuralErrors !== 'per-item') return wholeRefusal(broken, switches);
  const outcomes = call.zoho.store.change((draft) =>
    items
      .slice(0, call.commitLimit)
      .map(
        (body, index) => structures[index] ?? updateOne(call, draft, { body, path: `$.fields[${index}]` }),
      ),
  );
  return answer(outcomes, DONE);
}

function structure(item: Json, path: string): Problem | undefined {
  if (!isObject(item)) return wrongType({ api_name: 'fields', json_path: path }, 'jsonobject');
  return item['id'] === undefined ? mandatoryNotFound(at(path, 'id')) : updateStructure(item, path);
}

function updateOne(
  call: ModuleCall,
  draft: Draft,
  { body, path }: { readonly body: Json; readonly path: string },
): Outcome {
  const module = moduleOf(draft.world, call.module.api_name);
  const existing = module?.fields.find((field) => field.id === textOf(body, 'id'));
  if (module === undefined || existing === undefined || !isObject(body)) {
    return invalidData(at(path, 'id'), {}, 'the id given seems to be invalid');
  }
  const item = itemOf(call, { body, path, module, existing, draft });
  const found = firstProblem(updateRules, item);
  if (found !== undefined) return found;
  replaceField(draft, module.api_name, applyUpdate(item, existing));
  return { id: existing.id };
}

/** System types such as `ownerlookup` cannot be created, but a tooltip can still be given to them. */
function itemOf(
  { zoho }: ModuleCall,
  parts: Pick<Item, 'path' | 'module' | 'draft'> & {
    readonly body: JsonObject;
    readonly existing: NonNullable<Item['existing']>;
  },
): Item {
  const dataTypeName = parts.existing.data_type;
  return { ...parts, zoho, dataTypeName, dataType: dataType(dataTypeName) ?? { keys: [] } };
}

/** Parts that must stay whole in an update; elsewhere an update names only what it changes (sheet §4.1). */
const WHOLE = ['tooltip', 'profiles', 'global_picklist'];

/** The JSON types of an update. */
export function updateStructure(item: JsonObject, path: string): Problem | undefined {
  for (const [key, value] of Object.entries(item)) {
    const known = Object.hasOwn(FIELD_KEYS, key) ? FIELD_KEYS[key] : undefined;
    if (known === undefined || value === null) continue;
    const shape = WHOLE.includes(key) ? known : partial(known);
    const found = structureProblem(value, shape, at(path, key));
    if (found !== undefined) return found;
  }
  return undefined;
}

function partial(shape: Shape): Shape {
  const keys = Object.entries(shape.keys ?? {}).map(([key, inner]): [string, Shape] => [key, partial(inner)]);
  return {
    ...shape,
    needed: [],
    ...(shape.keys === undefined ? {} : { keys: Object.fromEntries(keys) }),
    ...(shape.items === undefined ? {} : { items: partial(shape.items) }),
  };
}
