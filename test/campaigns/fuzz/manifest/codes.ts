/** Every code with which a manifest can be refused or doubted. */
export const manifestCodes: readonly string[] = (
  'api-name-form api-name-too-long bad-id confusable-key conflicting-keys decimals default-option duplicate-api-name ' +
  'duplicate-key duplicate-label duplicate-linking-module duplicate-module duplicate-option duplicate-profile duplicate-related-list ' +
  'empty-document empty-manifest empty-value encrypted-external encrypted-unique external-module formula-brackets formula-type hidden-character key-not-for-type ' +
  'label-blanks label-characters label-long label-too-long length-out-of-range long-affix many-fields many-lookups ' +
  'maps-from maps-from-module missing-key module-name more-problems none-option not-a-manifest not-utf8 ' +
  'number-too-large odd-number option-blanks option-line-break option-too-long out-of-range precision ' +
  'reserved-api-name reserved-label special-number start-number textarea-length too-deep too-large too-many-autonumbers ' +
  'too-many-unique tooltip-form tooltip-too-long type-not-creatable unique-case-sensitive unknown-data-type unknown-key ' +
  'unknown-value unquoted-date unquoted-text wrong-type yaml-alias yaml-anchor yaml-directive yaml-escape ' +
  'yaml-indentation yaml-key yaml-merge yaml-syntax yaml-tab yaml-tag yaml-unclosed'
).split(' ');

/** Words for what no schema of today can say: they are there for the schema of tomorrow, and never to be seen. */
export const guardCodes: readonly string[] = ['invalid-manifest', 'invalid-value', 'too-long'];
