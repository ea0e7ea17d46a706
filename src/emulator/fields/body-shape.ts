/** The JSON types of a body, and which keys must be there: what Zoho judges before it looks at values (sheet §3.7). */
export interface Shape {
  readonly type: 'string' | 'integer' | 'boolean' | 'jsonobject' | 'jsonarray' | 'any';
  /** `undefined` for a key that may be missing. */
  readonly keys?: Readonly<Record<string, Shape>>;
  readonly needed?: readonly string[];
  readonly items?: Shape;
  /** What a value may be; judged item by item, after the structure of all items. */
  readonly values?: readonly (string | boolean)[];
}

const text: Shape = { type: 'string' };
const integer: Shape = { type: 'integer' };
const flag: Shape = { type: 'boolean' };
const any: Shape = { type: 'any' };
const oneOf = (...values: readonly string[]): Shape => ({ type: 'string', values });
const object = (keys: Readonly<Record<string, Shape>>, ...needed: readonly string[]): Shape => ({
  type: 'jsonobject',
  keys,
  needed,
});
const list = (items: Shape): Shape => ({ type: 'jsonarray', items });

const option = object(
  { display_value: text, actual_value: text, reference_value: text, colour_code: text, id: text },
  'display_value',
  'actual_value',
);

const lookup = object(
  {
    module: object({ api_name: text, id: text }, 'api_name'),
    display_label: text,
    revalidate_filter_during_edit: flag,
    query_details: { type: 'jsonobject' },
  },
  'module',
  'display_label',
);

const links = object(
  {
    connected_details: object(
      { module: object({ api_name: text }, 'api_name'), field: object({ field_label: text }, 'field_label') },
      'module',
      'field',
    ),
    linking_details: object({ module: object({ plural_label: text }) }),
  },
  'connected_details',
);

const formula = object(
  {
    expression: text,
    return_type: oneOf('double', 'currency', 'text', 'date', 'datetime', 'boolean'),
    sub_return_type: oneOf('small', 'medium', 'large'),
    dynamic: flag,
    stop_compute_conditionally: flag,
    stop_compute_expression: text,
  },
  'expression',
);

const rollup = object(
  {
    return_type: oneOf('currency', 'double', 'integer'),
    expression: object(
      {
        function: oneOf('SUM', 'COUNT', 'AVG', 'MIN', 'MAX'),
        function_parameters: list(object({ api_name: text }, 'api_name')),
        criteria: any,
      },
      'function',
    ),
    based_on_module: object({ api_name: text }, 'api_name'),
    related_list: object({ api_name: text }, 'api_name'),
  },
  'return_type',
  'expression',
  'based_on_module',
  'related_list',
);

/** Every key of sheet §3.3 and §3.4, whatever the type; which of them a type takes is another matter. */
export const FIELD_KEYS: Readonly<Record<string, Shape>> = {
  field_label: text,
  data_type: text,
  api_name: text,
  length: integer,
  tooltip: object({ name: oneOf('info_icon', 'static_text'), value: text }, 'name', 'value'),
  profiles: list(
    object(
      { id: text, permission_type: oneOf('read_write', 'read_only', 'hidden') },
      'id',
      'permission_type',
    ),
  ),
  filterable: flag,
  unique: object({ case_sensitive: { type: 'any', values: [false] } }),
  crypt: object({ mode: oneOf('encryption', 'decryption') }, 'mode'),
  encrypt_case: oneOf('uppercase', 'lowercase'),
  external: object({ type: oneOf('user', 'org', 'external_lookup'), show: flag }, 'type'),
  hipaa_compliance_enabled: flag,
  private: object({ type: oneOf('Low', 'High') }, 'type'),
  association_details: object({ related_field: object({}), lookup_field: object({}) }),
  textarea: object({ type: oneOf('small', 'large', 'rich_text') }, 'type'),
  separator: flag,
  number_separator: flag,
  decimal_place: integer,
  currency: object(
    { rounding_option: oneOf('normal', 'round_off', 'round_up', 'round_down'), precision: any },
    'rounding_option',
  ),
  pick_list_values: list(option),
  global_picklist: object({ id: text }, 'id'),
  pick_list_values_sorted_lexically: flag,
  enable_colour_code: flag,
  enable_record_state: flag,
  history_tracking_enabled: flag,
  history_tracking: { type: 'jsonobject' },
  auto_number: object({ start_number: any, prefix: text, suffix: text }, 'start_number'),
  _update_existing_records: flag,
  lookup,
  sharing_properties: object({
    share_preference_enabled: flag,
    share_permission: oneOf('full-access', 'read-write', 'read-only'),
  }),
  multiselectlookup: links,
  formula,
  rollup_summary: rollup,
};

/** A user lookup's `lookup` only carries a filter (sheet §3.4). */
export const USER_LOOKUP: Shape = object({ query_details: { type: 'jsonobject' } });
