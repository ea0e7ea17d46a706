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

/** Something else in Zoho, by API name, id or both. */
export const reference = {
  type: 'object',
  additionalProperties: false,
  properties: { api_name: { ...name, description: 'The API name, such as Contacts.' }, id },
} as const;

/** Zoho's own language for conditions; the sheet does not describe it. */
export const criteria = {
  type: 'object',
  description: "Zoho's criteria object, passed on as it is.",
} as const;
