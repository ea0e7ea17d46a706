/** A field as a manifest declares it. */
export interface Wish {
  readonly api_name: string;
  readonly field_label: string;
  readonly data_type: string;
  readonly [key: string]: unknown;
}

const plain = (api_name: string): Wish => ({
  api_name,
  field_label: api_name.replaceAll('_', ' '),
  data_type: 'text',
  length: 50,
});

/** A label that no Zoho derives to the API name: the field is created first and labelled later. */
const late = (api_name: string, data_type: string, more: object = {}): Wish => ({
  api_name,
  field_label: `${api_name.toLowerCase()} (partner)`,
  data_type,
  ...more,
});

/** Twelve fields: three POSTs, and labels that need two requests more. */
const TWELVE: readonly Wish[] = [
  ...['Plain_A', 'Plain_B', 'Plain_C', 'Plain_D', 'Plain_E'].map((name) => plain(name)),
  { api_name: 'Risk', field_label: 'Risk', data_type: 'picklist', pick_list_values: ['Low', 'High'] },
  { api_name: 'StrategicPartnerId', field_label: 'Strategic Partner ID', data_type: 'text', length: 50 },
  late('MarginIn', 'integer', { length: 5 }),
  late('RegionOf', 'picklist', { pick_list_values: ['North', 'South'] }),
  late('Remarks', 'textarea', { textarea: 'small' }),
  late('Agreed', 'boolean'),
  late('Signed', 'date', { tooltip: 'When the partner signed' }),
];

/** Two of them exchange the labels that they are created under. */
const EXCHANGE: readonly Wish[] = [
  { ...plain('Alpha'), field_label: 'Beta' },
  { ...plain('Beta'), field_label: 'Alpha' },
  ...TWELVE.slice(0, 10),
];

/** What is declared in `Deals`, by name. */
export const WISHES = { twelve: TWELVE, exchange: EXCHANGE } as const;

export type WishName = keyof typeof WISHES;

/** The manifest of these fields; JSON is YAML. */
export function manifestOf(name: WishName): string {
  return JSON.stringify({ module: 'Deals', fields: WISHES[name] });
}
