import { criteria, flag, name, reference, text } from './schema-parts.ts';

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
      query_details: {
        type: 'object',
        additionalProperties: false,
        properties: { criteria },
      },
    },
  },
  display_label: { ...text, description: 'The same as display_label inside lookup.' },
  multiselectlookup: {
    type: 'object',
    title: 'Multi-select lookup',
    description: 'The module on the other side and the names of what Zoho creates for the link.',
    additionalProperties: false,
    properties: {
      connected_details: {
        type: 'object',
        additionalProperties: false,
        properties: {
          module: reference,
          field: { type: 'object', additionalProperties: false, properties: { field_label: text } },
        },
      },
      linking_details: {
        type: 'object',
        additionalProperties: false,
        properties: {
          module: { type: 'object', additionalProperties: false, properties: { plural_label: text } },
        },
      },
    },
  },
  sharing_properties: {
    type: 'object',
    description: 'What the chosen user may do with the record.',
    additionalProperties: false,
    properties: {
      share_preference_enabled: flag,
      share_permission: { type: 'string', enum: ['full-access', 'read-write', 'read-only'] },
    },
  },
} as const;
