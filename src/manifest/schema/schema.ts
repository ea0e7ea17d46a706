/* oxlint-disable unicorn/no-thenable -- `then` is a word of JSON Schema; nobody awaits a schema. */
import type { FromSchema } from 'json-schema-to-ts';
import {
  apiNamePattern,
  creatableTypes,
  dataTypes,
  labelLimits,
  labelPattern,
  maxApiNameLength,
  maxDecimalPlaces,
  maxOptionLength,
  tooltipLimits,
  type DataType,
  type LengthRule,
} from '../../model/data-types.ts';
import { fieldKeys } from './keys.ts';
import { id } from './parts.ts';

/**
 * The JSON Schema of one YAML document: what editors load, what `schema` prints and what the validator is compiled from.
 *
 * It stays inside what draft-07 and 2020-12 share, because editors read YAML schemas as draft-07. The shape of each key
 * is written by hand (`keys.ts`, so that TypeScript can derive types from it); the conditions per data type are
 * generated from the table of data types and only narrow that shape, so they add nothing to the TypeScript types.
 */

const fieldShape = {
  type: 'object',
  title: 'Field',
  required: ['api_name', 'data_type'],
  additionalProperties: false,
  properties: fieldKeys,
} as const;

const documentShape = {
  type: 'object',
  required: ['module', 'fields'],
  additionalProperties: false,
  properties: {
    module: {
      type: 'string',
      title: 'Module',
      pattern: '^[A-Za-z][A-Za-z0-9_]*$',
      description: "The module's API name, such as Deals.",
      examples: ['Deals', 'Contacts'],
    },
    fields: {
      type: 'array',
      title: 'Fields',
      description: 'The fields that the module must have.',
      minItems: 1,
      items: fieldShape,
    },
  },
} as const;

/** One field as people write it, shorthands included. */
export type RawField = FromSchema<typeof fieldShape, { keepDefaultedPropertiesOptional: true }>;

/** One YAML document as people write it. */
export type RawModule = FromSchema<typeof documentShape, { keepDefaultedPropertiesOptional: true }>;

type Schema = Readonly<Record<string, unknown>>;

/** Keywords that say which values a key takes, in contrast to what kind of value. */
const judging: ReadonlySet<string> = new Set(['enum', 'pattern', 'minimum']);

/** What no live field can hold otherwise either: ids of Zoho, and this tool's own words. */
const alwaysJudged: ReadonlySet<unknown> = new Set([id, fieldKeys.maps_from]);

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A shape without its choices of values: what a field may hold that exists already, and that no one is to create. An
 * organisation of some age has API names with blanks, functions and types that no page of Zoho's lists (contract §2).
 */
function kindsOnly(schema: Schema): Schema {
  if (alwaysJudged.has(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
      if (judging.has(keyword)) return [];
      if (keyword === 'properties') return [[keyword, eachOf(value, kindsOnly)]];
      return [[keyword, isSchema(value) ? kindsOnly(value) : value]];
    }),
  );
}

/** The choices of values that {@link kindsOnly} takes out, for fields that are to be created. */
function choicesOnly(schema: Schema): Schema {
  if (alwaysJudged.has(schema)) return {};
  return Object.fromEntries(
    Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
      if (judging.has(keyword)) return [[keyword, value]];
      const inner =
        keyword === 'properties' ? eachOf(value, choicesOnly) : isSchema(value) ? choicesOnly(value) : {};
      return Object.keys(inner).length === 0 ? [] : [[keyword, inner]];
    }),
  );
}

/** Every property's schema made into another one; those that say nothing are left out. */
function eachOf(properties: unknown, make: (schema: Schema) => Schema): Schema {
  return Object.fromEntries(
    Object.entries(isSchema(properties) ? properties : {}).flatMap(([key, shape]) => {
      const made = isSchema(shape) ? make(shape) : {};
      return Object.keys(made).length === 0 ? [] : [[key, made]];
    }),
  );
}

/** Both schemas as one; where they say different things about the same, the second. */
function merged(first: Schema, second: Schema): Schema {
  const both = Object.entries(second).map(([key, value]) => {
    const other = first[key];
    return [key, isSchema(other) && isSchema(value) ? merged(other, value) : value];
  });
  return { ...first, ...Object.fromEntries(both) };
}

function lengthSchema(rule: LengthRule): Schema {
  return 'oneOf' in rule ? { enum: rule.oneOf } : { minimum: rule.min, maximum: rule.max };
}

/** Something else in Zoho that creation asks for by its API name; an id is known in one organisation only. */
const named: Schema = { required: ['api_name'] };

/** What creation asks of a key, whatever the type: sub-keys that Zoho insists on, and limits (sheet §3.3, §3.4). */
const creationParts: Readonly<Record<string, Schema>> = {
  api_name: { maxLength: maxApiNameLength, pattern: apiNamePattern },
  field_label: { maxLength: labelLimits.max, pattern: labelPattern },
  data_type: { enum: creatableTypes.map((type) => type.name) },
  tooltip: {
    required: ['name', 'value'],
    maxLength: tooltipLimits.info_icon,
    properties: { value: { maxLength: tooltipLimits.info_icon } },
  },
  unique: { required: ['case_sensitive'], properties: { case_sensitive: { const: false } } },
  crypt: { required: ['mode'] },
  private: { required: ['type'] },
  textarea: { required: ['type'] },
  currency: { required: ['rounding_option'] },
  auto_number: { required: ['start_number'] },
  formula: { required: ['expression'] },
  rollup_summary: {
    required: ['return_type', 'expression', 'based_on_module', 'related_list'],
    properties: {
      expression: {
        required: ['function'],
        properties: { function_parameters: { items: named } },
      },
      based_on_module: named,
      related_list: named,
    },
  },
  external: { required: ['type'] },
  decimal_place: { maximum: maxDecimalPlaces },
  pick_list_values: {
    minItems: 1,
    items: {
      maxLength: maxOptionLength,
      required: ['display_value'],
      properties: {
        display_value: { maxLength: maxOptionLength },
        actual_value: { maxLength: maxOptionLength },
      },
    },
  },
  multiselectlookup: {
    required: ['connected_details'],
    properties: {
      connected_details: {
        required: ['module'],
        properties: { module: named, field: { required: ['field_label'] } },
      },
    },
  },
};

/** What a key may hold for this one type. */
function keySchema(key: string, type: DataType): Schema | true {
  if (key === 'length' && type.length) return lengthSchema(type.length);
  if (key === 'lookup' && type.name === 'lookup') {
    return { required: ['module'], properties: { module: named } };
  }
  // A user lookup always points to users: it takes a filter, never a module (sheet §3.4).
  if (key === 'lookup') {
    return {
      type: 'object',
      additionalProperties: false,
      properties: { query_details: true, revalidate_filter_during_edit: true },
    };
  }
  return true;
}

const whereType = (data_type: Schema): Schema => ({ required: ['data_type'], properties: { data_type } });

/** The narrowing that holds for fields of one type, as far as they may be created. */
function narrowing(type: DataType): Schema {
  const keys = ['api_name', 'field_label', 'data_type', 'create', 'description', 'maps_from', ...type.keys];
  return {
    ...(type.mandatory.length > 0 && { required: type.mandatory }),
    additionalProperties: false,
    properties: Object.fromEntries(keys.map((key) => [key, keySchema(key, type)])),
    ...(type.name === 'picklist' && {
      oneOf: [{ required: ['pick_list_values'] }, { required: ['global_picklist'] }],
    }),
  };
}

const typeDefinition = (name: string): string => `type-${name}`;

const iconOnly = creatableTypes.filter((type) => !type.tooltips.includes('static_text'));

const fieldSchema = {
  ...fieldShape,
  properties: {
    ...eachOf(fieldKeys, kindsOnly),
    data_type: { ...fieldKeys.data_type, examples: dataTypes.map((type) => type.name) },
  },
  if: { required: ['create'], properties: { create: { const: false } } },
  then: {},
  else: {
    required: ['field_label'],
    properties: merged(eachOf(fieldKeys, choicesOnly), creationParts),
    allOf: [
      {
        if: whereType({ enum: iconOnly.map((type) => type.name) }),
        then: { properties: { tooltip: { properties: { name: { const: 'info_icon' } } } } },
      },
      ...creatableTypes.map(({ name }) => ({
        if: whereType({ const: name }),
        then: { $ref: `#/$defs/${typeDefinition(name)}` },
      })),
    ],
  },
};

/** The published schema; `schema` prints exactly this. */
export const manifestSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Fields of a Zoho CRM module',
  description: 'One document per module; declare several modules in one file by writing --- between them.',
  ...documentShape,
  properties: {
    ...documentShape.properties,
    fields: { ...documentShape.properties.fields, items: fieldSchema },
  },
  $defs: Object.fromEntries(creatableTypes.map((type) => [typeDefinition(type.name), narrowing(type)])),
};
