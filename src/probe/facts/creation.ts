import { fact, hidden, seen, ANSWER, words, type Fact } from './fact.ts';
import { type Domain, type FactValue, CODES, OTHER } from '../value.ts';

/** What creating a few fields shows; `probe --create` learns it (`learn.ts`). */
export const creationFacts: readonly Fact[] = [
  made('create.api_name', '3.6', 'api_name in the body of a creation', ['honoured'], {
    domain: words('honoured', 'ignored', 'refused'),
    emulator: 'apiNameInBody',
  }),
  made('create.symbols', '3.6', 'the API name of a label with a hyphen and brackets', ['as_believed'], {
    domain: words('as_believed', 'other'),
  }),
  made('create.letters', '3.6', 'a letter that is not ASCII, in the API name of a label', ['underscore'], {
    domain: words('underscore', 'dropped', 'plain_letter', 'kept', 'other'),
  }),
  made('create.some', '3.7', 'the answer where some of several fields are created', ['207'], {
    domain: ANSWER,
  }),
  made('create.order', '3.7', 'the results of several fields', ['as_sent'], {
    domain: words('as_sent', 'in_another_order'),
  }),
  made('create.duplicate', '3.5', 'a second field of the same label', ['DUPLICATE_DATA'], {
    domain: words('accepted', ...CODES, OTHER),
    emulator: 'duplicates',
  }),
  made('create.label_most', '3.5', 'the longest label', [50], {
    domain: { is: 'number', most: 256 },
    emulator: 'labelMaxLength',
  }),
  made('create.shown', '2.2', 'how soon a read shows a creation', ['at_once'], {
    domain: words('at_once', 'within_5_seconds', 'later'),
    emulator: 'readLag',
  }),
  made('create.label_patch', '4.1', 'the answer to a PATCH of a label', ['200'], { domain: ANSWER }),
  made('create.name_after', '3.6', 'the API name after a PATCH of the label', ['stays'], {
    domain: words('stays', 'changes'),
  }),
];

function made(
  id: string,
  sheet: string,
  about: string,
  believed: readonly [FactValue],
  more: { readonly domain: Domain; readonly emulator?: string },
): Fact {
  return fact(id, sheet, about, believed, {
    ...more,
    observe: ({ made: found }) => {
      if (found === undefined) return hidden('not tried');
      const value = found.get(id);
      return value === undefined ? hidden('no answer') : seen(value);
    },
  });
}
