/** What sheet §3.4 says of one data type, as far as it is a table. */
export interface DataType {
  /** Allowed lengths; absent where the type takes none. */
  readonly length?: { readonly from: number; readonly to: number } | { readonly oneOf: readonly number[] };
  /** The key without which the type cannot be created. */
  readonly needs?: string;
  /** Keys beyond the common ones; everything else is unknown for this type. */
  readonly keys: readonly string[];
  readonly unique?: true;
  readonly crypt?: true;
  /** Takes `static_text` besides `info_icon` (sheet §3.3). */
  readonly staticText?: true;
  readonly notFilterable?: true;
  /** Decimals when none are sent. */
  readonly decimals?: number;
  /** The lowest edition that has the type (sheet §7). */
  readonly edition?: 'professional' | 'enterprise';
  /** How many a module may hold. */
  readonly most?: number;
}

const upTo = (to: number) => ({ from: 1, to });
const OPTION_KEYS = [
  'pick_list_values',
  'pick_list_values_sorted_lexically',
  'enable_colour_code',
  'default_value',
];
const LINK = 'association_details';

/** What fits into one line and can be told apart: a text, or a whole number. */
const short = (to: number, key: string): DataType => ({
  length: upTo(to),
  keys: ['length', key, LINK],
  unique: true,
  crypt: true,
  staticText: true,
});

/** The types that Zoho can create through its API (sheet §3.2), in that order. */
const TYPES: Readonly<Record<string, DataType>> = {
  text: short(255, 'encrypt_case'),
  textarea: {
    length: { oneOf: [2000, 32000, 50000] },
    needs: 'textarea',
    keys: ['length', 'textarea', LINK],
    crypt: true,
    staticText: true,
    notFilterable: true,
  },
  email: short(100, 'encrypt_case'),
  phone: short(30, 'encrypt_case'),
  picklist: {
    keys: [
      ...OPTION_KEYS,
      'global_picklist',
      'enable_record_state',
      'history_tracking_enabled',
      'history_tracking',
    ],
  },
  multiselectpicklist: { needs: 'pick_list_values', keys: [...OPTION_KEYS, 'enable_record_state'] },
  date: { keys: [LINK], crypt: true },
  datetime: { keys: [LINK], crypt: true },
  integer: short(9, 'separator'),
  autonumber: {
    length: upTo(255),
    needs: 'auto_number',
    keys: ['length', 'auto_number', '_update_existing_records'],
    most: 1,
  },
  currency: {
    length: upTo(16),
    needs: 'currency',
    keys: ['length', 'decimal_place', 'precision', 'rounding_option', 'currency', LINK],
    crypt: true,
    decimals: 2,
  },
  percent: { length: upTo(5), keys: ['length', 'decimal_place', LINK], staticText: true, decimals: 2 },
  bigint: short(18, 'separator'),
  double: {
    length: upTo(18),
    keys: ['length', 'decimal_place', 'separator', LINK],
    crypt: true,
    staticText: true,
    decimals: 2,
  },
  website: short(450, 'encrypt_case'),
  boolean: { keys: [LINK], staticText: true },
  fileupload: { length: { oneOf: [1, 5] }, keys: ['length'], notFilterable: true },
  imageupload: { length: upTo(10), keys: ['length'], notFilterable: true },
  lookup: { needs: 'lookup', keys: ['lookup', 'display_label', LINK, 'reference_id'], staticText: true },
  userlookup: { keys: ['lookup', 'sharing_properties', LINK, 'reference_id'] },
  multiselectlookup: {
    needs: 'multiselectlookup',
    keys: ['multiselectlookup'],
    edition: 'enterprise',
    most: 2,
  },
  multiuserlookup: { keys: [] },
  formula: {
    needs: 'formula',
    keys: ['formula', 'decimal_place', 'number_separator'],
    decimals: 2,
    edition: 'professional',
  },
  rollup_summary: { needs: 'rollup_summary', keys: ['rollup_summary'] },
  address: { keys: [] },
};

export const CREATABLE_TYPES = Object.keys(TYPES);

export function dataType(name: string): DataType | undefined {
  return Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
}

/** Keys that every type takes (sheet §3.3). */
const COMMON_KEYS = [
  'field_label',
  'data_type',
  'api_name',
  'tooltip',
  'profiles',
  'external',
  'filterable',
  'hipaa_compliance_enabled',
  'private',
];

/** Whether Zoho knows the key for this type, in create bodies. */
export function knowsKey(type: DataType, key: string): boolean {
  if (key === 'unique') return type.unique === true;
  if (key === 'crypt') return type.crypt === true;
  return COMMON_KEYS.includes(key) || type.keys.includes(key);
}
