import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/model/json.ts';
import { toRefusal } from '../../../src/zoho/field-errors.ts';

const refused = (details: JsonObject, message = 'words') =>
  toRefusal({ code: 'INVALID_DATA', message, details });

describe('why Zoho refuses a field', () => {
  it('is told with its code, its words and what to do', () => {
    expect(refused({})).toStrictEqual({
      code: 'INVALID_DATA',
      message: 'words',
      remedy: 'Correct the value that Zoho names in the manifest.',
    });
    expect(refused({}, '').message).toBe('no explanation given');
    expect(refused({}, 'x'.repeat(600)).message).toBe('x'.repeat(500));
  });

  it('is about the key that it names, or else about the last one of its path', () => {
    expect(refused({ api_name: 'length', json_path: '$.fields[0].tooltip' })).toMatchObject({
      key: 'length',
      remedy: 'Correct "length" in the manifest.',
    });
    expect(refused({ api_name: '', json_path: '$.fields[0].tooltip' }).key).toBe('tooltip');
    expect(refused({ api_name: 7, json_path: '$.fields[0].lookup.display_label' }).key).toBe('display_label');
    expect(refused({ json_path: '$.fields[0].a2_B' }).key).toBe('a2_B');
  });

  it.each(['$.fields[0]', '$.fields[0].2x', '$.fields[0].x-', 'length', '', 7, null, ['.length']])(
    'is about no key in the path %j',
    (json_path) => {
      expect(refused({ json_path })).not.toHaveProperty('key');
    },
  );

  it.each([
    ['$.fields[2].lookup', 2],
    ['fields[3]', 3],
    ['.fields[4]', 4],
    ['$.fields[1234]', 1234],
  ])('is about the field that the path %s counts', (json_path, item) => {
    expect(refused({ json_path }).item).toBe(item);
  });

  it.each([
    '$.fields',
    '$.fields[]',
    '$.fields[12345]',
    '$.fields[x]',
    '$.fields[2',
    'x.fields[2]',
    '$$.fields[2]',
    ['$.fields[2].x'],
    7,
  ])('is about no field in the path %j', (json_path) => {
    expect(refused({ json_path })).not.toHaveProperty('item');
  });

  it.each<[string, readonly (string | number)[]]>([
    ['$.fields[0].api_name', ['api_name']],
    ['$.fields[2].lookup.module.api_name', ['lookup', 'module', 'api_name']],
    ['$.fields[0].pick_list_values[1].display_value', ['pick_list_values', 1, 'display_value']],
    ['$.fields[0]', []],
  ])('points into the field, from %s on', (json_path, path) => {
    expect(refused({ json_path }).path).toEqual(path);
  });

  it.each(['$.fields[0].2x', '$.fields[0]..x', "$.fields[0]['x']", '$.fields[0].x y', '$.fields[0].x\n'])(
    'points to a field but not into it where the path is odd: %j',
    (json_path) => {
      expect(refused({ json_path }).item).toBe(0);
      expect(refused({ json_path })).not.toHaveProperty('path');
    },
  );

  it('is about the first field that a list or a dependee tells, where the error itself tells none', () => {
    const at = (item: number) => ({ json_path: `$.fields[${item}].length` });
    expect(refused({ dependee: at(1) }).item).toBe(1);
    expect(refused({ ambiguity_due_to: [{ api_name: 'x' }, at(2), at(3)] }).item).toBe(2);
    expect(refused({ limit_due_to: ['odd', null, at(3)] }).item).toBe(3);
    expect(refused({ expected_fields: [at(4)] }).item).toBe(4);
    expect(refused({ expected_fields: [at(4)], dependee: at(1) }).item).toBe(1);
    expect(refused({ json_path: '$.fields[0].x', dependee: at(1) }).item).toBe(0);
    expect(refused({ something_else: at(5) })).not.toHaveProperty('item');
  });

  it.each<[JsonObject, string]>([
    [{ limit: 10 }, 'limit 10'],
    [{ maximum_length: 25 }, 'at most 25'],
    [{ minimum_length: '1' }, 'at least 1'],
    [{ range: { from: 1, to: 16 } }, 'range 1 to 16'],
    [{ supported_values: ['a', 2] }, 'supported: "a", 2'],
    [{ allowed_values: [{ x: 1 }] }, 'allowed: {"x":1}'],
    [{ expected_data_type: 'jsonarray' }, 'expected type jsonarray'],
    [{ maximum_length: 25, limit: 10 }, 'limit 10; at most 25'],
    [{ limit: 'x'.repeat(400) }, `limit ${'x'.repeat(294)}`],
    [{ limit: 0 }, 'limit 0'],
  ])('comes with the facts %j', (details, facts) => {
    expect(refused(details).facts).toBe(facts);
  });

  it('comes without facts where there are none', () => {
    expect(refused({ limit: null, other: 1 })).not.toHaveProperty('facts');
  });

  it.each([0, 7, 500])('comes with the limit %j as a number', (limit) => {
    expect(refused({ limit }).limit).toBe(limit);
  });

  it.each([-1, 2.5, '3', 2 ** 60, null])('comes with no limit where it says %j', (limit) => {
    expect(refused({ limit })).not.toHaveProperty('limit');
  });

  it('points to places with more than nine before them', () => {
    expect(refused({ json_path: '$.fields[0].pick_list_values[123].display_value' }).path).toEqual([
      'pick_list_values',
      123,
      'display_value',
    ]);
  });

  it.each<[string, JsonObject, RegExp]>([
    ['INVALID_DATA', { json_path: '$.fields[0].field_label' }, /^Use only letters/u],
    ['INVALID_DATA', { json_path: '$.fields[0].lookup.module.api_name' }, /API name of a module/u],
    ['INVALID_DATA', { json_path: '$.fields[0].lookup.module.id' }, /API name of a module/u],
    ['INVALID_DATA', { json_path: '$.fields[0].module.api_name' }, /API name of a module/u],
    ['INVALID_DATA', { json_path: '$.fields[0].module.api_name_2' }, /^Correct that value/u],
    ['INVALID_DATA', { json_path: '$.fields[0].pick_list_values[1].display_value' }, /^Correct that option/u],
    ['INVALID_DATA', { json_path: '$.fields[0].pick_list_values[1]' }, /^Correct that option/u],
    ['INVALID_DATA', { json_path: '$.fields[0].old_pick_list_values' }, /^Correct "old_pick_list_values"/u],
    ['INVALID_DATA', { json_path: '$.fields[0].lookup.display_label' }, /^Correct that value/u],
    // A key that is named beside the path is believed by itself.
    ['INVALID_DATA', { api_name: 'length', json_path: '$.fields[0].lookup.module' }, /^Correct "length"/u],
    ['INVALID_DATA', { json_path: '$.fields[0]' }, /^Correct the value that Zoho names/u],
    ['DUPLICATE_DATA', { json_path: '$.fields[0].api_name' }, /^The API name is taken/u],
    [
      'DUPLICATE_DATA',
      { json_path: '$.fields[0].pick_list_values[3].actual_value' },
      /option is there twice/u,
    ],
    ['DUPLICATE_DATA', { json_path: '$.fields[0].lookup.display_label' }, /related list of that title/u],
    ['DUPLICATE_DATA', { api_name: 'display_label' }, /related list of that title/u],
    ['DUPLICATE_DATA', { api_name: 'display_labels' }, /^The label or an option is taken/u],
    ['DUPLICATE_DATA', {}, /^The label or an option is taken/u],
    ['PROPERTY_LOCKED', {}, /^Zoho has locked/u],
    ['SOMETHING_NEW', {}, /^Correct in the manifest what Zoho names/u],
  ])('says for %s at %j what to do', (code, details, words) => {
    expect(toRefusal({ code, message: 'words', details }).remedy).toMatch(words);
  });
});
