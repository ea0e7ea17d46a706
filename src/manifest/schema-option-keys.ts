import { flag, id, name, reference, text } from './schema-parts.ts';

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
  history_tracking: {
    type: 'object',
    description: 'How the history of the option is kept.',
    additionalProperties: false,
    properties: {
      related_list_name: text,
      duration_configuration: { type: 'string', enum: ['days', 'time'] },
      followed_fields: { type: 'array', items: reference },
    },
  },
} as const;
