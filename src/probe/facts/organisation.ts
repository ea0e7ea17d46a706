import { isObject, property } from '../../model/json.ts';
import { deniedBy, hidden, itemsIn, seen } from '../observe.ts';
import { words, type Fact } from './fact.ts';

/** Of the organisation. */
export const organisationFacts: readonly Fact[] = (
  [
    ['type', ['production', 'sandbox', 'developer', 'bigin']],
    ['edition', ['free', 'standard', 'professional', 'enterprise', 'ultimate']],
  ] as const
).map(([what, known]) => ({
  id: `organisation.${what}`,
  sheet: '10.4',
  about: `the ${what} of the organisation`,
  believed: known,
  domain: words(...known, 'other'),
  observe: ({ answers }) => {
    const org = answers.get('organisation');
    if (org === undefined) return hidden('no answer');
    const denied = deniedBy(org);
    const [one] = itemsIn(org, 'org');
    if (denied !== undefined || one === undefined) return hidden(denied ?? 'none there');
    const licence = property(one, 'license_details');
    const value =
      what === 'type'
        ? property(one, 'type')
        : isObject(licence)
          ? (property(licence, 'paid_type') ?? property(licence, 'trial_type'))
          : undefined;
    return seen(known.find((word) => word === value) ?? 'other');
  },
  emulator: 'profile',
}));
