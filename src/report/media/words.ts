import type { Origin } from '../../diff/origin.ts';

const KEY_WORDS: Readonly<Record<string, string>> = {
  api_name: 'API name',
  data_type: 'data type',
  field_label: 'label',
  pick_list_values: 'options',
  textarea: 'kind',
  global_picklist: 'global list',
  decimal_place: 'decimals',
  colour_code: 'colour',
  reference_value: 'name for integrations',
  create: 'may be created',
};

/** Zoho's key in an admin's words, where its own name does not say it. Not escaped: a key may be anybody's text. */
export function keyWords(key: string): string {
  return Object.hasOwn(KEY_WORDS, key) ? (KEY_WORDS[key] ?? key) : key;
}

const WORDS: Readonly<Record<Origin, string>> = {
  this_change: 'this change',
  already_waiting: 'already waiting',
  changed_in_zoho: 'changed in Zoho',
};

/** Whose doing a row is, in words. */
export function originWords(origin: Origin): string {
  return WORDS[origin];
}
