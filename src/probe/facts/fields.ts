import { itemsIn } from '../ask.ts';
import { isObject, property, type JsonObject } from '../../model/json.ts';
import { DATA_TYPES, oddKeys } from '../field-keys.ts';
import {
  fact,
  common,
  hidden,
  seen,
  valuesAt,
  type Sight,
  custom,
  words,
  WHOLE,
  type Fact,
  ofType,
} from './fact.ts';

/** Of single fields, whatever their type. */
export const fieldFacts: readonly Fact[] = [
  fact('user.customises', '2.2', 'fields show their profiles, so that the user may customise', ['granted'], {
    domain: words('granted', 'denied'),
    observe: ({ fields }) => {
      const profiles = valuesAt(fields, 'profiles');
      if (profiles.length === 0) return hidden('none there');
      return seen(profiles.every((one) => one === null) ? 'denied' : 'granted');
    },
    emulator: 'userPermission',
  }),
  fact('field.unique_key', '2.3', 'the key inside unique', ['case_sensitive'], {
    domain: words('case_sensitive', 'casesensitive', 'other'),
    observe: ({ fields }) => {
      const keys = valuesAt(fields, 'unique').flatMap((one) => (isObject(one) ? Object.keys(one) : []));
      if (keys.length === 0) return hidden('none there');
      const known = keys.find((key) => key === 'case_sensitive' || key === 'casesensitive');
      return seen(known ?? 'other');
    },
    emulator: 'uniqueKeyName',
  }),
  fact('field.times', '2.3', 'times of custom fields', ['with_offset'], {
    domain: words('with_offset', 'in_utc', 'other'),
    observe: (all) =>
      common(
        valuesAt(custom(all), 'created_time')
          .filter((time) => time !== null)
          .map((time) => timeForm(time)),
        'other',
      ),
    emulator: 'profile',
  }),
  fact(
    'field.untranslated',
    '2.2',
    'which label is the untranslated one, where the user has another language',
    ['display_label'],
    {
      domain: words('display_label', 'field_label'),
      observe: ({ fields }) => untranslated(fields),
    },
  ),
  fact('field.links_before_v8', '4.3', 'multi-select lookups in v7', ['flat'], {
    domain: words('flat', 'nested'),
    observe: ({ answers }) => {
      const [links] = valuesAt(itemsIn(answers.get('older_version'), 'fields'), 'multiselectlookup');
      if (!isObject(links) || Object.keys(links).length === 0) return hidden('none there');
      return seen(isObject(property(links, 'linking_details')) ? 'nested' : 'flat');
    },
  }),
  fact('field.unknown_types', '9', 'how many data types the sheet does not name', [0], {
    domain: WHOLE,
    observe: ({ fields }) => {
      const types = new Set(valuesAt(fields, 'data_type').filter((type) => typeof type === 'string'));
      return seen([...types].filter((type) => !DATA_TYPES.includes(type)).length);
    },
  }),
];

function timeForm(time: unknown): string {
  if (typeof time !== 'string') return 'other';
  const [, zone] = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(time) ?? [];
  return zone === undefined ? 'other' : zone === 'Z' ? 'in_utc' : 'with_offset';
}

/** Standard labels as Zoho's pages print them (sheet §8): whichever label still says that is the untranslated one. */
const STANDARD_LABELS: ReadonlyMap<unknown, string> = new Map([
  ['Created_Time', 'Created Time'],
  ['Modified_Time', 'Modified Time'],
  ['Description', 'Description'],
  ['Created_By', 'Created By'],
  ['Modified_By', 'Modified By'],
]);

function untranslated(fields: readonly JsonObject[]): Sight {
  const votes = fields.flatMap((field) => {
    const standard = STANDARD_LABELS.get(property(field, 'api_name'));
    const [display, shown] = [property(field, 'display_label'), property(field, 'field_label')];
    if (standard === undefined || display === shown) return [];
    return display === standard ? ['display_label'] : shown === standard ? ['field_label'] : [];
  });
  // Votes for both tell of customers who renamed a field, and not of a language.
  return new Set(votes).size > 1 ? hidden('none there') : common(votes, 'display_label');
}

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
export const lengthFacts: readonly Fact[] = Object.entries(FIXED_LENGTHS).map(([type, length]) =>
  fact(`length.${type}`, '2.4', `the length of custom fields of the type ${type}`, [length], {
    domain: WHOLE,
    observe: (all) => {
      const lengths = valuesAt(ofType(custom(all), type), 'length').filter((one) => typeof one === 'number');
      const odd = lengths.find((one) => one !== length && Number.isSafeInteger(one) && one >= 0);
      return lengths.length === 0 ? hidden('none there') : seen(odd ?? length);
    },
    emulator: 'profile',
  }),
);

/** Of the keys of each type. */
export const keyFacts: readonly Fact[] = DATA_TYPES.map((type) =>
  fact(`keys.${type}`, '2.3', `the keys of fields of the type ${type}`, [[]], {
    domain: { is: 'keys' },
    observe: ({ fields }) => {
      const some = ofType(fields, type);
      return some.length === 0 ? hidden('none there') : seen(oddKeys(type, some));
    },
    emulator: 'profile',
  }),
);
