/**
 * What Zoho allows for each data type, as one table.
 *
 * The manifest's JSON Schema is generated from it and the rules and their messages consult it, so that a limit is
 * written down once. Sources: sheet §3.2 (what can be created), §3.3 (keys of every field), §3.4 (keys and lengths per
 * type), §9 (names in Zoho's screens). Where Zoho's page and its OpenAPI file disagree, the page wins and the wider
 * rule is taken: a refusal by Zoho is told to the user anyway, a wrong refusal of ours could not be worked around.
 */

/** How Zoho shows a tooltip: behind an icon, or as text below the field (sheet §3.3). */
export type TooltipName = 'info_icon' | 'static_text';

/** The lengths that a type takes: a range, or only certain numbers. */
export type LengthRule =
  | { readonly min: number; readonly max: number }
  | { readonly oneOf: readonly number[] };

/** One of Zoho's data types. */
export interface DataType {
  /** Zoho's own word, such as `multiselectpicklist`. */
  readonly name: string;
  /** What Zoho's screens call it, such as "Multi-Select". */
  readonly title: string;
  /** False where Zoho's API cannot create it (sheet §3.2); it may still be declared with `create: false`. */
  readonly creatable: boolean;
  /** Absent where Zoho takes no length on creation, even if it reports one later (sheet §3.4). */
  readonly length?: LengthRule;
  /** All keys that Zoho takes on creation besides names, type and label. */
  readonly keys: readonly string[];
  /** Those of {@link keys} without which Zoho refuses the field. */
  readonly mandatory: readonly string[];
  /** Sheet §3.3; `info_icon` first, because it is valid everywhere. */
  readonly tooltips: readonly TooltipName[];
}

/** Sheet §3.3: a tooltip's text may have this many characters. */
export const tooltipLimits: Readonly<Record<TooltipName, number>> = { info_icon: 255, static_text: 35 };

/** Sheet §3.4: each kind of text area has exactly one length. */
export const textareaLengths: Readonly<Record<string, number>> = {
  small: 2000,
  large: 32000,
  rich_text: 50000,
};

/** Sheet §3.4: `decimal_place` never exceeds this. */
export const maxDecimalPlaces = 9;

/** Sheet §3.4: an auto-number starts with at most this many digits. */
export const maxStartDigits = 16;

/** Sheet §3.4: Zoho's OpenAPI file limits prefix and suffix; its page does not. */
export const maxAffixLength = 16;

/** Sheet §3.4: characters of one picklist option. */
export const maxOptionLength = 120;

/** Sheet §3.5: refused above the first, doubtful above the second. */
export const labelLimits = { max: 50, safe: 25 } as const;

/** Sheet §2.3: characters of an API name. */
export const maxApiNameLength = 50;

/** Contract §2: letters, marks and digits of any script, blanks and a few signs. */
export const labelPattern = "^[\\p{L}\\p{M}\\p{Nd} .()（）%/\\-_'?&]*$";

/** Sheet §3.6: no two underscores in a row and none at the end. */
export const apiNamePattern = '^[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*$';

/** Sheet §3.5: labels that Zoho keeps for itself. */
export const reservedLabels: readonly string[] = [
  'Notes',
  'Tags',
  'Tag',
  'Owner',
  'Attachments',
  'Approval',
  'Currency',
  'Layout',
];

/** Sheet §3.5 and §3.6: API names that Zoho keeps for itself. */
export const reservedApiNames: readonly string[] = [...reservedLabels, 'Name'];

/** Sheet §3.3: kinds of module on which no field can be external. */
export const modulesWithoutExternal: readonly string[] = ['Calls'];

/** Sheet §9: words that people use for Zoho's types. They are suggested, never accepted silently. */
export const typeAliases = byWord({
  text: 'string str single_line singleline varchar char',
  textarea: 'multi_line multiline text_area long_text longtext rich_text',
  integer: 'int number',
  bigint: 'long long_integer',
  double: 'decimal float',
  currency: 'money',
  percent: 'percentage',
  boolean: 'checkbox bool',
  website: 'url link',
  email: 'mail',
  phone: 'telephone tel',
  datetime: 'date_time timestamp',
  picklist: 'select enum dropdown pick_list radio',
  multiselectpicklist: 'multiselect multi_select multipicklist multi_picklist multi_select_picklist',
  multiselectlookup: 'multi_select_lookup',
  userlookup: 'user user_lookup',
  multiuserlookup: 'multi_user multiuser',
  lookup: 'reference relation',
  autonumber: 'auto_number autoincrement',
  rollup_summary: 'rollup rollupsummary',
  fileupload: 'file file_upload',
  imageupload: 'image image_upload',
});

/** Each word with what it stands for, out of groups of words, separated by blanks, of one meaning. */
export function byWord(groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(groups).flatMap(([meant, words]) => words.split(' ').map((word) => [word, meant])),
  );
}

/** Sheet §3.3: keys that any type may carry. */
const everywhere = ['tooltip', 'profiles', 'hipaa_compliance_enabled', 'private'];

const both: readonly TooltipName[] = ['info_icon', 'static_text'];
const iconOnly: readonly TooltipName[] = ['info_icon'];

interface Creation {
  readonly length?: LengthRule;
  readonly tooltips?: readonly TooltipName[];
  /** Keys beyond those of every type, separated by blanks; `!` marks a mandatory one. */
  readonly keys?: string;
}

function creatable(
  name: string,
  title: string,
  { length, tooltips = iconOnly, keys = '' }: Creation,
): DataType {
  const own = keys.split(' ').filter((key) => key !== '');
  return {
    name,
    title,
    creatable: true,
    ...(length && { length }),
    keys: [...everywhere, ...(length ? ['length'] : []), ...own.map((key) => key.replace('!', ''))],
    mandatory: own.filter((key) => key.endsWith('!')).map((key) => key.replace('!', '')),
    tooltips,
  };
}

function readOnly(name: string, title: string): DataType {
  return { name, title, creatable: false, keys: [], mandatory: [], tooltips: iconOnly };
}

const upTo = (max: number): LengthRule => ({ min: 1, max });

/** Sheet §3.4: text that can be found by its value, and hidden. */
const textual = 'filterable unique crypt encrypt_case association_details';
/** Sheet §3.4: what lists of options can carry besides the options. */
const optionKeys = 'pick_list_values_sorted_lexically enable_colour_code default_value enable_record_state';

/** Every type that the sheet names, creatable ones first; sheet §3.2, §3.4, §9. */
export const dataTypes: readonly DataType[] = [
  creatable('text', 'Single Line', { length: upTo(255), tooltips: both, keys: `${textual} external` }),
  creatable('textarea', 'Multi-Line', {
    length: { oneOf: Object.values(textareaLengths) },
    tooltips: both,
    keys: 'textarea! crypt association_details',
  }),
  creatable('email', 'Email', { length: upTo(100), tooltips: both, keys: textual }),
  creatable('phone', 'Phone', { length: upTo(30), tooltips: both, keys: textual }),
  creatable('website', 'URL', { length: upTo(450), tooltips: both, keys: textual }),
  creatable('integer', 'Number', {
    length: upTo(9),
    tooltips: both,
    keys: 'separator filterable unique crypt association_details',
  }),
  creatable('bigint', 'Long Integer', {
    length: upTo(18),
    tooltips: both,
    keys: 'separator filterable unique crypt association_details',
  }),
  // The page says 18, Zoho's help and every sample 16 (sheet §3.4).
  creatable('double', 'Decimal', {
    length: upTo(16),
    tooltips: both,
    keys: 'decimal_place separator filterable crypt association_details',
  }),
  creatable('currency', 'Currency', {
    length: upTo(16),
    keys: 'currency! decimal_place precision rounding_option filterable crypt association_details',
  }),
  creatable('percent', 'Percent', {
    length: upTo(5),
    tooltips: both,
    keys: 'decimal_place filterable association_details',
  }),
  creatable('date', 'Date', { keys: 'filterable crypt association_details' }),
  creatable('datetime', 'Date/Time', { keys: 'filterable crypt association_details' }),
  creatable('boolean', 'Checkbox', { tooltips: both, keys: 'filterable association_details' }),
  // One of the two is needed, not both: a rule of its own (sheet §3.4, §5.2).
  creatable('picklist', 'Pick List', {
    keys: `pick_list_values global_picklist ${optionKeys} history_tracking_enabled history_tracking filterable`,
  }),
  creatable('multiselectpicklist', 'Multi-Select', { keys: `pick_list_values! ${optionKeys} filterable` }),
  creatable('autonumber', 'Auto-Number', {
    length: upTo(255),
    keys: 'auto_number! _update_existing_records filterable',
  }),
  creatable('lookup', 'Lookup', {
    tooltips: both,
    keys: 'lookup! display_label filterable association_details reference_id',
  }),
  creatable('userlookup', 'User', {
    keys: 'lookup sharing_properties filterable association_details reference_id',
  }),
  // Zoho marks nothing as mandatory here, but a lookup without a target cannot be meant.
  creatable('multiselectlookup', 'Multi-Select Lookup', { keys: 'multiselectlookup! filterable' }),
  creatable('multiuserlookup', 'Multi-User', { keys: 'filterable' }),
  creatable('formula', 'Formula', { keys: 'formula! decimal_place number_separator filterable' }),
  creatable('rollup_summary', 'Rollup Summary', { keys: 'rollup_summary! filterable' }),
  creatable('fileupload', 'File Upload', { length: { oneOf: [1, 5] } }),
  creatable('imageupload', 'Image Upload', { length: upTo(10) }),
  creatable('address', 'Address', { keys: 'filterable' }),
  readOnly('subform', 'Subform'),
  readOnly('ownerlookup', 'Owner'),
  readOnly('profileimage', 'Record Image'),
  readOnly('multi_module_lookup', 'Multi-Module Lookup'),
  readOnly('consent', 'Consent'),
  readOnly('territories', 'Territories'),
  readOnly('layout', 'Layout'),
];

const byName: ReadonlyMap<string, DataType> = new Map(dataTypes.map((type) => [type.name, type]));

/** The type that Zoho calls so, if the sheet knows it. */
export function findDataType(name: string): DataType | undefined {
  return byName.get(name);
}

/** All types that the API can create; sheet §3.2. */
export const creatableTypes: readonly DataType[] = dataTypes.filter((type) => type.creatable);

/** The names of the types that may carry `key` on creation. */
export function typesWithKey(key: string): readonly string[] {
  return creatableTypes.filter((type) => type.keys.includes(key)).map((type) => type.name);
}
