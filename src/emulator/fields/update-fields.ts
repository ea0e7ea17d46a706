import type { ModuleCall } from '../zoho.ts';
import { type Reply, json, refusal } from '../http/reply.ts';
import { isObject, textOf, type Json, type JsonObject, dig, given, isList, numberOf } from '../json.ts';
import {
  moduleOf,
  replaceField,
  type Draft,
  removeField,
  removeModule,
  type Field,
} from '../state/organisation-state.ts';
import { applyUpdate, CHANGEABLE } from './apply-update.ts';
import { FIELD_KEYS, type Shape, structureProblem } from './check-shape.ts';
import { valueRule } from './create-fields.ts';
import { dataType } from './data-types.ts';
import {
  firstProblem,
  type Item,
  at,
  invalidData,
  mandatoryNotFound,
  wrongType,
  type Problem,
  placeOf,
  type Rule,
  notAllowed,
  problem,
  type Place,
} from './problem.ts';
import { findField, unknownField } from './read-fields.ts';
import { oldVersion, success, writeItems, type Outcome } from './write-items.ts';
import { formulaProblem } from './check-formula.ts';
import { labelOf, labelRules } from './check-names.ts';
import { uniqueLimit } from '../crm/limits.ts';
import { numberRules } from './check-numbers.ts';
import { optionRules } from './check-options.ts';
import { propertyRules } from './check-properties.ts';

/** `PATCH settings/fields?module=…`: up to five fields, each by its id (sheet §4.1). */
export function updateFields(call: ModuleCall): Reply {
  return update(call, call.zoho.switches.maxFieldsPerCall);
}

/** `PATCH settings/fields/{id}?module=…`: one field; the id stands in the path. */
export function updateField(call: ModuleCall): Reply {
  const field = findField(call);
  return field === undefined ? unknownField(call) : update(call, 1, (item) => withId(item, field.id));
}

const withId = (item: Json, id: string): Json => (isObject(item) ? { ...item, id } : item);

function update(call: ModuleCall, most: number, complete?: (item: Json) => Json): Reply {
  const write = {
    structure,
    one: (draft: Draft, item: Json, path: string) => updateOne(call, draft, item, path),
    done: { status: 200, message: 'field updated' },
  };
  return writeItems(call, write, most, complete);
}

function structure(item: Json, path: string): Problem | undefined {
  if (!isObject(item)) return wrongType({ api_name: 'fields', json_path: path }, 'jsonobject');
  return item['id'] === undefined ? mandatoryNotFound(at(path, 'id')) : updateStructure(item, path);
}

function updateOne(call: ModuleCall, draft: Draft, body: Json, path: string): Outcome {
  const module = moduleOf(draft.world, call.module.api_name);
  const existing = module?.fields.find((field) => field.id === textOf(body, 'id'));
  if (module === undefined || existing === undefined || !isObject(body)) {
    return invalidData(at(path, 'id'), {}, 'the id given seems to be invalid');
  }
  const dataTypeName = existing.data_type;
  // System types such as `ownerlookup` cannot be created, but a tooltip can still be given to them.
  const type = dataType(dataTypeName) ?? { keys: [] };
  const item = { body, path, dataTypeName, dataType: type, module, draft, zoho: call.zoho, existing };
  const found = firstProblem(updateRules, item);
  if (found !== undefined) return found;
  replaceField(draft, module.api_name, applyUpdate(item, existing));
  return { id: existing.id };
}

/** Parts that must stay whole in an update; elsewhere an update names only what it changes (sheet §4.1). */
const WHOLE = ['tooltip', 'profiles', 'global_picklist'];

/** The JSON types of an update. */
function updateStructure(item: JsonObject, path: string): Problem | undefined {
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

/** `DELETE settings/fields/{id}?module=…`: custom fields that nothing uses (sheet §4.2). */
export function deleteField(call: ModuleCall): Reply {
  const refused = oldVersion(call);
  if (refused !== undefined) return refused;
  const field = findField(call);
  if (field === undefined) return unknownField(call);
  if (field['custom_field'] !== true) return undeletable('System field cannot be deleted');
  if (call.module.usedElsewhere.includes(field.id))
    return undeletable('The custom field has already used in other places');
  call.zoho.store.change((draft) => {
    removeField(draft, call.module.api_name, field.id);
    for (const { module, id } of companions(field)) removeField(draft, module, id);
    const linking = textOf(dig(field, 'multiselectlookup', 'linking_details', 'module'), 'api_name');
    if (linking !== undefined) removeModule(draft, linking);
  });
  return json(200, { fields: [success(field.id, 'field deleted')] });
}

/** What a multi-select lookup had made in the other module goes with it. */
function companions(field: Field): readonly { readonly module: string; readonly id: string }[] {
  const connected = dig(field, 'multiselectlookup', 'connected_details');
  const module = textOf(dig(connected, 'module'), 'api_name');
  const id = textOf(dig(connected, 'field'), 'id');
  return module === undefined || id === undefined ? [] : [{ module, id }];
}

const undeletable = (message: string): Reply =>
  refusal(400, 'NOT_ALLOWED', message, { resource_path_index: 2 });

/** The rules of an update, in order (sheet §4.1). */
const updateRules: readonly Rule[] = [
  somethingToDo,
  immutable,
  ...[systemLabel, ...labelRules].map(whereLabelled),
  valueRule,
  ...numberRules,
  ...propertyRules,
  ...optionRules,
  optionValue,
  formulaProblem,
  uniqueLimit,
];

function somethingToDo(item: Item): Problem | undefined {
  const keys = Object.keys(item.body).filter((key) => key !== 'id');
  const isKnown = (key: string): boolean =>
    CHANGEABLE.includes(key) || FIXED.some(([fixed]) => fixed[0] === key);
  if (keys.some(isKnown)) return undefined;
  const details = { expected_fields: CHANGEABLE.map((key) => ({ ...placeOf(item, key) })) };
  const status = item.zoho.switches.expectedFieldMissingStatus;
  return problem('EXPECTED_FIELD_MISSING', 'one of the expected fields is missing', details, status);
}

/** What can never change, by path in the body and in the field, and only refused when it would change. */
const FIXED: readonly (readonly [path: readonly string[], message: string])[] = [
  [['data_type'], 'data type cannot be changed'],
  [['api_name'], 'api name cannot be changed'],
  [['external'], 'external cannot be changed'],
  [['private'], 'private cannot be changed'],
  [['textarea', 'type'], 'text area type cannot be changed'],
  [['lookup', 'module', 'api_name'], 'lookup module cannot be changed'],
  [['formula', 'return_type'], 'formula return type cannot be changed'],
];

function immutable(item: Item): Problem | undefined {
  if (item.zoho.switches.immutableKeys === 'ignore') return undefined;
  for (const [path, message] of FIXED) {
    if (isSent(item.body, path) && !sameJson(dig(item.body, ...path), dig(item.existing, ...path))) {
      return notAllowed(at(item.path, ...path), message);
    }
  }
  const length = numberOf(item.body, 'length');
  const isTextArea = item.dataTypeName === 'textarea' && length !== undefined;
  return isTextArea && length !== numberOf(item.existing, 'length')
    ? notAllowed(placeOf(item, 'length'), 'text area length cannot be changed')
    : undefined;
}

/** Whether a key is in the body: `null` would take away what can never change, so it is a value like others. */
function isSent(body: JsonObject, path: readonly string[]): boolean {
  const holder = dig(body, ...path.slice(0, -1));
  return isObject(holder) && Object.hasOwn(holder, path.at(-1) ?? '');
}

function systemLabel(item: Item): Problem | undefined {
  const isSystem = item.existing?.['custom_field'] !== true;
  if (!isSystem || labelOf(item.body) === item.existing?.field_label) return undefined;
  return notAllowed(placeOf(item, 'field_label'), 'label of a system field cannot be changed');
}

/** An option is found by id or actual value; the actual value itself stays (sheet §4.1). */
function optionValue(item: Item): Problem | undefined {
  const sent = given(item.body, 'pick_list_values');
  const held = given(item.existing, 'pick_list_values');
  if (!isList(sent) || !isList(held)) return undefined;
  for (const [index, option] of sent.entries()) {
    const id = textOf(option, 'id');
    const known = held.find((candidate) => textOf(candidate, 'id') === id);
    const place: Place = at(item.path, 'pick_list_values', index, id === undefined ? 'actual_value' : 'id');
    if (id !== undefined && known === undefined) return problem('INVALID_DATA', 'invalid data', { ...place });
    const actual = textOf(option, 'actual_value');
    if (known !== undefined && actual !== undefined && actual !== textOf(known, 'actual_value')) {
      const at_ = at(item.path, 'pick_list_values', index, 'actual_value');
      return notAllowed(at_, 'actual value cannot be changed');
    }
  }
  return undefined;
}

/** A label of `null` is an empty one, and judged as that; every field has a label (sheet §3.3). */
function whereLabelled(rule: Rule): Rule {
  return (item) => (Object.hasOwn(item.body, 'field_label') ? rule(item) : undefined);
}

function sameJson(left: unknown, right: unknown): boolean {
  if (isObject(left) && isObject(right))
    return Object.keys(left).every((key) => sameJson(left[key], right[key]));
  return left === right;
}
