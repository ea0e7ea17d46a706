/**
 * What to do when Zoho refuses a field (sheet §5.2), by code and, where it matters, by the key that Zoho objects to.
 */
export function refusalRemedy(code: string, key: string | undefined): string {
  const words = Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : undefined;
  if (typeof words === 'function') return words(key);
  return (
    words ??
    'Mend what Zoho names in the manifest, validate it, and apply again: fields that exist are left as they are.'
  );
}

function keyOr(key: string | undefined, otherwise: string): string {
  return key === undefined ? otherwise : `"${key}"`;
}

const REMEDIES: Readonly<Record<string, string | ((key: string | undefined) => string)>> = {
  MANDATORY_NOT_FOUND: (key) => `Add ${keyOr(key, 'the missing key')} to the field in the manifest.`,
  INVALID_DATA: (key) =>
    key === 'field_label'
      ? "Use only letters, digits, spaces and . ( ) % / - _ ' ? & in the label."
      : `Correct ${keyOr(key, 'the value that Zoho names')} in the manifest.`,
  DUPLICATE_DATA: (key) =>
    key === 'api_name'
      ? 'The API name is taken. Run "zoho-fields plan": it shows by which field.'
      : key === 'display_label'
        ? 'The other module has a related list of that title. Choose another: "lookup: {module: {api_name: …}, display_label: …}".'
        : 'The label or an option is taken. Run "zoho-fields plan": it shows by which field; choose another field_label if it is another one.',
  RESERVED_KEYWORD_NOT_ALLOWED: 'Zoho keeps this word for itself: choose another api_name and field_label.',
  NOT_ALLOWED: (key) =>
    `Zoho does not allow ${keyOr(key, 'this')} here: take it out or choose another value.`,
  DEPENDENT_MISMATCH: (key) =>
    `${keyOr(key, 'A key')} does not fit the data type: see Zoho's page on custom fields for its range.`,
  DEPENDENT_FIELD_MISSING: 'Add the key that the named one depends on.',
  EXPECTED_FIELD_MISSING: 'Add the key that Zoho expects.',
  EXPECTED_DEPENDENT_FIELD_MISSING: 'Give the picklist its pick_list_values or a global_picklist.',
  AMBIGUITY_DURING_PROCESSING: 'Keep only one of the two keys that exclude each other.',
  LIMIT_EXCEEDED:
    'The module is full for this kind of field in your edition: remove a field in Zoho, or ask for a larger edition.',
  FIELD_LIMIT_EXCEEDED:
    'The module is full for this kind of field in your edition: remove a field in Zoho, or ask for a larger edition.',
  NOT_SUPPORTED: (key) => `Zoho does not support ${keyOr(key, 'this')} for the data type: take it out.`,
  FEATURE_NOT_SUPPORTED: (key) =>
    `Your edition of Zoho lacks what ${keyOr(key, 'the field')} needs: take it out, or ask for a larger edition.`,
  FEATURE_NOT_ENABLED: (key) =>
    `Switch on in Zoho's Setup what ${keyOr(key, 'the field')} needs (such as GDPR or HIPAA compliance), or take it out.`,
  PROPERTY_LOCKED: 'Zoho has locked this property: ask an administrator of the organisation.',
  ALREADY_USED: 'Choose a value that is not in use yet.',
  SYNTAX_ERROR: "Correct the formula: try it in Zoho's formula editor, then copy it into the manifest.",
  MISSING_BRACES: 'Close all brackets of the formula.',
  INCORRECT_NUMBER_OF_PARAM: "Give the formula's function as many arguments as it takes.",
  INCORRECT_DATA_TYPE_PARAM: "Give the formula's function arguments of the types it takes.",
  PARTICIPATING_FIELD_NOT_FOUND:
    'The formula names a field that does not exist: check its API name, or apply once more if this run created it.',
  DYNAMIC_EXPRESSION_LENGTH_EXCEEDED: 'Shorten the formula.',
  NO_ANSWER: 'Run "zoho-fields plan" when Zoho answers again: it shows what is there.',
};
