import { describe, expect, it } from 'vitest';
import { loadManifest } from '../../../src/manifest/load.ts';

const BROKEN = `module: Deals
fields:
  - api_nam: A
    data_type: txt
  - api_name: B!
    field_label: B
    data_type: picklist
  - api_name: C
    field_label: "C#"
    data_type: text
    length: many
  - api_name: C
    field_label: C again
    data_type: text
    lenght: 5
`;

const told = (text: string): readonly string[] =>
  loadManifest({ path: 'fields.yaml', bytes: new TextEncoder().encode(text) }).diagnostics.map(
    ({ code, line, column, message }) => `${line}:${column} ${code} ${message}`,
  );

describe('a top-level key that is misspelt hides nothing of what stands under it', () => {
  const all = told(BROKEN);

  it.for([
    ['fields', 'fieldz'],
    ['fields', 'Fields'],
    ['module', 'modole'],
    ['module', 'Module'],
    ['module', 'modules'],
    ['module', 'module_name'],
    ['fields', 'columns'],
  ])('%s as %s', ([right, typed]) => {
    const now = told(BROKEN.replace(`${right}:`, `${typed}:`));
    expect(all.length).toBeGreaterThan(5);
    expect(now.filter((one) => !all.includes(one))).toEqual([
      expect.stringContaining(`unknown-key "${typed}" is not a key of a manifest.`),
    ]);
    expect(all.filter((one) => !now.includes(one))).toEqual([]);
  });

  it('both at once, and in the second document', () => {
    const slips = BROKEN.replace('module:', 'modul:').replace('fields:', 'field:');
    expect(told(slips).filter((one) => one.includes('not a key of a manifest'))).toHaveLength(2);
    expect(told(slips)).toHaveLength(all.length + 2);
    const second = told(`module: Leads\nfields: []\n---\n${slips.replace('Deals', 'Contacts')}`);
    expect(second.length).toBeGreaterThanOrEqual(all.length + 2);
  });

  it('but takes no place of a key that is there', () => {
    const twice = told(`${BROKEN}field:\n  - nonsense\n`);
    expect(twice).toHaveLength(all.length + 1);
  });
});

describe('a key of a field that is misspelt hides nothing of that field', () => {
  const WRONG = `module: Deals
fields:
  - api_name: B!
    field_label: "B#"
    data_type: picklist
  - api_name: C
    field_label: C
    data_type: text
    length: many
  - api_name: C
    field_label: C again
    data_type: txt
`;
  const all = told(WRONG);

  it.for([
    ['field_label: "B#"', 'field_labl: "B#"'],
    ['api_name: B!', 'api_nam: B!'],
    ['data_type: picklist', 'data_typ: picklist'],
    ['data_type: txt', 'type: txt'],
    ['length: many', 'lenght: many'],
    ['length: many', 'max_length: many'],
  ] as const)('%s as %s', ([right, typed]) => {
    const now = told(WRONG.replace(right, typed));
    const plain = (one: string): string => one.replace(/^\d+:\d+ /u, '');
    expect(all.length).toBeGreaterThan(4);
    const more = now.map(plain).filter((one) => !all.map(plain).includes(one));
    expect(more).toEqual([`unknown-key "${typed.split(':')[0]}" is not a key of a field.`]);
    expect(now).toHaveLength(all.length + 1);
  });

  it('but takes no place of a key that is there', () => {
    const twice = told(WRONG.replace('data_type: picklist', 'data_type: picklist\n    type: text'));
    expect(twice).toHaveLength(all.length + 1);
  });
});

describe('a key below a field that is misspelt hides nothing of what stands under it, however deep', () => {
  const DEEP = `module: Deals
fields:
  - api_name: A
    field_label: A
    data_type: lookup
    lookup: {module: {api_name: 5}, display_label: 6}
  - api_name: B
    field_label: B
    data_type: picklist
    pick_list_values:
      - {display_value: x, colour_code: 7}
  - api_name: C
    field_label: C
    data_type: rollup_summary
    rollup_summary:
      return_type: lots
      expression: {function: MANY, function_parameters: [{api_name: 8}]}
      based_on_module: {api_name: 9}
      related_list: {api_name: R}
  - api_name: D
    field_label: D
    data_type: text
    tooltip: {name: odd, value: 3}
`;
  const KEYS =
    'lookup module display_label pick_list_values display_value colour_code rollup_summary return_type expression function function_parameters based_on_module related_list tooltip value'.split(
      ' ',
    );
  const plain = (one: string): string => one.replace(/^\d+:\d+ /u, '');
  const all = told(DEEP).map(plain);

  it.for(KEYS)('%s', (key) => {
    // The last letter left out, at the last place where it is a key.
    const at = [...DEEP.matchAll(new RegExp(`\\b${key}:`, 'gu'))].at(-1)?.index ?? 0;
    const typed = key.slice(0, -1);
    const now = told(`${DEEP.slice(0, at)}${typed}${DEEP.slice(at + key.length)}`).map(plain);
    expect(all.length).toBeGreaterThan(8);
    expect(all.filter((one) => !now.includes(one))).toEqual([]);
    expect(now.filter((one) => !all.includes(one))).toEqual([
      expect.stringMatching(new RegExp(`^unknown-key "${typed}" is not a key of `)),
    ]);
  });

  it('all at once, each told with the key that was meant', () => {
    const slips = KEYS.reduce((text, key) => text.replaceAll(`${key}:`, `${key.slice(0, -1)}:`), DEEP);
    const now = told(slips).map(plain);
    expect(all.filter((one) => !now.includes(one))).toEqual([]);
    expect(now.filter((one) => one.includes('unknown-key')).length).toBeGreaterThanOrEqual(KEYS.length);
  });
});

describe('fields that are no list hide nothing of what is in them', () => {
  const all = told(BROKEN);

  it('as a mapping by their names', () => {
    const named = BROKEN.replace('  - api_nam: A\n', '  A:\n')
      .replace('  - api_name: B!\n', '  B!:\n')
      .replace('  - api_name: C\n', '  C:\n')
      .replace('  - api_name: C\n', '  E:\n    api_name: C\n');
    const now = told(named);
    expect(now[0]).toBe('3:3 wrong-type "fields" must be a list, not a mapping.');
    const plain = (one: string): string => one.replace(/^\d+:\d+ /u, '');
    const lost = all.map(plain).filter((one) => !now.map(plain).includes(one));
    // The key that was misspelt there is not written here.
    expect(lost).toEqual([expect.stringContaining('"api_nam"')]);
  });

  it('as one field without its dash, under a misspelt key too', () => {
    for (const key of ['fields', 'field', 'columns']) {
      const now = told(`module: Deals\n${key}:\n  api_name: A!\n  field_label: A\n  data_typ: txt\n`);
      for (const code of ['wrong-type', 'api-name-form', 'unknown-key "data_typ"', 'unknown-data-type'])
        expect(now.join('\n')).toContain(code);
    }
  });

  it('but a mapping in which nothing looks like a field is only that', () => {
    for (const text of ['fields: {}', 'fields: {A: text}'])
      expect(told(`module: Deals\n${text}\n`)).toEqual([
        expect.stringContaining('wrong-type "fields" must be a list, not a mapping.'),
      ]);
  });
});
