import { itemsIn } from '../ask.ts';
import { fact, hidden, seen, deniedBy, words, WHOLE, type Fact } from './fact.ts';
import { isObject, property } from '../../model/json.ts';

/** Of the answer that a token comes in. */
export const tokenFacts: readonly Fact[] = [
  fact('token.scope', '1.2', "the token's answer has scope", ['present'], {
    domain: words('present', 'absent'),
    observe: ({ token }) => (token === undefined ? hidden('no answer') : seen(token.scope)),
    emulator: 'scopeInToken',
  }),
  fact('token.life_in', '1.2', "how the token's answer states its life", ['seconds'], {
    domain: words('seconds', 'milliseconds', 'absent'),
    observe: ({ token }) => (token === undefined ? hidden('no answer') : seen(token.life)),
    emulator: 'tokenLifetime',
  }),
  fact('token.life_seconds', '1.4', 'how many seconds a token lives, as its answer says', [3600], {
    domain: WHOLE,
    observe: ({ token }) => (token?.seconds === undefined ? hidden('none there') : seen(token.seconds)),
    emulator: 'profile',
  }),
  fact('token.api_domain', '1.5', "the token's answer names the host of the API", ['named'], {
    domain: words('named', 'absent'),
    observe: ({ token }) => (token === undefined ? hidden('no answer') : seen(token.apiDomain)),
    emulator: 'apiDomain',
  }),
  fact(
    'token.environment',
    '1.5',
    "whose host the token's answer names, beside the type of the organisation",
    ['production', 'sandbox', 'developer'],
    {
      domain: words('production', 'sandbox', 'developer'),
      observe: ({ token }) =>
        token?.environment === undefined ? hidden('none there') : seen(token.environment),
    },
  ),
  fact('token.as_bearer', '1.2', 'a token under the scheme Bearer', ['refused'], {
    domain: words('refused', 'accepted'),
    observe: ({ answers }) => {
      const status = answers.get('bearer')?.status;
      if (status === undefined || status === 429 || status >= 500) return hidden('no answer');
      return seen(status < 300 ? 'accepted' : 'refused');
    },
    emulator: 'bearer',
  }),
];

/** Of the organisation. */
export const organisationFacts: readonly Fact[] = (
  [
    ['type', ['production', 'sandbox', 'developer', 'bigin']],
    ['edition', ['free', 'standard', 'professional', 'enterprise', 'ultimate']],
  ] as const
).map(([what, known]) =>
  fact(`organisation.${what}`, '10.4', `the ${what} of the organisation`, known, {
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
  }),
);
