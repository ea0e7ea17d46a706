import { problem, type Problem } from '../model/problem.ts';
import type { DataCentre } from './data-centre.ts';

/** Where a token was asked for, for the wording. */
export interface TokenPlace {
  readonly dataCentre: DataCentre;
  /** Host of the accounts server. */
  readonly host: string;
}

/**
 * An `error` of the token endpoint in words (sheet §1.3).
 *
 * Zoho reports these with HTTP 200 and sometimes 400, and translates `error_description`, so the code alone counts,
 * compared in lower case.
 */
export function tokenProblem(error: string, place: TokenPlace): Problem {
  const key = error.toLowerCase().replaceAll(' ', '_');
  const words = (Object.hasOwn(WORDS, key) ? WORDS[key] : undefined) ?? unknownError(error);
  return problem(
    'credentials',
    words.code,
    `${words.what(place)} (Zoho's answer: "${error}" from ${place.host}.)`,
    words.remedy(place),
  );
}

interface Words {
  readonly code: string;
  readonly what: (place: TokenPlace) => string;
  readonly remedy: (place: TokenPlace) => string;
}

/** The steps that end in a new refresh token; the README walks through them slowly. */
function newRefreshToken({ dataCentre }: TokenPlace): string {
  return (
    `Get a new refresh token: open ${dataCentre.consoleUrl}, choose your Self Client, tab "Generate Code", ` +
    'enter the scopes ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.users.READ, choose 10 minutes, create the code, ' +
    'exchange it for tokens within that time (README, "Real credentials"), and put the refresh_token into ZOHO_REFRESH_TOKEN.'
  );
}

const WORDS: Readonly<Record<string, Words>> = {
  invalid_code: {
    code: 'invalid-code',
    what: ({ dataCentre }) =>
      'Zoho does not accept the refresh token in ZOHO_REFRESH_TOKEN. Likely causes, in this order: it has expired by ' +
      'being revoked or pushed out by newer ones; it is a short-lived grant code and not a refresh token; it belongs to ' +
      `another client id; it comes from another data centre than "${dataCentre.name}".`,
    remedy: (place) =>
      `${newRefreshToken(place)} If your Zoho address does not end like ${new URL(place.dataCentre.accountsUrl).host}, set ZOHO_DC first.`,
  },
  invalid_client: {
    code: 'invalid-client',
    what: ({ dataCentre }) =>
      'Zoho does not know the client id in ZOHO_CLIENT_ID. Likely causes, in this order: the client lives in another ' +
      `data centre than "${dataCentre.name}"; the id was not copied whole; the client was deleted.`,
    remedy: ({ dataCentre }) =>
      `Compare ZOHO_CLIENT_ID with the Client ID at ${dataCentre.consoleUrl}; if you sign in to Zoho elsewhere, set ZOHO_DC (us, eu, in, au, jp, cn, ca, sa, uk).`,
  },
  invalid_client_secret: {
    code: 'invalid-client-secret',
    what: () =>
      'Zoho knows the client, but the secret in ZOHO_CLIENT_SECRET is not its secret. Likely causes, in this order: not ' +
      'copied whole; regenerated since; the secret of another data centre, since a client can have one in each.',
    remedy: ({ dataCentre }) =>
      `Copy the Client Secret anew from ${dataCentre.consoleUrl} into ZOHO_CLIENT_SECRET.`,
  },
  invalid_redirect_uri: {
    code: 'invalid-redirect-uri',
    what: () => 'Zoho expects a redirect address, so the client is not of the kind "Self Client".',
    remedy: ({ dataCentre }) =>
      `Create a Self Client at ${dataCentre.consoleUrl} and use its client id, its secret and a refresh token made with it.`,
  },
  invalid_scope: {
    code: 'invalid-scope',
    what: () => 'Zoho does not know one of the scopes that the credentials were made with.',
    remedy: newRefreshToken,
  },
  access_denied: {
    code: 'token-throttled',
    what: () =>
      'Zoho refuses to give an access token for now. Likely causes, in this order: more than 10 access tokens (or grant ' +
      'codes) were asked for within 10 minutes with these credentials; somebody refused the access.',
    remedy: () =>
      'Wait at least 10 minutes without any attempt, then run the command once. Look for other jobs that use the same refresh token.',
  },
  other_dc: {
    code: 'other-data-centre',
    what: ({ dataCentre }) => `The account lives in another data centre than "${dataCentre.name}".`,
    remedy: () =>
      'Set ZOHO_DC to the data centre whose address you sign in at (zoho.com: us, zoho.eu: eu, zoho.in: in, zoho.com.au: au, zoho.jp: jp, zoho.com.cn: cn, zohocloud.ca: ca, zoho.sa: sa, zoho.uk: uk).',
  },
  expired: {
    code: 'expired',
    what: () => 'Zoho says that the credentials have expired.',
    remedy: newRefreshToken,
  },
  general_error: {
    code: 'general-error',
    what: () => 'Zoho refused the credentials without a reason.',
    remedy: (place) => `Try again in a few minutes. If it stays: ${newRefreshToken(place)}`,
  },
};

function unknownError(error: string): Words {
  return {
    code: 'token-refused',
    what: () => `Zoho refused the credentials with an error that this tool does not know, "${error}".`,
    remedy: (place) =>
      `Check ZOHO_CLIENT_ID, ZOHO_CLIENT_SECRET, ZOHO_REFRESH_TOKEN and ZOHO_DC. If they are right: ${newRefreshToken(place)}`,
  };
}
