import { linkKeys, optionKeys, criteria, flag, id, mapping, name, reference, text } from './parts.ts';

/**
 * The shape of every key that a field may have (sheet §3.3, §3.4), with the shorthands of contract §2.
 *
 * A shorthand is a second `type` beside `object` or `array`, not an `anyOf`: each keyword of JSON Schema looks only at
 * values of its own kind, so a mistake gives one precise error instead of one per branch. Descriptions are what
 * editors show on hover. What depends on the data type is added by `schema.ts`.
 */

const permission = {
  type: 'string',
  enum: ['read_write', 'read_only', 'hidden'],
} as const;

/** Every key of a field; editors offer them in this order. */
export const fieldKeys = {
  api_name: {
    ...name,
    minLength: 1,
    title: 'API name',
    description: "The field's name in Zoho's API. It cannot be changed through the API later.",
    examples: ['Risk_Level'],
  },
  field_label: {
    ...text,
    title: 'Label',
    description:
      "What people see in Zoho CRM: letters, digits, spaces and . ( ) % / - _ ' ? &; at most 50 characters.",
  },
  data_type: {
    ...text,
    title: 'Data type',
    description: "Zoho's data type. It can never be changed later.",
  },
  create: {
    ...flag,
    title: 'Create when missing',
    description: 'false: the field must exist already and is never created. Default: true.',
    default: true,
  },
  description: {
    type: 'string',
    title: 'Description',
    description: 'For the readers of this file; never sent to Zoho.',
  },
  maps_from: {
    type: 'string',
    title: 'Filled from a lead',
    pattern: '^Leads\\.[A-Za-z][A-Za-z0-9_]*$',
    description:
      'The field of leads that fills this one when a lead is converted, such as Leads.Partner_ID. It is reported whether Zoho maps it; an admin sets it in Zoho.',
    examples: ['Leads.Partner_ID'],
  },
  length: {
    type: 'integer',
    title: 'Length',
    description: 'Characters or digits; for file and image uploads the number of files.',
  },
  tooltip: {
    type: ['string', 'object'],
    title: 'Tooltip',
    description: 'A help text for the people who fill in the field: the text alone, or name and value.',
    minLength: 1,
    additionalProperties: false,
    properties: {
      name: {
        type: 'string',
        enum: ['info_icon', 'static_text'],
        description:
          'info_icon: behind an icon, up to 255 characters. static_text: below the field, up to 35.',
      },
      value: text,
    },
  },
  ...optionKeys,
  ...linkKeys,
  textarea: {
    type: ['string', 'object'],
    title: 'Kind of text area',
    description: 'small (2000 characters), large (32000) or rich_text (50000).',
    pattern: '^(small|large|rich_text)$',
    additionalProperties: false,
    properties: { type: { type: 'string', enum: ['small', 'large', 'rich_text'] } },
  },
  currency: {
    type: ['string', 'object'],
    title: 'Rounding',
    description: 'How amounts are rounded: the rounding option alone, or rounding_option and precision.',
    pattern: '^(normal|round_off|round_up|round_down)$',
    additionalProperties: false,
    properties: {
      rounding_option: { type: 'string', enum: ['normal', 'round_off', 'round_up', 'round_down'] },
      precision: {
        type: 'integer',
        minimum: 0,
        description: 'Decimals after rounding; below decimal_place.',
      },
    },
  },
  rounding_option: {
    type: 'string',
    enum: ['normal', 'round_off', 'round_up', 'round_down'],
    description: 'The same as rounding_option inside currency.',
  },
  precision: { type: 'integer', minimum: 0, description: 'The same as precision inside currency.' },
  decimal_place: {
    type: 'integer',
    minimum: 0,
    description: 'Digits after the decimal point, at most 9.',
  },
  separator: { ...flag, description: 'Group digits by thousands. Default: true.' },
  number_separator: { ...flag, description: "Group the digits of a formula's result. Default: true." },
  auto_number: mapping(
    {
      start_number: {
        type: ['integer', 'string'],
        minimum: 0,
        pattern: '^[0-9]+$',
        description: 'At most 16 digits.',
      },
      prefix: { type: 'string' },
      suffix: { type: 'string' },
    },
    { title: 'Auto-number', description: 'The first number, and text before and after it.' },
  ),
  _update_existing_records: {
    ...flag,
    description: 'Number the records that exist already. Default: false.',
  },
  formula: mapping(
    {
      expression: { ...text, description: "In Zoho's syntax, such as ${Amount} * 0.9." },
      return_type: { type: 'string', enum: ['double', 'currency', 'text', 'date', 'datetime', 'boolean'] },
      sub_return_type: { type: 'string', enum: ['small', 'medium', 'large'] },
      dynamic: flag,
      stop_compute_conditionally: flag,
      stop_compute_expression: text,
    },
    { title: 'Formula', description: 'The expression and the type of its result.' },
  ),
  rollup_summary: mapping(
    {
      return_type: { type: 'string', enum: ['currency', 'double', 'integer'] },
      expression: mapping({
        function: { type: 'string', enum: ['SUM', 'COUNT', 'AVG', 'MIN', 'MAX'] },
        function_parameters: { type: 'array', items: reference },
        criteria,
      }),
      based_on_module: reference,
      related_list: reference,
    },
    { title: 'Roll-up summary', description: 'What is computed from which related records.' },
  ),
  unique: {
    type: ['boolean', 'object'],
    title: 'Unique',
    description:
      'No two records may hold the same value; two fields per module at most. Upper and lower case count as the same.',
    additionalProperties: false,
    properties: { case_sensitive: flag },
  },
  filterable: { ...flag, description: 'Offer the field in filters. Default: true.' },
  crypt: mapping(
    { mode: { type: 'string', enum: ['encryption', 'decryption'] } },
    { title: 'Encryption', description: 'Whether Zoho stores the value encrypted.' },
  ),
  encrypt_case: {
    type: 'string',
    enum: ['uppercase', 'lowercase'],
    description: 'Change the case before encrypting.',
  },
  external: mapping(
    { type: { type: 'string', enum: ['user', 'org', 'external_lookup'] }, show: flag },
    { title: 'External', description: 'Holds an id of another system. It cannot be changed later.' },
  ),
  private: mapping(
    { type: { type: 'string', enum: ['Low', 'High'] } },
    { title: 'Personal data', description: 'Marks personal data; the organisation needs the GDPR setting.' },
  ),
  hipaa_compliance_enabled: {
    ...flag,
    description: 'Marks health data; the organisation needs the HIPAA setting.',
  },
  profiles: {
    type: ['array', 'object'],
    title: 'Profiles',
    description:
      'Who may see and edit the field: profile names with their permission, or a list of id and permission_type. Default: everyone may edit it.',
    minItems: 1,
    minProperties: 1,
    additionalProperties: permission,
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['permission_type'],
      properties: { id, name: text, permission_type: permission },
    },
  },
  association_details: mapping(
    { lookup_field: reference, related_field: reference },
    { description: 'Shows a field of the record that a lookup points to.' },
  ),
  reference_id: {
    ...text,
    description: "Zoho's placeholder for use in one composite call, such as {{ref1}}.",
  },
} as const;

/** The shape of a document, with nothing that depends on a data type. */
export const documentShape = {
  additionalProperties: false,
  properties: {
    module: {},
    fields: { items: { additionalProperties: false, properties: fieldKeys } },
  },
} as const;

/** The shape of what stands under a key or in a list, as far as one is written here. */
export function shapeBelow(shape: unknown, step: string | number): unknown {
  const { items, properties } = (shape ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof step === 'number') return items;
  if (typeof properties !== 'object' || properties === null || !Object.hasOwn(properties, step))
    return undefined;
  return (properties as Readonly<Record<string, unknown>>)[step];
}
