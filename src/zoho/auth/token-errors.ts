import { property } from '../../model/json.ts';
import { clockTime } from '../../model/time.ts';
import { problem, type Problem } from '../../model/problem.ts';
import { webDomain, DATA_CENTRES, type DataCentre } from './data-centre.ts';

/** What a token was asked for with (sheet §1.2). */
export type Grant = 'refresh_token' | 'authorization_code';

/** Where, when and with what a token was asked for, for the wording. */
interface TokenPlace {
  readonly dataCentre: DataCentre;
  /** Host of the accounts server. */
  readonly host: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly grant: Grant;
}

/** How an error of the token endpoint is told. */
interface Words {
  readonly code: string;
  readonly what: Told;
  readonly remedy: Told;
}

type Told = string | ((place: TokenPlace) => string);

/**
 * An `error` of the token endpoint in words (sheet §1.3).
 *
 * Zoho reports these with HTTP 200 and sometimes 400, and translates `error_description`, so the code alone counts,
 * compared in lower case.
 */
export function tokenProblem(answered: string, place: TokenPlace): Problem {
  // All of Zoho's errors are words; anything else may be an echo of what was sent, which holds the secrets.
  const error = /^[A-Za-z_ -]{1,60}$/.test(answered) ? answered : 'not a word';
  const key = error.toLowerCase().replaceAll(' ', '_');
  const words =
    (place.grant === 'authorization_code' ? property(CODE_WORDS, key) : undefined) ??
    property(WORDS, key) ??
    unknownError(error);
  const told = (text: Told): string => (typeof text === 'string' ? text : text(place));
  return problem(
    'credentials',
    words.code,
    `${told(words.what)} (Zoho's answer: "${error}" from ${place.host}.)`,
    told(words.remedy),
  );
}

/** Zoho forgives after ten minutes without an attempt; some report longer (sheet §1.4). */
const THROTTLED_MS = 10 * 60_000;

/** When to come back, as a time on the clock: nobody counts minutes. */
export function comeBack(now: number): string {
  return `Come back at ${clockTime(now + THROTTLED_MS)}, not earlier: every attempt before that can make it longer`;
}

/** The way to a new refresh token. */
const LOG_IN =
  'Run "zoho-fields auth login": it shows where to click and puts a new refresh token in its place.';

/** Which data centre it might be, by the address that people see. */
function otherDataCentres(): string {
  return DATA_CENTRES.map((one) => `${webDomain(one)}: ${one.name}`).join(', ');
}

/** By the error in small letters, `_` for a space. */
const WORDS: Readonly<Record<string, Words>> = {
  invalid_code: {
    code: 'invalid-code',
    what: ({ dataCentre }) =>
      'Zoho does not accept the refresh token in ZOHO_REFRESH_TOKEN. Likely causes, in this order: it has expired by ' +
      'being revoked or pushed out by newer ones; it is a short-lived grant code and not a refresh token; it belongs to ' +
      `another client id; it comes from another data centre than "${dataCentre.name}".`,
    remedy: ({ dataCentre }) =>
      `${LOG_IN} If the address of your Zoho does not end with ${webDomain(dataCentre)}, set ZOHO_DC first.`,
  },
  invalid_client: {
    code: 'invalid-client',
    what: ({ dataCentre }) =>
      'Zoho does not know the client id in ZOHO_CLIENT_ID. Likely causes, in this order: the client lives in another ' +
      `data centre than "${dataCentre.name}"; the id was not copied whole; the client was deleted.`,
    remedy: ({ dataCentre }) =>
      `Compare ZOHO_CLIENT_ID with the Client ID at ${dataCentre.consoleUrl}; if you use Zoho at another address, set ZOHO_DC (${otherDataCentres()}). "zoho-fields doctor" offers to look which one knows the client.`,
  },
  invalid_client_secret: {
    code: 'invalid-client-secret',
    what:
      'Zoho knows the client, but the secret in ZOHO_CLIENT_SECRET is not its secret. Likely causes, in this order: not ' +
      'copied whole; regenerated since; the secret of another data centre, since a client can have one in each.',
    remedy: ({ dataCentre }) =>
      `Copy the Client Secret again from ${dataCentre.consoleUrl} into ZOHO_CLIENT_SECRET.`,
  },
  invalid_redirect_uri: {
    code: 'invalid-redirect-uri',
    what: 'Zoho expects a redirect address, so the client is not of the kind "Self Client".',
    remedy: ({ dataCentre }) =>
      `Create a Self Client at ${dataCentre.consoleUrl} and use its client id, its secret and a refresh token made with it.`,
  },
  invalid_scope: {
    code: 'invalid-scope',
    what: 'Zoho does not know one of the scopes that the credentials were made with.',
    remedy: LOG_IN,
  },
  access_denied: {
    code: 'token-throttled',
    what:
      'Zoho refuses to give an access token for now. Likely causes, in this order: more than 10 access tokens (or grant ' +
      'codes) were asked for within 10 minutes with these credentials; someone refused the access.',
    remedy: ({ now }) =>
      `${comeBack(now)}. Then run the command once. Look for other jobs that use the same refresh token.`,
  },
  other_dc: {
    code: 'other-data-centre',
    what: ({ dataCentre }) => `The account lives in another data centre than "${dataCentre.name}".`,
    remedy: `Set ZOHO_DC to the data centre whose address you use Zoho at (${otherDataCentres()}).`,
  },
  expired: {
    code: 'expired',
    what: 'Zoho says that the credentials have expired.',
    remedy: LOG_IN,
  },
  general_error: {
    code: 'general-error',
    what: 'Zoho refused the credentials without a reason.',
    remedy: `Try again in a few minutes. If it stays: ${LOG_IN}`,
  },
};

function unknownError(error: string): Words {
  return {
    code: 'token-refused',
    what: `Zoho refused the credentials with an error that this tool does not know, "${error}".`,
    remedy: `Check ZOHO_CLIENT_ID, ZOHO_CLIENT_SECRET, ZOHO_REFRESH_TOKEN and ZOHO_DC. If they are right: ${LOG_IN}`,
  };
}

const NEW_CODE =
  'Create a new code in the console ("Generate Code", 10 minutes), and paste it here before that time is over.';

/** What an error means when a grant code was exchanged, where that differs from a refresh (sheet §1.3). */
const CODE_WORDS: Readonly<Record<string, Words>> = {
  invalid_code: {
    code: 'code-not-accepted',
    what:
      'Zoho does not accept the code. It is one of these: its minutes are over; it was used before, and a code works ' +
      'once; it was not copied whole; it was made for another client id, or in the console of another data centre.',
    remedy: NEW_CODE,
  },
  expired: {
    code: 'code-expired',
    what: 'The minutes of the code are over.',
    remedy: NEW_CODE,
  },
  invalid_scope: {
    code: 'code-scope',
    what: 'Zoho does not know one of the scopes that the code was made with.',
    remedy: `${NEW_CODE} Paste the line of scopes as it is.`,
  },
  general_error: {
    code: 'general-error',
    what: 'Zoho refused the code without a reason.',
    remedy: NEW_CODE,
  },
};
