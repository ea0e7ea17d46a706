import { describe, expect, it } from 'vitest';
import { creatableTypes, dataTypes, textareaLengths, typeAliases } from '../../../src/model/data-types.ts';
import { fieldKeys } from '../../../src/manifest/schema/keys.ts';
import { load, manifestOf, onlyField, place, sampleOf, smallestField } from './support.ts';

const names = ['api_name', 'field_label', 'data_type', 'create', 'description', 'maps_from'];
const keys = Object.keys(fieldKeys).filter((key) => !names.includes(key));

describe.each(creatableTypes.map((type) => [type.name, type] as const))(
  'a field of type %s',
  (_name, type) => {
    it('needs no more than the mandatory keys', () => {
      expect(load(manifestOf(smallestField(type))).diagnostics).toEqual([]);
    });

    it.each(type.mandatory)('needs %s', (key) => {
      const { [key]: _left, ...field } = smallestField(type);
      const { diagnostics } = load(manifestOf(field));
      expect(diagnostics.map((one) => one.code)).toEqual(['missing-key']);
      expect(diagnostics[0]?.message).toContain(`"${key}"`);
    });

    it.each(type.keys)('takes %s in the shape of Zoho', (key) => {
      const smallest = smallestField(type);
      const field = { ...smallest, [key]: sampleOf(key, type) };
      if (key === 'global_picklist') delete (field as Record<string, unknown>)['pick_list_values'];
      expect(load(manifestOf(field)).diagnostics).toEqual([]);
    });

    it.each(keys.filter((key) => !type.keys.includes(key)))('refuses %s', (key) => {
      const owner = creatableTypes.find((other) => other.keys.includes(key));
      if (!owner) throw new Error(`no type has ${key}`);
      const { diagnostics } = load(manifestOf({ ...smallestField(type), [key]: sampleOf(key, owner) }));
      expect(diagnostics.map((one) => one.code)).toContain('key-not-for-type');
    });

    it('stands for itself when someone else created it, with any length and nothing else', () => {
      const field = { api_name: 'Risk', data_type: type.name, create: false, length: 123456 };
      expect(load(manifestOf(field)).diagnostics).toEqual([]);
    });

    it('can have a tooltip in each form that Zoho has for it, and in no other', () => {
      for (const name of ['info_icon', 'static_text'] as const) {
        const { diagnostics } = load(
          manifestOf({ ...smallestField(type), tooltip: { name, value: 'Help' } }),
        );
        expect(diagnostics.map((one) => one.code)).toEqual(
          type.tooltips.includes(name) ? [] : ['tooltip-form'],
        );
      }
    });
  },
);

describe('lengths', () => {
  const bounded = creatableTypes.flatMap(({ name, length }) =>
    length && !('oneOf' in length) ? [{ name, ...length }] : [],
  );

  it.each(bounded)('$name takes $min to $max', ({ name, min, max }) => {
    const type = creatableTypes.find((one) => one.name === name);
    if (!type) throw new Error(name);
    const codes = (length: number) =>
      load(manifestOf({ ...smallestField(type), length })).diagnostics.map((one) => one.code);
    expect([codes(min), codes(max)]).toEqual([[], []]);
    expect([codes(min - 1), codes(max + 1)]).toEqual([['length-out-of-range'], ['length-out-of-range']]);
  });

  it('of file uploads are one file or five', () => {
    const codes = (length: number) =>
      load(manifestOf({ api_name: 'F', field_label: 'F', data_type: 'fileupload', length })).diagnostics.map(
        (one) => one.code,
      );
    expect([1, 2, 3, 4, 5, 6].map((length) => codes(length).length)).toEqual([0, 1, 1, 1, 0, 1]);
  });

  it('of text areas follow from their kind', () => {
    for (const [kind, right] of Object.entries(textareaLengths)) {
      for (const length of Object.values(textareaLengths)) {
        const field = {
          api_name: 'T',
          field_label: 'T',
          data_type: 'textarea',
          textarea: { type: kind },
          length,
        };
        const codes = load(manifestOf(field)).diagnostics.map((one) => one.code);
        expect(codes).toEqual(length === right ? [] : ['textarea-length']);
      }
    }
  });

  it('are not invented where the manifest has none', () => {
    expect(onlyField(manifestOf(smallestField(creatableTypes[1] ?? creatableTypes[0]!))).declared).toEqual({
      textarea: { type: 'small' },
    });
  });
});

describe('types that cannot be created', () => {
  const others = dataTypes.filter((type) => !type.creatable);

  it.each(others.map((type) => type.name))('%s may be declared with create: false only', (data_type) => {
    const field = { api_name: 'Risk', field_label: 'Risk', data_type };
    expect(load(manifestOf(field)).diagnostics.map(place)[0]).toMatch(/^type-not-creatable@1:/u);
    expect(load(manifestOf({ ...field, create: false })).diagnostics).toEqual([]);
  });

  it('include ones that nobody has heard of, which only live metadata can judge', () => {
    const field = { api_name: 'Risk', data_type: 'hologram', create: false };
    expect(load(manifestOf(field)).diagnostics).toEqual([]);
  });

  it.each(Object.entries(typeAliases))('%s is explained as %s', (habit, data_type) => {
    const { diagnostics } = load(manifestOf({ api_name: 'Risk', field_label: 'Risk', data_type: habit }));
    expect(diagnostics.map((one) => one.code)).toEqual(['unknown-data-type']);
    expect(diagnostics[0]?.remedy).toContain(`"data_type: ${data_type}"`);
  });
});
