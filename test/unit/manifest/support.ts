import type { DataType } from '../../../src/model/data-types.ts';
import type { Diagnostic } from '../../../src/model/problem.ts';
import type { Json, JsonObject } from '../../../src/model/json.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import { loadManifest } from '../../../src/manifest/load.ts';

/** Loads a manifest that a story writes as text. */
export function load(text: string) {
  return loadManifest({ path: 'fields.yaml', bytes: new TextEncoder().encode(text) });
}

/** What a report says, short enough to be compared: `code@line:column`. */
export function places(text: string): string[] {
  return load(text).diagnostics.map(place);
}

/** {@link places} with the text that the frame marks, so that a wrong place is seen at once. */
export function markedPlaces(text: string): string[] {
  const lines = text.split('\n');
  return load(text).diagnostics.map((diagnostic) => {
    const { line = 0, column = 0, frame = '' } = diagnostic;
    const carets = /\^+$/u.exec(frame)?.[0].length ?? 0;
    const marked = lines[line - 1]?.slice(column - 1, column - 1 + carets) ?? '';
    return `${place(diagnostic)} ${marked.length > 24 ? `${marked.slice(0, 24)}…` : marked}`.trim();
  });
}

export function place({ code, line, column }: Diagnostic): string {
  return `${code}@${line}:${column}`;
}

/** The only field of a manifest that is expected to be fine. */
export function onlyField(text: string): DesiredField {
  const { manifest, diagnostics } = load(text);
  const field = manifest?.modules[0]?.fields[0];
  if (!field) throw new Error(`not a valid manifest: ${diagnostics.map((one) => one.message).join('; ')}`);
  return field;
}

/** A manifest of one field, in JSON, which is YAML too. */
export function manifestOf(...fields: readonly JsonObject[]): string {
  return JSON.stringify({ module: 'Deals', fields });
}

/** A valid value for each key of Zoho, in the long form; what depends on the type is asked for with it. */
export function sampleOf(key: string, type: DataType): Json {
  if (key === 'length') {
    if (!type.length) throw new Error(`${type.name} has no length`);
    return 'oneOf' in type.length ? (type.length.oneOf[0] ?? 0) : type.length.max;
  }
  if (key === 'lookup' && type.name === 'userlookup')
    return { query_details: { criteria: { comparator: 'equal' } } };
  const sample = samples[key];
  if (sample === undefined) throw new Error(`no sample for ${key}`);
  return sample;
}

const reference = (api_name: string): JsonObject => ({ api_name });
const options = [
  { display_value: 'Low', actual_value: 'low', reference_value: 'l', colour_code: '#9cb5ff' },
  { display_value: 'High', actual_value: 'high' },
];

const samples: Readonly<Record<string, Json>> = {
  tooltip: { name: 'info_icon', value: 'Help' },
  profiles: [{ id: '6084217000000026011', permission_type: 'read_only' }],
  hipaa_compliance_enabled: true,
  private: { type: 'High' },
  filterable: false,
  unique: { case_sensitive: false },
  crypt: { mode: 'decryption' },
  encrypt_case: 'uppercase',
  association_details: { lookup_field: reference('Account_Name'), related_field: reference('Phone') },
  external: { type: 'user', show: true },
  textarea: { type: 'small' },
  separator: false,
  decimal_place: 3,
  currency: { rounding_option: 'round_up', precision: 2 },
  precision: 2,
  rounding_option: 'round_up',
  pick_list_values: options,
  global_picklist: { id: '6084217000000492003' },
  pick_list_values_sorted_lexically: true,
  enable_colour_code: true,
  default_value: 'low',
  enable_record_state: true,
  history_tracking_enabled: true,
  history_tracking: {
    related_list_name: 'Risk history',
    duration_configuration: 'days',
    followed_fields: [{ api_name: 'Amount', id: '6084217000000002181' }],
  },
  auto_number: { start_number: 1000, prefix: 'PD-', suffix: '-X' },
  _update_existing_records: true,
  lookup: {
    module: { api_name: 'Accounts', id: '6084217000000002177' },
    display_label: 'Partner Deals',
    revalidate_filter_during_edit: true,
    query_details: { criteria: { comparator: 'equal', field: reference('Type'), value: 'Partner' } },
  },
  display_label: 'Partner Deals',
  reference_id: '{{ref8909}}',
  sharing_properties: { share_preference_enabled: true, share_permission: 'read-write' },
  multiselectlookup: {
    connected_details: { module: reference('Contacts'), field: { field_label: 'Partner Deals' } },
    linking_details: { module: { plural_label: 'Deals X Contacts' } },
  },
  formula: {
    expression: '${Amount} * 0.9',
    return_type: 'double',
    sub_return_type: 'small',
    dynamic: false,
    stop_compute_conditionally: true,
    stop_compute_expression: '${Amount} > 0',
  },
  number_separator: false,
  rollup_summary: {
    return_type: 'integer',
    expression: {
      function: 'COUNT',
      function_parameters: [reference('id')],
      criteria: { comparator: 'equal' },
    },
    based_on_module: reference('Notes'),
    related_list: reference('Notes'),
  },
};

/** The least that Zoho needs to create a field of this type. */
export function smallestField(type: DataType, api_name = 'Risk'): JsonObject {
  const keys = type.name === 'picklist' ? ['pick_list_values'] : type.mandatory;
  return {
    api_name,
    field_label: api_name.replaceAll('_', ' '),
    data_type: type.name,
    ...Object.fromEntries(keys.map((key) => [key, sampleOf(key, type)])),
  };
}
