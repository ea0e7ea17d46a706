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
