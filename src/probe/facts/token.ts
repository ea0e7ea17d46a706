import { itemsIn } from '../ask.ts';
import { hidden, seen, deniedBy, words, WHOLE, type Fact } from './fact.ts';
import { isObject, property } from '../../model/json.ts';

/** Of the answer that a token comes in. */
export const tokenFacts: readonly Fact[] = [
  {
    id: 'token.scope',
    sheet: '1.2',
    about: "the token's answer has scope",
    believed: ['present'],
    domain: words('present', 'absent'),
    observe: ({ token }) => (token === undefined ? hidden('no answer') : seen(token.scope)),
    emulator: 'scopeInToken',
  },
  {
    id: 'token.life_in',
    sheet: '1.2',
    about: "how the token's answer states its life",
    believed: ['seconds'],
    domain: words('seconds', 'milliseconds', 'absent'),
    observe: ({ token }) => (token === undefined ? hidden('no answer') : seen(token.life)),
    emulator: 'tokenLifetime',
  },
  {
    id: 'token.life_seconds',
    sheet: '1.4',
    about: 'how many seconds a token lives, as its answer says',
    believed: [3600],
    domain: WHOLE,
    observe: ({ token }) => (token?.seconds === undefined ? hidden('none there') : seen(token.seconds)),
    emulator: 'profile',
  },
  {
    id: 'token.api_domain',
    sheet: '1.5',
    about: "the token's answer names the host of the API",
    believed: ['named'],
    domain: words('named', 'absent'),
    observe: ({ token }) => (token === undefined ? hidden('no answer') : seen(token.apiDomain)),
    emulator: 'apiDomain',
  },
  {
    id: 'token.environment',
    sheet: '1.5',
    about: "whose host the token's answer names, beside the type of the organisation",
    believed: ['production', 'sandbox', 'developer'],
    domain: words('production', 'sandbox', 'developer'),
    observe: ({ token }) =>
      token?.environment === undefined ? hidden('none there') : seen(token.environment),
  },
  {
    id: 'token.as_bearer',
    sheet: '1.2',
    about: 'a token under the scheme Bearer',
    believed: ['refused'],
    domain: words('refused', 'accepted'),
    observe: ({ answers }) => {
      const status = answers.get('bearer')?.status;
      if (status === undefined || status === 429 || status >= 500) return hidden('no answer');
      return seen(status < 300 ? 'accepted' : 'refused');
    },
    emulator: 'bearer',
  },
];

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
