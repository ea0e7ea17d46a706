import {
  asText,
  dig,
  given,
  isObject,
  numberOf,
  textOf,
  type Json,
  type JsonObject,
  isList,
} from '../json.ts';
import { newId, type Draft, type Field, zohoTime } from '../state/organisation-state.ts';
import { shapeOf } from '../state/new-organisation.ts';
import { linkParts } from './build-links.ts';
import { requestedApiName, labelOf, deriveApiName, holdsApiName, isReservedApiName } from './check-names.ts';
import { TEXT_AREA_LENGTHS } from './check-numbers.ts';
import { knowsKey } from './data-types.ts';
import type { Item } from './problem.ts';

/** The complete object of a field that was asked for (sheet §2.3, §13.4). */
export function buildField(item: Item): Field {
  const { body, draft, module, zoho, dataTypeName } = item;
  const id = newId(draft);
  const label = labelOf(body);
  const isTaken = (name: string): boolean => holdsApiName(item, name) || isReservedApiName(name);
  const api_name = requestedApiName(item) ?? deriveApiName(label, isTaken);
  const time = zohoTime(zoho.clock());
  // The standard layout, whatever it is called, and no other (sheet §3.8).
  const layout = module.layouts.find(({ api_name }) => api_name === 'Standard__s') ?? module.layouts[0];
  return {
    ...shapeOf(kindOf(item)),
    data_type: dataTypeName,
    id,
    api_name,
    field_label: label,
    display_label: label,
    custom_field: true,
    created_time: time,
    modified_time: time,
    column_name: columnName(item),
    tooltip: given(body, 'tooltip') ?? null,
    profiles: profilesOf(item),
    layout_associations:
      layout === undefined ? [] : [{ api_name: layout.api_name, name: layout.name, id: layout.id }],
    ...properties(item),
    ...numbers(item),
    ...pickListValues(item),
    ...linkParts(item, { id, api_name }),
    ...computed(item),
  };
}

function kindOf({ body, dataTypeName }: Item): string {
  return dataTypeName === 'textarea' ? `textarea_${textOf(given(body, 'textarea'), 'type')}` : dataTypeName;
}

/** `POTENTIALCF7`, `LEADCF7`: Zoho's column, with the singular of the module's old name (sheet §2.3, §13.4). */
function columnName({ module }: Item): string {
  const singular =
    module.api_name === 'Deals' ? 'POTENTIAL' : module.singular_label.replaceAll(' ', '').toUpperCase();
  const number = module.fields.filter((field) => field['custom_field'] === true).length + 1;
  return `${singular}CF${number}`;
}

/** All profiles may read and write, but for those that were named (sheet §3.3). */
function profilesOf({ body, draft }: Item): readonly JsonObject[] {
  const sent = given(body, 'profiles');
  const wished = (id: string): Json | undefined =>
    Array.isArray(sent) ? sent.find((profile) => textOf(profile, 'id') === id) : undefined;
  return draft.world.profiles.map(({ id, name }) => ({
    permission_type: textOf(wished(id), 'permission_type') ?? 'read_write',
    name,
    id,
  }));
}

/** Keys that come back as they were sent, where the type takes them. */
function properties({ body, dataType, dataTypeName }: Item): JsonObject {
  const kept = Object.entries(body).filter(
    ([key, value]) => KEPT.includes(key) && value !== null && knowsKey(dataType, key),
  );
  const crypt = given(body, 'crypt');
  const isEncrypted = textOf(crypt, 'mode') === 'encryption';
  const isUnique = given(body, 'unique') !== undefined;
  const external = given(body, 'external');
  return {
    ...Object.fromEntries(kept),
    ...(isUnique ? { unique: { case_sensitive: false } } : {}),
    ...(isEncrypted
      ? { crypt: { mode: 'encryption', encrypt_case: given(body, 'encrypt_case') ?? null, status: 1 } }
      : {}),
    ...(isObject(external) ? { external: { show: true, ...external } } : {}),
    ...(isObject(given(body, 'private')) ? { private: privacy(textOf(given(body, 'private'), 'type')) } : {}),
    ...(dataTypeName === 'formula' && given(body, 'number_separator') !== undefined
      ? { separator: given(body, 'number_separator') ?? true }
      : {}),
  };
}

const KEPT = ['filterable', 'separator', 'hipaa_compliance_enabled', 'association_details', 'textarea'];

const privacy = (type: string | undefined): JsonObject => ({
  restricted: false,
  type: type ?? 'Low',
  export: false,
});

function numbers({ body, dataType, dataTypeName }: Item): JsonObject {
  const length = dataType.length === undefined ? undefined : numberOf(body, 'length');
  const kind = textOf(given(body, 'textarea'), 'type') ?? '';
  const decimals = numberOf(body, 'decimal_place') ?? dataType.decimals;
  const currency = dig(body, 'currency');
  return {
    ...(length === undefined ? {} : { length }),
    ...(dataTypeName === 'textarea' ? { length: TEXT_AREA_LENGTHS[kind] ?? 2000 } : {}),
    ...(decimals === undefined ? {} : { decimal_place: decimals }),
    ...(dataTypeName !== 'currency'
      ? {}
      : {
          currency: {
            rounding_option: textOf(currency, 'rounding_option') ?? 'normal',
            precision: Number(given(currency, 'precision') ?? 2),
          },
        }),
    ...autoNumber(body, dataTypeName),
  };
}

function autoNumber(body: JsonObject, dataTypeName: string): JsonObject {
  if (dataTypeName !== 'autonumber') return {};
  const sent = given(body, 'auto_number');
  const start = asText(given(sent, 'start_number'));
  return {
    auto_number: {
      prefix: textOf(sent, 'prefix') ?? '',
      start_number: Number(start),
      suffix: textOf(sent, 'suffix') ?? '',
      starting_number_length: start.length,
    },
  };
}

/** JSON type and length of what a formula returns (sheet §9); the expression is not shown (§2.3). */
const RETURNED: Readonly<Record<string, JsonObject>> = {
  double: { json_type: 'double', length: 16 },
  currency: { json_type: 'double', length: 16 },
  integer: { json_type: 'integer', length: 9 },
  boolean: { json_type: 'boolean', length: 5, decimal_place: null },
  text: { json_type: 'string', length: 255, decimal_place: null, filterable: false },
  date: { json_type: 'string', length: 20, decimal_place: null },
  datetime: { json_type: 'string', length: 120, decimal_place: null },
};

function computed({ body, dataTypeName }: Item): JsonObject {
  const definition = given(body, dataTypeName);
  if (!isObject(definition) || (dataTypeName !== 'formula' && dataTypeName !== 'rollup_summary')) return {};
  const shape = RETURNED[textOf(definition, 'return_type') ?? ''] ?? {};
  if (dataTypeName === 'rollup_summary')
    return { ...shape, ...(shape['length'] === 16 ? { length: 120 } : {}) };
  const { expression: _hidden, ...shown } = definition;
  return { ...shape, formula: { ...shown, assume_default: false } };
}

/** The option that Zoho puts before all others of a plain picklist (sheet §3.4). */
const NONE = '-None-';

/** `pick_list_values` and what goes with it, for the two picklist types. */
function pickListValues(item: Item): JsonObject {
  const { body, dataTypeName } = item;
  if (dataTypeName !== 'picklist' && dataTypeName !== 'multiselectpicklist') return {};
  const global = globalOptions(item);
  if (global !== undefined) return global;
  const sent = given(body, 'pick_list_values');
  const options = isList(sent) ? sent : [];
  const isSorted = given(body, 'pick_list_values_sorted_lexically') === true;
  const ordered = isSorted
    ? [...options].sort((left, right) => shownText(left).localeCompare(shownText(right)))
    : options;
  const hasNone = options.some((option) => textOf(option, 'actual_value') === NONE);
  const first = dataTypeName === 'picklist' && !hasNone ? [{ display_value: NONE, actual_value: NONE }] : [];
  return {
    pick_list_values: [...first, ...ordered].map((option, index) => newOption(item.draft, option, index + 1)),
    pick_list_values_sorted_lexically: isSorted,
    enable_colour_code: given(body, 'enable_colour_code') === true,
    ...history(body),
  };
}

/** One option as GET shows it. */
export function newOption(draft: Draft, sent: Json, sequence: number): JsonObject {
  const actual = textOf(sent, 'actual_value') ?? textOf(sent, 'display_value') ?? '';
  return {
    display_value: textOf(sent, 'display_value') ?? actual,
    sequence_number: sequence,
    reference_value: textOf(sent, 'reference_value') ?? actual,
    colour_code: textOf(sent, 'colour_code') ?? null,
    actual_value: actual,
    id: newId(draft),
    type: 'used',
  };
}

/** The options of a global set, each under an id of this field's own, as in the sample. */
export function globalOptions({ body, draft }: Item): JsonObject | undefined {
  const wanted = textOf(given(body, 'global_picklist'), 'id');
  const set = draft.world.globalPicklists.find((known) => known.id === wanted);
  if (set === undefined) return undefined;
  return {
    pick_list_values: set.values.map((value, index) => newOption(draft, value, index + 1)),
    global_picklist: { api_name: set.api_name, id: set.id },
  };
}

function history(body: JsonObject): JsonObject {
  const details = given(body, 'history_tracking');
  const enabled = given(body, 'history_tracking_enabled') === true;
  return { history_tracking_enabled: enabled, history_tracking: enabled ? (details ?? null) : null };
}

const shownText = (option: Json): string => textOf(option, 'display_value') ?? '';
