import { property } from '../../model/json.ts';
/**
 * Keys that people write because another tool, an old script or Zoho's own answers use them. They are explained, never
 * accepted silently: a manifest should mean the same to everyone who reads Zoho's pages.
 */
import { byWord } from '../../model/data-types.ts';
import { closest } from '../../model/closest.ts';

/** Other tools' words, by the key of Zoho that says the same. */
const synonyms = byWord({
  data_type: 'type datatype field_type kind',
  field_label: 'label title display_name display_label',
  api_name: 'name field_name key',
  pick_list_values: 'options option values choices items enum picklist picklist_values picklistvalues',
  global_picklist: 'global_set',
  length: 'max_length maxlength size',
  decimal_place: 'precision scale decimals decimal_places',
  tooltip: 'help help_text hint tool_tip',
  description: 'comment note notes',
  default_value: 'default',
  formula: 'expression',
  crypt: 'encrypt encrypted encryption',
  unique: 'is_unique',
  lookup: 'references lookup_module target',
  auto_number: 'autonumber',
  rollup_summary: 'rollup',
  profiles: 'permissions',
  module: 'module_name module_api_name',
  fields: 'columns attributes properties',
});

/** Words for "must be filled in"; Zoho has no such key (sheet §3.3). */
const mandatory = new Set(['required', 'mandatory', 'system_mandatory', 'optional', 'nullable']);

/** Sheet §2.3: what Zoho reports about a field and takes from nobody. */
const reported = new Set(
  (
    'id ui_type json_type display_type type_ui custom_field created_source created_time modified_time visible searchable ' +
    'sortable read_only field_read_only mass_update webhook businesscard_supported virtual_field display_field ' +
    'colour_code_enabled_by_system view_type operation_type email_parser customizable_properties layout_associations ' +
    'convert_mapping quick_sequence_number blueprint_supported column_name sequence_number associated_module ' +
    'multi_module_lookup multiuserlookup hipaa_compliance display_format_properties parent_field child_fields range ' +
    'public address display_format additional_column'
  ).split(' '),
);

/** Sheet §3.8 and §3.3: what belongs to layouts. */
const layout = new Set(['layout', 'layouts', 'section', 'position', 'order', 'sequence']);

const normal = (key: string): string =>
  key
    .toLowerCase()
    .trim()
    .replaceAll(/[\s-]+/gu, '_');

/** Zoho's key for another tool's word, where it may stand here. */
function synonym(word: string, allowed: readonly string[]): string | undefined {
  return allowed.find((key) => key === property(synonyms, word));
}

/** The key that was meant by another tool's word, or by a typing error. */
export function meantKey(key: string, allowed: readonly string[]): string | undefined {
  return synonym(normal(key), allowed) ?? closest(key, allowed);
}

/** What to tell someone who wrote this key; nothing where it is no known habit. */
export function habit(key: string, allowed: readonly string[]): string | undefined {
  const word = normal(key);
  if (mandatory.has(word)) {
    return 'Remove it: whether a field must be filled in is a property of the layout, and Zoho has no key for it on creation.';
  }
  if (layout.has(word))
    return 'Remove it: new fields go to the standard layout; move them there in Zoho CRM.';
  const known = synonym(word, allowed);
  if (known !== undefined) return `Zoho calls it "${known}": write "${known}" instead.`;
  if (reported.has(word)) return 'Remove it: Zoho reports it, but it cannot be set.';
  return undefined;
}
