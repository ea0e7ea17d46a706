import { count } from '../../model/count.ts';
import { labelLimits, maxApiNameLength, maxOptionLength } from '../../model/data-types.ts';
import { kindOf, textOf } from '../tree.ts';
import { excerpt, list, quote } from '../finding.ts';
import { didYouMean } from '../../model/closest.ts';
import type { Path } from '../../model/manifest.ts';

import type { Violation, Words } from './types.ts';

/** How a key is best written, for people who gave it something else. */
const examples: Readonly<Record<string, string>> = {
  fields: 'Write a list: each field begins with "- api_name: …" on a line of its own.',
  tooltip: 'Write the text alone ("tooltip: Help for people"), or a mapping with name and value.',
  pick_list_values: 'Write a list: "pick_list_values: [First, Second]".',
  lookup:
    'Write the API name of the module ("lookup: Contacts"), or a mapping with module and display_label.',
  global_picklist: 'Write its API name ("global_picklist: Source").',
  unique: 'Write "unique: true".',
  currency:
    'Write the rounding option ("currency: normal"), or a mapping with rounding_option and precision.',
  textarea: 'Write the kind: "textarea: small", "large" or "rich_text".',
  auto_number: 'Write "auto_number: { start_number: 1 }", with prefix and suffix if you like.',
  formula: 'Write "formula: { expression: \'…\', return_type: double }".',
  multiselectlookup: 'Write "multiselectlookup: { connected_details: { module: { api_name: Contacts } } }".',
  rollup_summary: 'Write a mapping with return_type, expression, based_on_module and related_list.',
  crypt: 'Write "crypt: { mode: encryption }".',
  external: 'Write "external: { type: user, show: true }".',
  private: 'Write "private: { type: Low }" or "High".',
  profiles:
    'Write profile names with their permission ("profiles: { Standard: read_only }"), or a list with id and permission_type.',
  module: 'Write a mapping: "module: { api_name: Contacts }".',
};

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a mapping',
  array: 'a list',
};

function exampleFor(path: Path): string | undefined {
  const last = path.at(-1);
  if (path.length === 1 && last === 'module')
    return 'Write the API name of the module, such as "module: Deals".';
  if (path.length === 2) return 'Write "- api_name: …" and the other keys of the field below it.';
  return typeof last === 'string' ? examples[last] : undefined;
}

/** What messages call the place: its key, or its number in a list. */
export function place({ path }: Violation): string {
  const last = path.at(-1);
  if (last === undefined) return 'A manifest';
  if (typeof last === 'string') return quote(last);
  const list = path.at(-2);
  if (list === 'pick_list_values') return `Option ${last + 1}`;
  if (list === 'fields') return `Item ${last + 1} of "fields"`;
  return `Item ${last + 1} of "${String(list)}"`;
}

function wrongType(finding: Violation): Words {
  const { error, here, path } = finding;
  const wanted = [error.params['type']].flat().map(String);
  const expected = list(
    wanted.map((type) => kinds[type] ?? type),
    'or',
  );
  const example = exampleFor(path);
  const { value, plain } = here;
  if (value === null && (plain ?? '') === '') {
    const message = `${place(finding)} is empty; ${expected} is expected.`;
    return { code: 'empty-value', message, remedy: example ?? 'Write a value, or remove it.' };
  }
  const written = excerpt(plain ?? textOf(value));
  const isScalar = value === null || typeof value !== 'object';
  if (wanted.includes('string') && isScalar && typeof value !== 'string') {
    const message = `${place(finding)} must be a text, but YAML reads ${written} as ${kindOf(value)}.`;
    return { code: 'unquoted-text', message, remedy: `Put it in quotes: '${written}'.` };
  }
  const message = `${place(finding)} must be ${expected}, not ${kindOf(value)}${typeof value === 'string' ? ` (${quote(value)})` : ''}.`;
  return {
    code: 'wrong-type',
    message,
    remedy: scalarHelp(finding, wanted) ?? example ?? `Write ${expected}.`,
  };
}

/** Help for texts where a number or a truth value is expected. */
function scalarHelp({ here: { value, plain } }: Violation, wanted: readonly string[]): string | undefined {
  if (typeof value === 'number' && wanted.includes('integer'))
    return 'Write a whole number, without a decimal point.';
  if (typeof value !== 'string') return undefined;
  if (wanted.includes('boolean') && !wanted.includes('object')) {
    return plain === undefined
      ? 'Write true or false, without quotes.'
      : 'Write true or false; YAML 1.2 reads other words, also yes and no, as text.';
  }
  return wanted.includes('integer') && /^\d{1,15}$/u.test(value) ? `Remove the quotes: ${value}.` : undefined;
}

function notAllowed(finding: Violation): Words {
  const { params } = finding.error;
  return noneOf([params['allowedValues'] ?? params['allowedValue']].flat().map(String), finding);
}

function noneOf(allowed: readonly string[], finding: Violation): Words {
  const value = textOf(finding.here.value);
  const remedy = didYouMean(value, allowed);
  const choice = `Zoho knows ${list(allowed)} here.`;
  const message = `${place(finding)} cannot be ${quote(value)}.`;
  return { code: 'unknown-value', message, remedy: remedy === undefined ? choice : `${remedy} ${choice}` };
}

function tooLong(finding: Violation): Words {
  const limit = Number(finding.error.params['limit']);
  const length = Array.from(textOf(finding.here.value)).length;
  const last = finding.path.at(-1);
  const code =
    last === 'field_label'
      ? 'label-too-long'
      : last === 'api_name'
        ? 'api-name-too-long'
        : limit === maxOptionLength
          ? 'option-too-long'
          : 'too-long';
  const reason =
    limit === labelLimits.max || limit === maxApiNameLength || limit === maxOptionLength
      ? 'Zoho takes'
      : 'there may be';
  return {
    code,
    message: `${place(finding)} has ${count(length, 'character')}; ${reason} at most ${limit}.`,
    remedy: 'Shorten it.',
  };
}

/** How the schema says that the short form of a key is one of a few words; `enum` would hold for the long form too. */
const fewWords = /^\^\((?<words>\w+(?:\|\w+)*)\)\$$/u;

function pattern(finding: Violation): Words | undefined {
  const last = finding.path.at(-1);
  const value = textOf(finding.here.value);
  const words = fewWords.exec(String(finding.error.params['pattern']))?.groups?.['words'];
  if (words !== undefined) return noneOf(words.split('|'), finding);
  // The rule for labels names the character that is wrong.
  if (last === 'field_label') return undefined;
  if (last === 'id') {
    const message = `${quote(value)} is not an id of Zoho; ids have only digits.`;
    return { code: 'bad-id', message, remedy: 'Copy the id again, in quotes.' };
  }
  if (last === 'maps_from') {
    const message = `${quote(value)} is not a field of leads.`;
    const remedy = 'Write Leads, a dot and the API name of the field: "maps_from: Leads.Partner_ID".';
    return { code: 'maps-from', message, remedy };
  }
  if (last === 'start_number') {
    const message = `An auto-number cannot start with ${quote(value)}.`;
    return { code: 'start-number', message, remedy: 'Write a whole number from 0, at most 16 digits.' };
  }
  return apiName(finding, value);
}

/** What is wrong with an API name, in the order in which people should correct it. */
function apiName(finding: Violation, value: string): Words {
  const isField = finding.path.length === 3 && finding.path.at(-1) === 'api_name';
  const proposal = value
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9]+/gu, '_')
    .replaceAll(/^[_0-9]+|_+$/gu, '');
  const isModule = finding.path.length === 1;
  const subject = isModule ? 'The module name' : isField ? 'The API name' : 'An API name';
  const why = /^[A-Za-z][A-Za-z0-9_]*$/u.test(value)
    ? value.endsWith('_')
      ? 'it cannot end with an underscore'
      : 'it cannot have two underscores in a row'
    : /^[^A-Za-z]/u.test(value)
      ? 'it must begin with a letter from A to Z'
      : 'it may hold only letters from A to Z, digits and underscores';
  return {
    code: isModule ? 'module-name' : 'api-name-form',
    message: `${subject} ${quote(value)} is not possible: ${why}.`,
    remedy:
      proposal === ''
        ? 'Write a name such as Risk_Level.'
        : `Write, for example, "${proposal.slice(0, maxApiNameLength)}".`,
  };
}

function tooLow(finding: Violation): Words {
  const limit = String(finding.error.params['limit']);
  const message = `${place(finding)} cannot be ${textOf(finding.here.value)}.`;
  return { code: 'out-of-range', message, remedy: `Write a whole number from ${limit}.` };
}

function empty(finding: Violation): Words {
  const remedy = exampleFor(finding.path) ?? 'Write a value, or remove it.';
  return { code: 'empty-value', message: `${place(finding)} is empty.`, remedy };
}

/** Words for errors that do not depend on the data type. */
export function valueWords(finding: Violation): Words | undefined {
  switch (finding.error.keyword) {
    case 'type':
      return wrongType(finding);
    case 'enum':
    case 'const':
      // A value of another kind has been reported as that; that it is none of the words follows from it.
      return typeof finding.here.value === 'string' ? notAllowed(finding) : undefined;
    case 'maxLength':
      return tooLong(finding);
    case 'pattern':
      return finding.here.value === '' ? empty(finding) : pattern(finding);
    case 'minimum':
      return tooLow(finding);
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return empty(finding);
    default:
      return { code: 'invalid-value', message: `${place(finding)} is not possible.` };
  }
}
