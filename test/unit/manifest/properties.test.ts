import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataType } from '../../../src/model/data-types.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import { creatableTypes } from '../../../src/model/data-types.ts';
import { load, manifestOf, sampleOf, smallestField } from './support.ts';

/** Laws that hold for every manifest, found or broken by machine. */

const anyType = fc.constantFrom(...creatableTypes);

/** Keys that two fields of a module cannot have with the same sample, or one field beside another key. */
const onceOnly = ['unique', 'global_picklist', 'multiselectlookup', 'lookup'];

/** A valid field of any type with any of its keys; picklists have one source of options. */
const validField = (api_name: string): fc.Arbitrary<JsonObject> =>
  anyType.chain((type: DataType) =>
    fc.subarray(type.keys.filter((key) => !onceOnly.includes(key))).map((keys) => {
      const field = {
        ...smallestField(type, api_name),
        ...Object.fromEntries(keys.map((key) => [key, sampleOf(key, type)])),
      };
      const isLimited = ['autonumber', 'lookup', 'multiselectlookup'].includes(type.name);
      return isLimited ? { ...field, create: false } : field;
    }),
  );

const validFields = fc
  .integer({ min: 1, max: 6 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => validField(`Field_${index}`))));

describe('valid manifests of every type and key', () => {
  it('are loaded, with all fields in their order', () => {
    fc.assert(
      fc.property(validFields, (fields) => {
        const { manifest, diagnostics } = load(manifestOf(...fields));
        expect(diagnostics.filter((one) => one.severity === 'error')).toEqual([]);
        expect(manifest?.modules[0]?.fields.map((field) => field.api_name)).toEqual(
          fields.map((field) => field['api_name']),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('mean the same in any order of keys', () => {
    fc.assert(
      fc.property(anyType, fc.infiniteStream(fc.nat()), (type, order) => {
        const field = { ...smallestField(type), tooltip: 'Help' };
        const shuffled = Object.entries(field)
          .map((entry) => [order.next().value ?? 0, entry] as const)
          .toSorted(([a], [b]) => a - b)
          .map(([, entry]) => entry);
        const again = load(manifestOf(Object.fromEntries(shuffled))).manifest?.modules;
        expect(again?.map(({ fields }) => fields.map(({ column: _column, ...rest }) => rest))).toEqual(
          load(manifestOf(field)).manifest?.modules.map(({ fields }) =>
            fields.map(({ column: _column, ...rest }) => rest),
          ),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('have as many problems as their fields have, whatever the order of the fields', () => {
    const broken: readonly JsonObject[] = [
      { api_name: 'A_', field_label: 'A', data_type: 'text' },
      { api_name: 'B', field_label: 'B', data_type: 'string' },
      { api_name: 'C', field_label: 'C', data_type: 'text', length: 0, unknown: 1 },
      { api_name: 'D', field_label: 'Notes', data_type: 'text' },
    ];
    const codes = (fields: readonly JsonObject[]) =>
      load(manifestOf(...fields))
        .diagnostics.map((one) => one.code)
        .sort();
    fc.assert(
      fc.property(fc.shuffledSubarray([...broken], { minLength: 4 }), (fields) => {
        expect(codes(fields)).toEqual(codes(broken));
      }),
      { numRuns: 20 },
    );
  });
});
