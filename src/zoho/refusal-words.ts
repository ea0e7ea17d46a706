/**
 * What to do when Zoho refuses a field (sheet §5.2), by code and, where it matters, by what Zoho objects to. What that is the
 * report says beside it, in the manifest's own words.
 * @param subject keys only, such as `field_label` or `lookup.module.api_name`; a bare key where Zoho tells no path.
 */
export function refusalRemedy(code: string, subject: string | undefined): string {
  const words = Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : undefined;
  if (typeof words === 'function') return words(subject ?? '');
  return (
    words ??
    'Correct in the manifest what Zoho names, validate it, and apply again: fields that exist are left as they are.'
  );
}

/** A module that a lookup leads to (sheet §3.4). */
const isModule = (subject: string): boolean => /(?:^|\.)module\.(?:api_name|id)$/u.test(subject);
const isOption = (subject: string): boolean => /^pick_list_values(?:\.|$)/u.test(subject);

const REMEDIES: Readonly<Record<string, string | ((subject: string) => string)>> = {
  MANDATORY_NOT_FOUND: 'Add to the field in the manifest what is missing.',
  INVALID_DATA: (subject) => {
    if (subject === 'field_label')
      return "Use only letters, digits, spaces and . ( ) % / - _ ' ? & in the label.";
    if (isModule(subject))
      return 'Write the API name of a module of this organisation: Setup > Developer Space > APIs > API names.';
    if (isOption(subject)) return 'Correct that option in the manifest.';
    if (subject === '') return 'Correct the value that Zoho names in the manifest.';
    return subject.includes('.')
      ? 'Correct that value in the manifest.'
      : `Correct "${subject}" in the manifest.`;
  },
  DUPLICATE_DATA: (subject) => {
    if (subject === 'api_name')
      return 'The API name is taken. Run "zoho-fields plan": it shows by which field.';
    if (isOption(subject)) return 'The option is there twice: write each one once.';
    return /(?:^|\.)display_label$/u.test(subject)
      ? 'The other module has a related list of that title. Choose another: "lookup: {module: {api_name: …}, display_label: …}".'
      : 'The label or an option is taken. Run "zoho-fields plan": it shows by which field; choose another field_label if it is another one.';
  },
  RESERVED_KEYWORD_NOT_ALLOWED: 'Zoho keeps this word for itself: choose another api_name and field_label.',
  NOT_ALLOWED: 'Zoho does not allow this here: take it out or choose another value.',
  DEPENDENT_MISMATCH: "It does not fit the data type: see Zoho's page on custom fields for its range.",
  DEPENDENT_FIELD_MISSING: 'Add the key that the named one depends on.',
  EXPECTED_FIELD_MISSING: 'Add the key that Zoho expects.',
  EXPECTED_DEPENDENT_FIELD_MISSING: 'Give the picklist its pick_list_values or a global_picklist.',
  AMBIGUITY_DURING_PROCESSING: 'Keep only one of the two keys that exclude each other.',
  LIMIT_EXCEEDED:
    'The module is full for this kind of field in your edition: remove a field in Zoho, or ask for a larger edition.',
  FIELD_LIMIT_EXCEEDED:
    'The module is full for this kind of field in your edition: remove a field in Zoho, or ask for a larger edition.',
  NOT_SUPPORTED: 'Zoho does not support this for the data type: take it out.',
  FEATURE_NOT_SUPPORTED:
    'Your edition of Zoho lacks what this needs: take it out, or ask for a larger edition.',
  FEATURE_NOT_ENABLED:
    "Switch on in Zoho's Setup what this needs (such as GDPR or HIPAA compliance), or take it out.",
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
