import { isObject, property } from '../../model/json.ts';
import { fieldsIn, isEmpty, isPicklist } from '../ask.ts';
import { hidden, itemsIn, seen } from '../observe.ts';
import { words, type Fact } from './fact.ts';

/** Of the list of fields and what comes with it. */
export const listFacts: readonly Fact[] = [
  {
    id: 'module.case',
    sheet: '2.1',
    about: 'the case of the letters of a module',
    believed: ['counts'],
    domain: words('counts', 'is_ignored'),
    observe: ({ answers }) => {
      const found = answers.get('other_case');
      if (found === undefined || found.status === 429 || found.status >= 500) return hidden('no answer');
      return seen(found.status === 200 && fieldsIn(found.json).length > 0 ? 'is_ignored' : 'counts');
    },
    emulator: 'moduleCase',
  },
  {
    id: 'list.options',
    sheet: '2.2',
    about: "the list's picklists",
    believed: ['with_options'],
    domain: words('with_options', 'without_options'),
    observe: ({ fields, answers }) => {
      const lists = fields.filter((field) => isPicklist(field));
      const withSome = lists.filter((field) => !isEmpty(property(field, 'pick_list_values')));
      const single = itemsIn(answers.get('single'), 'fields').find((field) => isPicklist(field));
      if (lists.length > 0 && withSome.length === lists.length) return seen('with_options');
      // One empty list proves nothing: a picklist may have lost its options. The single read tells.
      const lacks = single !== undefined && !isEmpty(property(single, 'pick_list_values'));
      if (lacks) return seen('without_options');
      return withSome.length > 0 ? seen('with_options') : hidden('none there');
    },
    emulator: 'listOmitsPicklistValues',
  },
  {
    id: 'list.info',
    sheet: '2.2',
    about: 'the list of fields comes with info about pages',
    believed: ['absent'],
    domain: words('absent', 'present'),
    observe: ({ list }) =>
      seen(isObject(list.json) && isObject(property(list.json, 'info')) ? 'present' : 'absent'),
    emulator: 'profile',
  },
  {
    id: 'list.layouts',
    sheet: '2.3',
    about: 'fields of the list name their layouts',
    believed: ['present'],
    domain: words('present', 'absent'),
    observe: ({ fields }) =>
      seen(
        fields.some((field) => property(field, 'layout_associations') !== undefined) ? 'present' : 'absent',
      ),
    emulator: 'profile',
  },
  {
    id: 'list.unused',
    sheet: '2.2',
    about: 'unused fields in the list of type=all',
    believed: ['listed'],
    domain: words('listed', 'left_out'),
    observe: ({ fields, answers }) => {
      const unused = itemsIn(answers.get('unused'), 'fields');
      if (unused.length === 0) return hidden('none there');
      const all = new Set(fields.map((field) => property(field, 'id')));
      return seen(unused.every((field) => all.has(property(field, 'id'))) ? 'listed' : 'left_out');
    },
  },
  {
    id: 'header.token_reset',
    sheet: '6',
    about: 'the header X-ACCESSTOKEN-RESET',
    believed: ['present'],
    domain: words('present', 'absent'),
    observe: ({ list }) => seen(list.limits.includes('x-accesstoken-reset') ? 'present' : 'absent'),
    emulator: 'profile',
  },
  {
    id: 'header.rate_limit',
    sheet: '6',
    about: 'headers X-RATELIMIT',
    believed: ['absent'],
    domain: words('absent', 'present'),
    observe: ({ list }) =>
      seen(list.limits.some((name) => name.startsWith('x-ratelimit')) ? 'present' : 'absent'),
    emulator: 'profile',
  },
  {
    id: 'header.credits',
    sheet: '6',
    about: 'the header X-API-CREDITS-REMAINING, which comes once half of them are used',
    believed: ['absent', 'present'],
    domain: words('absent', 'present'),
    observe: ({ list }) => seen(list.limits.includes('x-api-credits-remaining') ? 'present' : 'absent'),
    emulator: 'profile',
  },
];
