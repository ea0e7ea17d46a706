import { type Question, isEmpty, itemsIn, isPicklist } from '../ask.ts';
import { fact, answerTo, deniedBy, hidden, readingOf, ANSWER, type Fact, seen, words } from './fact.ts';
import { isObject, property } from '../../model/json.ts';

/** An answer to a question that is wrong on purpose, or of which there is nothing to tell. */
function answer(
  question: Question,
  sheet: string,
  about: string,
  believed: Fact['believed'],
  emulator = 'profile',
): Fact {
  return fact(`answer.${question}`, sheet, about, believed, {
    domain: ANSWER,
    observe: readingOf(question, KEY_OF[question] ?? 'fields'),
    emulator,
  });
}

/** A list of what nobody has made: an empty one is told in a way of its own. */
function none(question: Question, key: string, sheet: string, about: string): Fact {
  const observe = readingOf(question, key);
  return fact(`answer.no_${question}`, sheet, about, ['204'], {
    domain: ANSWER,
    observe: (all) =>
      itemsIn(all.answers.get(question), key).length > 0 ? hidden('none there') : observe(all),
    emulator: 'profile',
  });
}

/** Under which key the list stands that a question is answered with. */
const KEY_OF: Readonly<Record<string, string>> = {
  options: 'pick_list_values',
  no_options: 'pick_list_values',
  modules: 'modules',
  profiles: 'profiles',
  layouts: 'layouts',
};

/** Of envelopes and status codes. */
export const answerFacts: readonly Fact[] = [
  fact(
    'answer.missing_scope',
    '5.1',
    'the answer where the token lacks a scope',
    ['401 OAUTH_SCOPE_MISMATCH'],
    {
      domain: ANSWER,
      observe: (all) => {
        const org = all.answers.get('organisation');
        if (org === undefined) return hidden('no answer');
        return deniedBy(org) === 'scope' ? answerTo('organisation', 'org')(all) : hidden('none there');
      },
      emulator: 'scopeMismatchStatus',
    },
  ),
  answer('missing_module', '2.5', 'the answer without a module', ['400 REQUIRED_PARAM_MISSING']),
  answer('unknown_module', '2.5', 'the answer for an unknown module', ['400 INVALID_MODULE']),
  answer('unknown_id', '2.5', 'the answer for the id of no field', ['400 INVALID_DATA'], 'unknownFieldId'),
  answer('unknown_type', '2.1', 'the answer for an unknown type of list', ['400 INVALID_DATA']),
  answer('unknown_path', '5.1', 'the answer for an unknown path', ['404 INVALID_URL_PATTERN'], 'unknownPath'),
  answer('wrong_version', '5.1', 'the answer for a version that is none', ['404 INVALID_URL_PATTERN']),
  none('unused', 'fields', '2.2', 'the list of unused fields, where there are none'),
  answer('options', '10.5', 'the options of a picklist', ['200']),
  answer('no_options', '10.5', 'the options of a text field', ['204']),
  answer('modules', '10.1', 'the list of modules', ['200']),
  answer('profiles', '10.2', 'the list of profiles', ['200']),
  none('global_picklists', 'global_picklists', '10.3', 'the list of global sets, where there are none'),
  answer('layouts', '10.6', 'the list of layouts', ['200']),
];

/** Of the list of fields and what comes with it. */
export const listFacts: readonly Fact[] = [
  fact('module.case', '2.1', 'the case of the letters of a module', ['counts'], {
    domain: words('counts', 'is_ignored'),
    observe: ({ answers }) => {
      const found = answers.get('other_case');
      if (found === undefined || found.status === 429 || found.status >= 500) return hidden('no answer');
      return seen(found.status === 200 && itemsIn(found, 'fields').length > 0 ? 'is_ignored' : 'counts');
    },
    emulator: 'moduleCase',
  }),
  fact('list.options', '2.2', "the list's picklists", ['with_options'], {
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
  }),
  fact('list.info', '2.2', 'the list of fields comes with info about pages', ['absent'], {
    domain: words('absent', 'present'),
    observe: ({ list }) =>
      seen(isObject(list.json) && isObject(property(list.json, 'info')) ? 'present' : 'absent'),
    emulator: 'profile',
  }),
  fact('list.layouts', '2.3', 'fields of the list name their layouts', ['present'], {
    domain: words('present', 'absent'),
    observe: ({ fields }) =>
      seen(
        fields.some((field) => property(field, 'layout_associations') !== undefined) ? 'present' : 'absent',
      ),
    emulator: 'profile',
  }),
  fact('list.unused', '2.2', 'unused fields in the list of type=all', ['listed'], {
    domain: words('listed', 'left_out'),
    observe: ({ fields, answers }) => {
      const unused = itemsIn(answers.get('unused'), 'fields');
      if (unused.length === 0) return hidden('none there');
      const all = new Set(fields.map((field) => property(field, 'id')));
      return seen(unused.every((field) => all.has(property(field, 'id'))) ? 'listed' : 'left_out');
    },
  }),
  fact('header.token_reset', '6', 'the header X-ACCESSTOKEN-RESET', ['present'], {
    domain: words('present', 'absent'),
    observe: ({ list }) => seen(list.limits.includes('x-accesstoken-reset') ? 'present' : 'absent'),
    emulator: 'profile',
  }),
  fact('header.rate_limit', '6', 'headers X-RATELIMIT', ['absent'], {
    domain: words('absent', 'present'),
    observe: ({ list }) =>
      seen(list.limits.some((name) => name.startsWith('x-ratelimit')) ? 'present' : 'absent'),
    emulator: 'profile',
  }),
  fact(
    'header.credits',
    '6',
    'the header X-API-CREDITS-REMAINING, which comes once half of them are used',
    ['absent', 'present'],
    {
      domain: words('absent', 'present'),
      observe: ({ list }) => seen(list.limits.includes('x-api-credits-remaining') ? 'present' : 'absent'),
      emulator: 'profile',
    },
  ),
];
