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
