import { describe, expect, it } from 'vitest';
import { load, markedPlaces, places } from './support.ts';

/** Most stories are about one key of one field, so the rest is written here. */
const field = (keys: string): string =>
  `module: Deals\nfields:\n  - { api_name: Risk, field_label: Risk, ${keys} }\n`;

/** The story, the manifest, and for each problem its code, its place and the text that is marked there. */
type Story = readonly [string, string, ...string[]];

const structure: readonly Story[] = [
  ['an empty file', '', 'empty-manifest@1:1'],
  ['a file of blanks', ' \n\n', 'empty-manifest@1:1'],
  ['a file of comments', '# nothing\n', 'empty-manifest@1:1 #'],
  ['a lone document start', '---\n', 'empty-document@1:4'],
  [
    'an empty document among others',
    'module: A\nfields: [{api_name: a, data_type: text, create: false}]\n---\n---\nmodule: B\nfields: [{api_name: a, data_type: text, create: false}]\n',
    'empty-document@3:4',
  ],
  ['a list at the top', '- api_name: a\n', 'not-a-manifest@1:1 -'],
  ['a single word', 'Deals\n', 'not-a-manifest@1:1 D'],
  [
    'no module',
    'fields: [{api_name: a, data_type: text, create: false}]\n',
    'missing-key@1:1 fields: [{api_name: a, d…',
  ],
  ['no fields', 'module: Deals\n', 'missing-key@1:1 module: Deals'],
  ['fields of nothing', 'module: Deals\nfields:\n', 'empty-value@2:1 fields'],
  ['an empty list of fields', 'module: Deals\nfields: []\n', 'empty-value@2:9 []'],
  ['fields as a mapping', 'module: Deals\nfields:\n  Risk: text\n', 'wrong-type@3:3 Risk: text'],
  ['a field that is a word', 'module: Deals\nfields:\n  - Risk\n', 'wrong-type@3:5 Risk'],
  ['a field that is empty', 'module: Deals\nfields:\n  -\n', 'empty-value@3:4'],
  [
    'a module that is no name',
    'module: My Deals\nfields: [{api_name: a, data_type: text, create: false}]\n',
    'module-name@1:9 My Deals',
  ],
  [
    'a module that YAML reads as a number',
    'module: 010\nfields: [{api_name: a, data_type: text, create: false}]\n',
    'unquoted-text@1:9 010',
  ],
  [
    'an unknown key at the top',
    'modul: Deals\nfields: [{api_name: a, data_type: text, create: false}]\n',
    'unknown-key@1:1 modul',
  ],
  [
    "a field's key at the top",
    'module: Deals\ndata_type: text\nfields: [{api_name: a, data_type: text, create: false}]\n',
    'unknown-key@2:1 data_type',
  ],
  [
    'the same module twice, in another case',
    'module: Deals\nfields: [{api_name: a, data_type: text, create: false}]\n---\nmodule: deals\nfields: [{api_name: a, data_type: text, create: false}]\n',
    'duplicate-module@4:9 deals',
  ],
];

const keys: readonly Story[] = [
  ['a key with a typing error', field('data_type: text, lenght: 5'), 'unknown-key@3:59 lenght'],
  ['a key of Object.prototype', field('data_type: text, constructor: 5'), 'unknown-key@3:59 constructor'],
  [
    'a key that would set a prototype',
    field('data_type: text, __proto__: {a: 1}'),
    'unknown-key@3:59 __proto__',
  ],
  ['no data type', field('length: 5'), 'missing-key@3:5 { api_name: Risk'],
  [
    'no label',
    'module: Deals\nfields:\n  - api_name: Risk\n    data_type: text\n',
    'missing-key@3:5 api_name: Risk',
  ],
  ["another tool's word for the type", field('type: text'), 'unknown-key@3:42 type'],
  [
    'a short form that is none of its few words',
    field('data_type: textarea, textarea: rich-text'),
    'unknown-value@3:73 rich-text',
  ],
  [
    'rounding that Zoho does not know',
    field('data_type: currency, currency: none'),
    'unknown-value@3:73 none',
  ],
  ['a name that is empty', field("data_type: lookup, lookup: ''"), "empty-value@3:69 ''"],
  [
    'a module of no name',
    "module: ''\nfields: [{api_name: a, data_type: text, create: false}]\n",
    "empty-value@1:9 ''",
  ],
  ["another type's key", field('data_type: text, textarea: large'), 'key-not-for-type@3:59 textarea'],
  [
    'a list where a mapping is needed',
    field('data_type: text, crypt: [encryption]'),
    'wrong-type@3:66 [encryption]',
  ],
  ['a mapping where a text is needed', field('data_type: {text: 1}'), 'wrong-type@3:53 {text: 1}'],
  ['a key without a value', field('data_type: text, length: '), 'empty-value@3:59 length'],
  ['a length in quotes', field('data_type: text, length: "5"'), 'wrong-type@3:67 "5"'],
  ['a length with decimals', field('data_type: text, length: 5.5'), 'wrong-type@3:67 5.5'],
  ['a length below the range', field('data_type: text, length: 0'), 'length-out-of-range@3:67 0'],
  ['a length above the range', field('data_type: text, length: 256'), 'length-out-of-range@3:67 256'],
  ['a truth value of YAML 1.1', field('data_type: text, create: no'), 'wrong-type@3:67 no'],
  ['a truth value in quotes', field('data_type: text, create: "false"'), 'wrong-type@3:67 "false"'],
  ['an unknown sub-key', field('data_type: text, crypt: {mod: encryption}'), 'unknown-key@3:67 mod'],
  ['an unknown value', field('data_type: text, crypt: {mode: encrypted}'), 'unknown-value@3:73 encrypted'],
  ['a missing sub-key', field('data_type: text, crypt: {}'), 'missing-key@3:66 {'],
];

const names: readonly Story[] = [
  [
    'a label with markup',
    field('data_type: text').replace('label: Risk', 'label: A<b>'),
    'label-characters@3:36 A<b>',
  ],
  [
    'a label with a colon',
    field('data_type: text').replace('label: Risk', 'label: "A: b"'),
    'label-characters@3:36 "A: b"',
  ],
  [
    'a label that ends with a blank',
    field('data_type: text').replace('label: Risk', 'label: "A "'),
    'label-blanks@3:36 "A "',
  ],
  [
    'a label of blanks',
    field('data_type: text').replace('label: Risk', 'label: "  "'),
    'empty-value@3:36 "  "',
  ],
  ['a label of nothing', field('data_type: text').replace('label: Risk', 'label: ""'), 'empty-value@3:36 ""'],
  [
    'a label of 51 characters',
    field('data_type: text').replace('label: Risk', `label: ${'a'.repeat(51)}`),
    'label-too-long@3:36 aaaaaaaaaaaaaaaaaaaaaaaa…',
  ],
  [
    'a label of 26 characters, which is only doubtful',
    field('data_type: text').replace('label: Risk', `label: ${'a'.repeat(26)}`),
    'label-long@3:36 aaaaaaaaaaaaaaaaaaaaaaaa…',
  ],
  [
    'a label with two blanks, which is only doubtful',
    field('data_type: text').replace('label: Risk', 'label: a  b'),
    'label-blanks@3:36 a  b',
  ],
  [
    'a reserved label, in any case',
    field('data_type: text').replace('label: Risk', 'label: nOTES'),
    'reserved-label@3:36 nOTES',
  ],
  [
    'a label that YAML reads as a number',
    field('data_type: text').replace('label: Risk', 'label: 0x1F'),
    'unquoted-text@3:36 0x1F',
  ],
  [
    'an API name with a blank',
    field('data_type: text').replace('name: Risk', 'name: My Risk'),
    'api-name-form@3:17 My Risk',
  ],
  [
    'an API name that begins with a digit',
    field('data_type: text').replace('name: Risk', 'name: 1st'),
    'api-name-form@3:17 1st',
  ],
  [
    'an API name with two underscores',
    field('data_type: text').replace('name: Risk', 'name: My__Risk'),
    'api-name-form@3:17 My__Risk',
  ],
  [
    'an API name that ends with an underscore',
    field('data_type: text').replace('name: Risk', 'name: Risk_'),
    'api-name-form@3:17 Risk_',
  ],
  [
    'an API name with accents',
    field('data_type: text').replace('name: Risk', 'name: Größe'),
    'api-name-form@3:17 Größe',
  ],
  [
    'an API name of 51 characters',
    field('data_type: text').replace('name: Risk', `name: ${'a'.repeat(51)}`),
    'api-name-too-long@3:17 aaaaaaaaaaaaaaaaaaaaaaaa…',
  ],
  [
    'a reserved API name',
    field('data_type: text').replace('name: Risk', 'name: name'),
    'reserved-api-name@3:17 name',
  ],
  ['a type of another tool', field('data_type: string'), 'unknown-data-type@3:53 string'],
  ['a type with a typing error', field('data_type: pciklist'), 'unknown-data-type@3:53 pciklist'],
];

const two = (a: string, b: string): string => `module: Deals\nfields:\n  - { ${a} }\n  - { ${b} }\n`;

const acrossFields: readonly Story[] = [
  [
    'one API name for two fields',
    two('api_name: Risk, field_label: A, data_type: text', 'api_name: risk, field_label: B, data_type: text'),
    'duplicate-api-name@4:17 risk',
  ],
  [
    'one label for two fields',
    two('api_name: A, field_label: Risk, data_type: text', 'api_name: B, field_label: RISK, data_type: text'),
    'duplicate-label@4:33 RISK',
  ],
  [
    'the label of a field that exists',
    two(
      'api_name: A, field_label: Risk, data_type: text, create: false',
      'api_name: B, field_label: Risk, data_type: text',
    ),
    'duplicate-label@4:33 Risk',
  ],
  [
    'a third unique field',
    two(
      'api_name: A, field_label: A, data_type: text, unique: true',
      'api_name: B, field_label: B, data_type: email, unique: true',
    ) + '  - { api_name: C, field_label: C, data_type: phone, unique: {case_sensitive: false} }\n',
    'too-many-unique@5:54 unique',
  ],
  [
    'a unique field beside two that exist',
    two(
      'api_name: A, data_type: text, unique: true, create: false',
      'api_name: B, field_label: B, data_type: email, unique: true',
    ) + '  - { api_name: C, data_type: phone, unique: true, create: false }\n',
    'too-many-unique@4:54 unique',
  ],
  [
    'a second auto-number',
    two(
      'api_name: A, field_label: A, data_type: autonumber, auto_number: {start_number: 1}',
      'api_name: B, field_label: B, data_type: autonumber, auto_number: {start_number: 1}',
    ),
    'too-many-autonumbers@4:47 autonumber',
  ],
  [
    'two related lists of one title',
    two(
      'api_name: A, field_label: A, data_type: lookup, lookup: {module: {api_name: Contacts}, display_label: Deals}',
      'api_name: B, field_label: B, data_type: lookup, lookup: {module: {api_name: Contacts}, display_label: deals}',
    ),
    'duplicate-related-list@4:109 deals',
  ],
  [
    'two related lists of one default title, which is only doubtful',
    two(
      'api_name: A, field_label: A, data_type: lookup, lookup: Contacts',
      'api_name: B, field_label: B, data_type: lookup, lookup: Contacts',
    ),
    'duplicate-related-list@4:63 Contacts',
  ],
  [
    'one linking module for two multi-select lookups',
    two(
      'api_name: A, field_label: A, data_type: multiselectlookup, multiselectlookup: {connected_details: {module: {api_name: X}}, linking_details: {module: {plural_label: L}}}',
      'api_name: B, field_label: B, data_type: multiselectlookup, multiselectlookup: {connected_details: {module: {api_name: X}}, linking_details: {module: {plural_label: L}}}',
    ),
    'duplicate-linking-module@4:171 L',
  ],
];

const picklist = (options: string): string => field(`data_type: picklist, pick_list_values: [${options}]`);

const options: readonly Story[] = [
  ['no options', field('data_type: picklist'), 'missing-key@3:5 { api_name: Risk'],
  ['an empty list of options', picklist(''), 'empty-value@3:81 []'],
  [
    'own and global options',
    field('data_type: picklist, pick_list_values: [a], global_picklist: Source'),
    'conflicting-keys@3:86 global_picklist',
  ],
  [
    'a global picklist without a name',
    field('data_type: picklist, global_picklist: {}'),
    'empty-value@3:80 {}',
  ],
  ['the same option twice', picklist('a, b, a'), 'duplicate-option@3:88 a'],
  ['the same option in another case', picklist('Low, LOW'), 'duplicate-option@3:87 LOW'],
  [
    'the same stored value twice',
    picklist('{display_value: a, actual_value: x}, {display_value: b, actual_value: x}'),
    'duplicate-option@3:152 x',
  ],
  ['an option that Zoho adds itself', picklist('-None-, a'), 'none-option@3:82 -None-'],
  ['an empty option', picklist('a, ""'), 'empty-value@3:85 ""'],
  ['an option of blanks', picklist('a, " "'), 'empty-value@3:85 " "'],
  ['an option that ends with a blank, which is only doubtful', picklist('"a "'), 'option-blanks@3:82 "a "'],
  ['an option of two lines', picklist('"a\\nb"'), 'option-line-break@3:82 "a\\nb"'],
  [
    'an option of 121 characters',
    picklist('a'.repeat(121)),
    'option-too-long@3:82 aaaaaaaaaaaaaaaaaaaaaaaa…',
  ],
  ['an option without a text', picklist('{actual_value: a}'), 'missing-key@3:82 {actual_value: a'],
  [
    'a default that is no option, which is only doubtful',
    field('data_type: picklist, pick_list_values: [a], default_value: b'),
    'default-option@3:101 b',
  ],
  [
    'a default that is what people see of an option, which is only doubtful',
    field('data_type: picklist, pick_list_values: [{display_value: B, actual_value: b}], default_value: B'),
    'default-option@3:135 B',
  ],
  ['options as one text', field('data_type: picklist, pick_list_values: "a,b"'), 'wrong-type@3:81 "a,b"'],
];

const relations: readonly Story[] = [
  [
    'a tooltip of 256 characters',
    field(`data_type: text, tooltip: ${'a'.repeat(256)}`),
    'tooltip-too-long@3:68 aaaaaaaaaaaaaaaaaaaaaaaa…',
  ],
  [
    'a text below the field of 36 characters',
    field(`data_type: text, tooltip: {name: static_text, value: ${'a'.repeat(36)}}`),
    'tooltip-too-long@3:95 aaaaaaaaaaaaaaaaaaaaaaaa…',
  ],
  [
    'a text below a picklist',
    field('data_type: picklist, pick_list_values: [a], tooltip: {name: static_text, value: a}'),
    'tooltip-form@3:102 static_text',
  ],
  [
    'a tooltip without its text',
    field('data_type: text, tooltip: {name: info_icon}'),
    'missing-key@3:68 {name: info_icon',
  ],
  [
    'unique with case',
    field('data_type: text, unique: {case_sensitive: true}'),
    'unique-case-sensitive@3:84 true',
  ],
  [
    'unique and encrypted',
    field('data_type: text, unique: true, crypt: {mode: encryption}'),
    'encrypted-unique@3:73 crypt',
  ],
  [
    'external and encrypted',
    field('data_type: text, external: {type: user}, crypt: {mode: encryption}'),
    'encrypted-external@3:83 crypt',
  ],
  [
    'an external field of calls',
    field('data_type: text, external: {type: user, show: true}').replace('Deals', 'Calls'),
    'external-module@3:59 external',
  ],
  [
    'a formula of text in filters',
    field('data_type: formula, formula: {expression: a, return_type: text}, filterable: true'),
    'key-not-for-type@3:107 filterable',
  ],
  ['more decimals than digits', field('data_type: double, length: 3, decimal_place: 3'), 'decimals@3:87 3'],
  ['ten decimals', field('data_type: percent, decimal_place: 10'), 'decimals@3:77 10'],
  ['negative decimals', field('data_type: percent, decimal_place: -1'), 'out-of-range@3:77 -1'],
  [
    'rounding to more than there is',
    field('data_type: currency, currency: {rounding_option: normal, precision: 2}, decimal_place: 2'),
    'precision@3:110 2',
  ],
  [
    'the same beside currency',
    field('data_type: currency, currency: normal, precision: 3, decimal_place: 2'),
    'precision@3:92 3',
  ],
  [
    'two ways of rounding',
    field('data_type: currency, currency: normal, rounding_option: round_up'),
    'conflicting-keys@3:81 rounding_option',
  ],
  [
    'an auto-number of 17 digits',
    field('data_type: autonumber, auto_number: {start_number: "12345678901234567"}'),
    'start-number@3:93 "12345678901234567"',
  ],
  [
    'an auto-number of letters',
    field('data_type: autonumber, auto_number: {start_number: A1}'),
    'start-number@3:93 A1',
  ],
  [
    'a negative auto-number',
    field('data_type: autonumber, auto_number: {start_number: -1}'),
    'out-of-range@3:93 -1',
  ],
  [
    'a long prefix, which is only doubtful',
    field('data_type: autonumber, auto_number: {start_number: 1, prefix: abcdefghijklmnopq}'),
    'long-affix@3:104 abcdefghijklmnopq',
  ],
  [
    'a formula that returns a word',
    field('data_type: formula, formula: {expression: a, return_type: string}'),
    'unknown-value@3:100 string',
  ],
  [
    'a sub-type that does not exist',
    field('data_type: formula, formula: {expression: a, return_type: text, sub_return_type: tiny}'),
    'unknown-value@3:123 tiny',
  ],
  [
    'a roll-up function that does not exist',
    field(
      'data_type: rollup_summary, rollup_summary: {return_type: integer, related_list: {api_name: Notes}, based_on_module: {api_name: Notes}, expression: {function: MEDIAN}}',
    ),
    'unknown-value@3:200 MEDIAN',
  ],
  [
    'a roll-up of nothing',
    field('data_type: rollup_summary, rollup_summary: {}'),
    ...Array.from({ length: 4 }, () => 'missing-key@3:85 {'),
  ],
  [
    'a roll-up that lacks what stands deeper',
    field(
      "data_type: rollup_summary, rollup_summary: {return_type: integer, related_list: {}, based_on_module: {id: '1'}, expression: {function_parameters: [{}]}}",
    ),
    'missing-key@3:122 {',
    "missing-key@3:143 {id: '1'",
    'missing-key@3:166 {function_parameters: [{…',
    'missing-key@3:189 {',
  ],
  [
    'a formula of no type',
    field("data_type: formula, formula: {expression: '${Amount}'}"),
    'formula-type@3:62 formula',
  ],
  [
    'a formula of blanks',
    field("data_type: formula, formula: {return_type: text, expression: ' '}"),
    "empty-value@3:103 ' '",
  ],
  [
    'a formula with brackets that stay open',
    field("data_type: formula, formula: {return_type: double, expression: 'Sqrt(((${Amount})'}"),
    "formula-brackets@3:105 'Sqrt(((${Amount})'",
  ],
  [
    'a formula with a bracket too many',
    field("data_type: formula, formula: {return_type: double, expression: 'Abs(${Amount}))'}"),
    "formula-brackets@3:105 'Abs(${Amount}))'",
  ],
  [
    'a formula whose field is not closed',
    field("data_type: formula, formula: {return_type: double, expression: 'Abs(${Amount)'}"),
    "formula-brackets@3:105 'Abs(${Amount)'",
  ],
  [
    'a condition of a formula with a bracket too many',
    field(
      "data_type: formula, formula: {return_type: double, expression: '1', stop_compute_expression: '1)'}",
    ),
    "formula-brackets@3:135 '1)'",
  ],
  [
    'a bracket beside a text that may not be one, which is only doubtful',
    field(`data_type: formula, formula: {return_type: text, expression: 'Concat("\\"(")'}`),
    `formula-brackets@3:103 'Concat("\\"(")'`,
  ],
  ['external of no kind', field('data_type: text, external: {show: true}'), 'missing-key@3:69 {show: true'],
  [
    'a lookup without its module',
    field('data_type: lookup, lookup: {display_label: X}'),
    'missing-key@3:69 {display_label: X',
  ],
  [
    'a user lookup with a module',
    field('data_type: userlookup, lookup: {module: {api_name: X}}'),
    'key-not-for-type@3:74 module',
  ],
  [
    'a user lookup that names a module',
    field('data_type: userlookup, lookup: Users'),
    'wrong-type@3:73 Users',
  ],
  [
    'a profile that is nobody',
    field('data_type: text, profiles: [{permission_type: hidden}]'),
    'missing-key@3:70 {permission_type: hidden…',
  ],
  [
    'one profile with two permissions',
    field(
      'data_type: text, profiles: [{name: Standard, permission_type: hidden}, {name: standard, permission_type: read_only}]',
    ),
    'duplicate-profile@3:120 standard',
  ],
  [
    'one profile of an id with two permissions',
    field(
      "data_type: text, profiles: [{id: '60', permission_type: hidden}, {id: '60', permission_type: hidden}]",
    ),
    "duplicate-profile@3:112 '60'",
  ],
  [
    'a permission that does not exist',
    field('data_type: text, profiles: {Standard: write}'),
    'unknown-value@3:80 write',
  ],
  [
    'an id that was not copied whole',
    field('data_type: picklist, global_picklist: {id: 60842x}'),
    'bad-id@3:85 60842x',
  ],
  [
    'an id without quotes',
    field('data_type: picklist, global_picklist: {id: 5725767000000000123}'),
    'number-too-large@3:85 5725767000000000123',
  ],
];

describe.each([
  ['the structure of a manifest', structure],
  ['keys', keys],
  ['names and types', names],
  ['options', options],
  ['keys that depend on each other', relations],
  ['fields that depend on each other', acrossFields],
] as const)('%s', (_title, stories) => {
  it.each(stories.map(([story, ...rest]) => [story, rest] as const))('%s', (_story, [text, ...expected]) => {
    expect(markedPlaces(text)).toEqual(expected);
    for (const { message, remedy, frame, file } of load(text).diagnostics) {
      expect(message).toMatch(/[.]$/u);
      expect(remedy).toMatch(/[.?]$|'$/u);
      expect(frame).toMatch(/\^/u);
      expect(file).toBe('fields.yaml');
    }
  });
});

describe('doubts', () => {
  const doubtful = [...names, ...options, ...relations, ...acrossFields].filter(([story]) =>
    story.endsWith('only doubtful'),
  );

  it.each(doubtful)('%s and does not stop anything', (_story, text) => {
    const { manifest, diagnostics } = load(text);
    expect(diagnostics.map((one) => one.severity)).toEqual(['warning']);
    expect(manifest).toBeDefined();
  });
});

describe('limits that Zoho changes per edition', () => {
  const multi = (api_name: string): string =>
    `  - { api_name: ${api_name}, field_label: ${api_name}, data_type: multiselectlookup, multiselectlookup: { connected_details: { module: { api_name: Contacts } } } }\n`;

  it('are doubts: more than two multi-select lookups', () => {
    const text = `module: Deals\nfields:\n${['A', 'B', 'C'].map(multi).join('')}`;
    expect(markedPlaces(text)).toEqual(['many-lookups@5:47 multiselectlookup']);
    expect(load(text).manifest).toBeDefined();
  });

  it('are doubts: more than 500 fields to create', () => {
    const fields = Array.from(
      { length: 501 },
      (_, i) => `  - { api_name: F${i}, field_label: F${i}, data_type: text }\n`,
    );
    const text = `module: Deals\nfields:\n${fields.join('')}`;
    expect(markedPlaces(text)).toEqual(['many-fields@503:7 api_name']);
    expect(load(text.replace('F500, data_type', 'F500, create: false, data_type')).diagnostics).toEqual([]);
  });
});

describe('all problems in one run', () => {
  it('reports a bad field, its neighbours and other documents, in the order of the file', () => {
    const text = [
      'module: Deals',
      'fields:',
      '  - api_name: 1st',
      '    type: text',
      '    field_label: Owner',
      '  - api_name: Second',
      '    field_label: "unclosed',
      '---',
      'module: Leads',
      'fields:',
      '  - api_name: Third_',
      '    field_label: Third',
      '    data_type: url',
    ].join('\n');
    expect(places(text)).toEqual([
      'api-name-form@3:15',
      'unknown-key@4:5',
      'reserved-label@5:18',
      'yaml-unclosed@7:18',
      'api-name-form@11:15',
      'unknown-data-type@13:16',
    ]);
  });

  it('leaves out what only follows from broken YAML', () => {
    const text = [
      'module: 010',
      'fields:',
      '  - api_name: First_',
      '    data_type: text',
      '    field_label: First',
      '  - api_name: Second',
      '    field_label: a: b',
      '  - api_name: Third_',
      '    data_type: text',
      '    field_label: Third',
    ];
    expect(places(text.join('\n'))).toEqual([
      'unquoted-text@1:9',
      'api-name-form@3:15',
      'yaml-syntax@7:18',
      'api-name-form@8:15',
    ]);
    const broken = text.toSpliced(6, 1, ' field_label: b');
    expect(places(broken.join('\n')).filter((one) => !one.startsWith('yaml'))).toEqual([
      'unquoted-text@1:9',
      'api-name-form@3:15',
    ]);
  });

  it('keeps what stands beside a value that only needs quotes', () => {
    const text = 'module: Deals\nfields:\n  - api_name: A_\n    field_label: @home\n    data_type: txt\n';
    expect(places(text)).toEqual([
      'api-name-form@3:15',
      'yaml-syntax@4:18',
      'label-characters@4:18',
      'unknown-data-type@5:16',
    ]);
  });

  it('is bounded', () => {
    const text = `module: Deals\nfields:\n${'  - nonsense\n'.repeat(5000)}`;
    const { diagnostics } = load(text);
    expect(diagnostics).toHaveLength(101);
    expect(diagnostics.at(-1)?.message).toMatch(/^and \d+ more problems$/u);
  });

  it('counts all that it does not show, however many they are', () => {
    const { diagnostics } = load(`module: Deals\nfields: []\n${'module: Deals\n'.repeat(20_000)}`);
    // The empty list is the first of them.
    expect(diagnostics[0]?.code).toBe('empty-value');
    expect(diagnostics.at(-1)?.message).toBe('and 19901 more problems');
  });

  it('says everything in a line or two, whatever the names are', () => {
    const text = `module: ${'x'.repeat(3000)}\nfields: [{api_name: a, data_type: text, create: false, maps_from: Leads.X}]\n`;
    expect(load(text).diagnostics.map((one) => [one.code, one.message.length < 300])).toEqual([
      ['maps-from-module', true],
    ]);
  });
});
