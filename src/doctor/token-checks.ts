import type { Problem } from '../model/problem.ts';
import { failed, failedBy, firstOf, ok, skipped, type Check, type Subject } from './check.ts';

/** What came of asking for an access token. */
export type TokenFound =
  | { readonly state: 'given' }
  | { readonly state: 'not-asked'; readonly why: string }
  | { readonly state: 'refused'; readonly problem: Problem };

/** What else is known that makes a refusal plainer. */
export interface TokenHints {
  /** Odd forms of the values, by the check that they concern. */
  readonly odd: { readonly client?: string; readonly secret?: string; readonly refreshToken?: string };
  /** What other data centres said, where they were asked. */
  readonly elsewhere?: string;
  /** How to have them asked, or why that would not help. */
  readonly offer: string;
}

const CLIENT: Subject = { name: 'client', title: 'client known' };
const SECRET: Subject = { name: 'client-secret', title: 'client secret' };
const REFRESH: Subject = { name: 'refresh-token', title: 'refresh token' };

/** Errors about the client itself (sheet §1.3). */
const ABOUT_CLIENT = ['invalid-client', 'invalid-redirect-uri', 'other-data-centre'];
/** Errors that come from another place than the answer about credentials, and say nothing of them. */
const SAYS_NOTHING = ['token-throttled', 'general-error', 'token-refused'];

/**
 * One answer of the token endpoint tells about three things, because Zoho looks at them in this order: an error about
 * the refresh token means that client and secret were right.
 */
export function tokenChecks(found: TokenFound, hints: TokenHints): readonly [Check, Check, Check] {
  switch (found.state) {
    case 'given':
      return [
        ok(CLIENT, 'the accounts server knows the client id'),
        ok(SECRET, 'it is the secret of that client'),
        ok(REFRESH, 'the accounts server gave an access token for it'),
      ];
    case 'not-asked':
      return [skipped(CLIENT, found.why), skipped(SECRET, found.why), skipped(REFRESH, found.why)];
    case 'refused':
      return refused(found.problem, hints);
  }
}

function refused(problem: Problem, hints: TokenHints): readonly [Check, Check, Check] {
  const { odd } = hints;
  const { code } = firstOf(problem);
  if (code === 'foreign-api-domain') {
    return [
      ok(CLIENT, 'the accounts server knows the client id'),
      ok(SECRET, 'it is the secret of that client'),
      failedBy(REFRESH, problem),
    ];
  }
  if (problem.kind !== 'credentials') {
    const why = 'the accounts server did not get as far as looking at it';
    return [skipped(CLIENT, why), skipped(SECRET, why), skipped(REFRESH, why)];
  }
  if (ABOUT_CLIENT.includes(code)) {
    const why = 'needs a client that is known';
    return [
      withHints(failedBy(CLIENT, problem), odd.client, hints),
      skipped(SECRET, why),
      skipped(REFRESH, why),
    ];
  }
  if (code === 'invalid-client-secret') {
    return [
      ok(CLIENT, 'the accounts server knows the client id'),
      withHints(failedBy(SECRET, problem), odd.secret),
      skipped(REFRESH, 'needs the right client secret'),
    ];
  }
  const silent = SAYS_NOTHING.includes(code);
  const why = "Zoho's refusal says nothing about it";
  return [
    silent ? skipped(CLIENT, why) : ok(CLIENT, 'the accounts server knows the client id'),
    silent ? skipped(SECRET, why) : ok(SECRET, 'it is the secret of that client'),
    withHints(failedBy(REFRESH, problem), odd.refreshToken, code === 'invalid-code' ? hints : undefined),
  ];
}

/** What is known goes before what is likely, and what looks cut was probably cut; the offer comes last. */
function withHints(check: Check, odd: string | undefined, where?: Omit<TokenHints, 'odd'>): Check {
  const { kind = 'credentials', code = check.name, seen } = check;
  const found = where?.elsewhere;
  const usual = [found, check.remedy, found === undefined ? where?.offer : undefined];
  const remedy = usual.filter((one) => one !== undefined).join(' ');
  if (odd === undefined) return failed(check, kind, { code, message: seen, remedy });
  return failed(check, kind, {
    code,
    message: `${seen} First suspect: the value ${odd}.`,
    remedy: `Copy the value again, alone and whole. If that does not help: ${remedy}`,
  });
}
