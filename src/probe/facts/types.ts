import { DATA_TYPES, oddKeys } from '../field-keys.ts';
import { hidden, seen, valuesAt } from '../observe.ts';
import { custom, ofType, WHOLE, type Fact } from './fact.ts';

/** Types whose length in GET is believed to be the same for every field (sheet §2.4). */
const FIXED_LENGTHS: Readonly<Record<string, number>> = {
  picklist: 120,
  multiselectpicklist: 1000,
  date: 20,
  datetime: 120,
  boolean: 5,
  lookup: 120,
  userlookup: 120,
  multiselectlookup: 200,
};

/** Of lengths. */
export const lengthFacts: readonly Fact[] = Object.entries(FIXED_LENGTHS).map(([type, length]) => ({
  id: `length.${type}`,
  sheet: '2.4',
  about: `the length of custom fields of the type ${type}`,
  believed: [length],
  domain: WHOLE,
  observe: (all) => {
    const lengths = valuesAt(ofType(custom(all), type), 'length').filter((one) => typeof one === 'number');
    const odd = lengths.find((one) => one !== length && Number.isSafeInteger(one) && one >= 0);
    return lengths.length === 0 ? hidden('none there') : seen(odd ?? length);
  },
  emulator: 'profile',
}));

/** Of the keys of each type. */
export const keyFacts: readonly Fact[] = DATA_TYPES.map((type) => ({
  id: `keys.${type}`,
  sheet: '2.3',
  about: `the keys of fields of the type ${type}`,
  believed: [[]],
  domain: { is: 'keys' },
  observe: ({ fields }) => {
    const some = ofType(fields, type);
    return some.length === 0 ? hidden('none there') : seen(oddKeys(type, some));
  },
  emulator: 'profile',
}));
