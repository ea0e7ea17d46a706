import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateValidator } from '../../../scripts/generate-validator.ts';
import { fieldKeys } from '../../../src/manifest/schema/keys.ts';
import { manifestSchema } from '../../../src/manifest/schema/schema.ts';
import type { RawField } from '../../../src/manifest/schema/schema.ts';
import type { Json } from '../../../src/model/json.ts';
import { creatableTypes } from '../../../src/model/data-types.ts';
import { load, manifestOf, sampleOf, smallestField } from './support.ts';

const options = { strict: false, allErrors: true } as const;
const asEditorsDo = new Ajv(options).compile(manifestSchema);

describe('the published schema', () => {
  it('is a schema of draft-07, and means the same in 2020-12', () => {
    expect(new Ajv(options).validateSchema(manifestSchema)).toBe(true);
    const { $schema: _draft, ...schema } = manifestSchema;
    const asNewTools = new Ajv2020(options).compile(schema);
    for (const type of creatableTypes) {
      const document = { module: 'Deals', fields: [smallestField(type)] };
      expect([type.name, asEditorsDo(document), asNewTools(document)]).toEqual([type.name, true, true]);
      const broken = { module: 'Deals', fields: [{ ...smallestField(type), length: 0, nonsense: 1 }] };
      expect([asEditorsDo(broken), asNewTools(broken)]).toEqual([false, false]);
    }
  });

  it('tells people on hover what a key is', () => {
    for (const [key, schema] of Object.entries(fieldKeys)) {
      expect([key, 'description' in schema ? schema.description : '']).toEqual([
        key,
        expect.stringMatching(/\w.*[.]$/u),
      ]);
    }
  });

  it('has every key that the table of data types names, and no other', () => {
    const named = new Set([
      'api_name',
      'field_label',
      'data_type',
      'create',
      'description',
      'maps_from',
      ...creatableTypes.flatMap((type) => type.keys),
    ]);
    expect(Object.keys(fieldKeys).sort()).toEqual([...named].sort());
  });

  it('gives TypeScript the shape of what people write', () => {
    const field: RawField = {
      api_name: 'a',
      data_type: 'text',
      tooltip: 'Help',
      profiles: { Standard: 'hidden' },
    };
    // @ts-expect-error a tooltip is no number
    const wrong: RawField = { api_name: 'a', data_type: 'text', tooltip: 5 };
    expect([field, wrong]).toHaveLength(2);
  });
});

describe('schema and rules agree', () => {
  it('on every key of every type: what is loaded is what editors accept', () => {
    const keys = [...new Set(creatableTypes.flatMap((type) => type.keys))];
    for (const type of creatableTypes) {
      for (const key of keys) {
        // The length of a text area depends on its kind, which only a rule knows.
        if (key === 'length' && type.name === 'textarea') continue;
        const owner = type.keys.includes(key)
          ? type
          : creatableTypes.find((other) => other.keys.includes(key));
        const field = { ...smallestField(type), [key]: sampleOf(key, owner ?? type) };
        const isAccepted = asEditorsDo({ module: 'Deals', fields: [field] });
        expect([type.name, key, load(manifestOf(field)).manifest !== undefined]).toEqual([
          type.name,
          key,
          isAccepted,
        ]);
      }
    }
  });

  it('on values that machines find: what editors refuse is never loaded', () => {
    const value = fc.constantFrom<Json>(
      null,
      true,
      -1,
      0,
      5,
      300,
      1.5,
      '',
      'text',
      'a'.repeat(130),
      [],
      ['a'],
      {},
      { type: 'x' },
      { name: 'info_icon', value: 'x' },
    );
    const key = fc.constantFrom(...Object.keys(fieldKeys), 'nonsense');
    fc.assert(
      fc.property(
        fc.constantFrom(...creatableTypes),
        fc.dictionary(key, value, { maxKeys: 3 }),
        (type, extra) => {
          const field = { ...smallestField(type), ...extra };
          const isLoaded = load(manifestOf(field)).manifest !== undefined;
          expect(isLoaded && !asEditorsDo({ module: 'Deals', fields: [field] })).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the generated validator', () => {
  it('is the one that the schema gives now', () => {
    const file = readFileSync(new URL('../../../src/manifest/validate.gen.js', import.meta.url), 'utf8');
    expect(file).toBe(generateValidator());
  });

  it('needs nothing at run time', () => {
    expect(generateValidator()).not.toMatch(/\brequire\(|^import /mu);
  });
});
