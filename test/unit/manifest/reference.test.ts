import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { manifestReference } from '../../../scripts/manifest-reference.ts';
import { fieldKeys } from '../../../src/manifest/schema/keys.ts';
import { dataTypes } from '../../../src/model/data-types.ts';

const page = readFileSync(new URL('../../../docs/manifest.md', import.meta.url), 'utf8');

describe('the reference of the manifest', () => {
  it('is what the schema says: `npx tsx scripts/manifest-reference.ts` writes it', () => {
    expect(page.slice(page.indexOf('<!-- From here on'))).toBe(manifestReference());
  });

  it('has every data type, and every key under a heading of its own', () => {
    expect(dataTypes.filter(({ name }) => !page.includes(`\`${name}\``))).toEqual([]);
    const headings = [...page.matchAll(/^### `(\w+)`$/gmu)].map(([, key]) => key);
    expect(headings).toEqual(Object.keys(fieldKeys));
  });

  it('says of a type how long it is and what it needs, and of a key what it may hold', () => {
    expect(page).toMatch(/^\| `textarea` \| Multi-Line \| 2000, 32000 or 50000 \| `textarea` \|/mu);
    expect(page).toMatch(/^\| `picklist` \| Pick List \| {2}\| `pick_list_values` or `global_picklist` \|/mu);
    expect(page).toContain('- Value: a text of at most 255 characters, or an object.');
  });
});
