import type { Question } from '../ask.ts';
import { answerTo, deniedBy, hidden, itemsIn, readingOf } from '../observe.ts';
import { ANSWER, type Fact } from './fact.ts';

/** An answer to a question that is wrong on purpose, or of which there is nothing to tell. */
function answer(
  question: Question,
  sheet: string,
  about: string,
  believed: Fact['believed'],
  emulator = 'profile',
): Fact {
  return {
    id: `answer.${question}`,
    sheet,
    about,
    believed,
    domain: ANSWER,
    observe: readingOf(question, KEY_OF[question] ?? 'fields'),
    emulator,
  };
}

/** A list of what nobody has made: an empty one is told in a way of its own. */
function none(question: Question, key: string, sheet: string, about: string): Fact {
  const observe = readingOf(question, key);
  return {
    id: `answer.no_${question}`,
    sheet,
    about,
    believed: ['204'],
    domain: ANSWER,
    observe: (all) =>
      itemsIn(all.answers.get(question), key).length > 0 ? hidden('none there') : observe(all),
    emulator: 'profile',
  };
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
  {
    id: 'answer.missing_scope',
    sheet: '5.1',
    about: 'the answer where the token lacks a scope',
    believed: ['401 OAUTH_SCOPE_MISMATCH'],
    domain: ANSWER,
    observe: (all) => {
      const org = all.answers.get('organisation');
      if (org === undefined) return hidden('no answer');
      return deniedBy(org) === 'scope' ? answerTo('organisation', 'org')(all) : hidden('none there');
    },
    emulator: 'scopeMismatchStatus',
  },
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
