/** Pieces of JSON Schema that several keys share. */

/** A text that says something. */
export const text = { type: 'string', minLength: 1 } as const;
/** True or false. */
export const flag = { type: 'boolean' } as const;
/** Zoho's ids have 18 or 19 digits, more than a YAML number can hold. */
export const id = {
  type: 'string',
  pattern: '^[0-9]+$',
  description: 'An id of this organisation, in quotes.',
} as const;
/** The form of API names. */
export const name = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_]*$' } as const;

/** A mapping with these keys and no others; what editors show of it stands before them. */
export function mapping<const Keys>(
  properties: Keys,
  head?: { readonly title?: string; readonly description?: string },
) {
  return { type: 'object', ...head, additionalProperties: false, properties } as const;
}

/** Something else in Zoho, by API name, id or both. */
export const reference = mapping({
  api_name: { ...name, description: 'The API name in Zoho.' },
  id,
});

/** Zoho's own language for conditions; the sheet does not describe it. */
export const criteria = {
  type: 'object',
  description: "Zoho's criteria object, passed on as it is.",
} as const;

/** Keys of fields that point to other records or to users (sheet §3.4). */
export const linkKeys = {
  lookup: {
    type: ['string', 'object'],
    title: 'Lookup',
    description: 'The module that the field points to: its API name, or module and display_label.',
    pattern: name.pattern,
    additionalProperties: false,
    properties: {
      module: reference,
      display_label: { ...text, description: 'The title of the related list on the other side.' },
      revalidate_filter_during_edit: flag,
      query_details: mapping({ criteria }),
    },
  },
  display_label: { ...text, description: 'The same as display_label inside lookup.' },
  multiselectlookup: mapping(
    {
      connected_details: mapping({
        module: reference,
        field: mapping({ field_label: text }),
      }),
      linking_details: mapping({
        module: mapping({ plural_label: text }),
      }),
    },
    {
      title: 'Multi-select lookup',
      description: 'The module on the other side and the names of what Zoho creates for the link.',
    },
  ),
  sharing_properties: mapping(
    {
      share_preference_enabled: flag,
      share_permission: { type: 'string', enum: ['full-access', 'read-write', 'read-only'] },
    },
    { description: 'What the chosen user may do with the record.' },
  ),
} as const;

const option = {
  type: ['string', 'object'],
  minLength: 1,
  description: 'An option: its text, or display_value and actual_value where they differ.',
  additionalProperties: false,
  properties: {
    display_value: { ...text, description: 'What people see.' },
    actual_value: {
      ...text,
      description: 'What is stored; the display value if left out. Cannot be changed later.',
    },
    reference_value: { ...text, description: 'The name used by integrations.' },
    colour_code: { ...text, description: "The option's colour, such as '#9cb5ff' (in quotes)." },
  },
} as const;

/** Keys of picklists (sheet §3.4). */
export const optionKeys = {
  pick_list_values: {
    type: 'array',
    title: 'Options',
    description: 'The options of a picklist. -None- is added by Zoho and not declared.',
    items: option,
  },
  global_picklist: {
    type: ['string', 'object'],
    title: 'Global picklist',
    description: 'Use the options of this global picklist (its API name) instead of own ones.',
    pattern: name.pattern,
    minProperties: 1,
    additionalProperties: false,
    properties: { api_name: name, id },
  },
  default_value: {
    type: ['string', 'array'],
    title: 'Default option',
    minLength: 1,
    description: 'The option that new records start with.',
    items: text,
  },
  pick_list_values_sorted_lexically: {
    ...flag,
    description: 'Sort the options by alphabet. Default: false.',
  },
  enable_colour_code: { ...flag, description: 'Show options in their colours. Default: false.' },
  enable_record_state: { ...flag, description: 'Let options stand for the state of a record.' },
  history_tracking_enabled: { ...flag, description: 'Record when the option changed.' },
  history_tracking: mapping(
    {
      related_list_name: text,
      duration_configuration: { type: 'string', enum: ['days', 'time'] },
      followed_fields: { type: 'array', items: reference },
    },
    { description: 'How the history of the option is kept.' },
  ),
} as const;
