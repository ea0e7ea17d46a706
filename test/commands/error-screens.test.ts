import { describe, expect, it } from 'vitest';
import { Problem } from '../../src/model/problem.ts';
import { diagnosticsText } from '../../src/report/media/diagnostics.ts';
import { makeStyle } from '../../src/report/media/layout.ts';
import { apiProblem } from '../../src/zoho/api-errors.ts';
import { DATA_CENTRES } from '../../src/zoho/auth/data-centre.ts';
import { decode } from '../../src/zoho/http/answer.ts';
import { unreachable } from '../../src/zoho/http/retry.ts';
import { readToken, type Credentials } from '../../src/zoho/auth/token.ts';
import { narrowFaults } from '../support/narrow.ts';
import { TransportError, type TransportFault } from '../../src/zoho/http/transport.ts';
import { Secret } from '../../src/zoho/redact.ts';

// Refusals name a time of day, which must not depend on where the tests run.
process.env['TZ'] = 'UTC';

/** What a person sees at 80 columns; at 40 it is as whole. */
function screen(problem: Problem): string {
  const at = (width: number): string =>
    diagnosticsText(problem.diagnostics, { style: makeStyle(false), width });
  expect(narrowFaults(at)).toEqual([]);
  return at(80);
}

const eu = DATA_CENTRES.find((one) => one.name === 'eu')!;
const credentials: Credentials = {
  clientId: '1000.CLIENT',
  clientSecret: new Secret('client-secret'),
  refreshToken: new Secret('1000.refresh.token'),
  dataCentre: eu,
  accountsUrl: new URL(eu.accountsUrl),
};

function refusedToken(status: number, text: string): Problem {
  try {
    readToken(decode({ status, text }, credentials.accountsUrl.host), credentials, {
      now: 0,
      grant: 'refresh_token',
    });
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error('the token was taken');
}

describe('the token endpoint', () => {
  it.each([
    ['invalid-code', 200, '{"error":"invalid_code"}'],
    ['invalid-client', 200, '{"error":"invalid_client"}'],
    ['invalid-client-secret', 200, '{"error":"invalid_client_secret"}'],
    ['invalid-redirect-uri', 200, '{"error":"invalid_redirect_uri"}'],
    ['invalid-scope', 200, '{"error":"invalid_scope"}'],
    ['access-denied', 200, '{"error":"access_denied"}'],
    ['other-dc', 200, '{"error":"other_dc"}'],
    ['expired', 200, '{"error":"expired"}'],
    ['general-error', 200, '{"error":"general_error"}'],
    [
      'too-many-tokens',
      400,
      '{"error_description":"您的请求过于频繁","error":"Access Denied","status":"failure"}',
    ],
    ['unknown-error', 400, '{"error":"constructor"}'],
  ])('says %s in words', async (name, status, text) => {
    const problem = refusedToken(status, text);
    expect(problem.kind).toBe('credentials');
    await expect(screen(problem)).toMatchFileSnapshot(`../golden/errors/token-${name}.txt`);
  });

  it.each([
    ['html', 200, '<html>Sign in</html>'],
    ['redirect', 302, ''],
    ['empty', 200, ''],
    ['cut', 200, '{"access_token":"1000.'],
    ['no-token', 200, '{"api_domain":"https://www.zohoapis.eu"}'],
    ['broken', 503, '{"error":"unavailable"}'],
    ['odd-token', 200, '{"access_token":"two words"}'],
  ])('that is not Zoho (%s) is told as such', async (name, status, text) => {
    const problem = refusedToken(status, text);
    expect(problem.kind).toBe('unreachable');
    await expect(screen(problem)).toMatchFileSnapshot(`../golden/errors/not-zoho-${name}.txt`);
  });

  it('that points elsewhere is refused before the token leaves', async () => {
    const problem = refusedToken(
      200,
      '{"access_token":"1000.a.b","api_domain":"https://www.zohoapis.eu.evil.example"}',
    );
    expect(problem.kind).toBe('credentials');
    await expect(screen(problem)).toMatchFileSnapshot('../golden/errors/foreign-api-domain.txt');
  });
});

describe('the fields API', () => {
  it.each([
    [401, 'AUTHENTICATION_FAILURE', 'Authentication failed', {}, 'credentials'],
    [401, 'INVALID_TOKEN', 'invalid oauth token', {}, 'credentials'],
    [401, 'OAUTH_SCOPE_MISMATCH', 'invalid oauth scope to access this URL', {}, 'credentials'],
    [403, 'OAUTH_SCOPE_MISMATCH', 'Unauthorized', {}, 'credentials'],
    [
      403,
      'NO_PERMISSION',
      'permission denied',
      { permissions: ['Crm_Implied_Customize_Zoho_CRM'] },
      'credentials',
    ],
    [400, 'AUTHORIZATION_FAILED', 'not authorised', {}, 'credentials'],
    [403, 'SOMETHING_NEW', 'no', {}, 'credentials'],
    [400, 'INVALID_MODULE', 'the module name given seems to be invalid', {}, 'failed'],
    [
      400,
      'REQUIRED_PARAM_MISSING',
      'One of the expected parameter is missing',
      { param_name: 'module' },
      'failed',
    ],
    [400, 'INVALID_HOST', '', {}, 'configuration'],
    [404, 'INVALID_URL_PATTERN', 'Please check if the URL trying to access is a correct one', {}, 'failed'],
    [400, 'API_NOT_SUPPORTED', '', { supported_version: 9 }, 'failed'],
    [400, 'INVALID_REQUEST_METHOD', 'The http request method type is not a valid one', {}, 'failed'],
    [400, 'toString', 'a code that is a word of the language', {}, 'failed'],
    [429, 'TOO_MANY_REQUESTS', '', {}, 'unreachable'],
    [500, 'INTERNAL_ERROR', 'Internal Server Error', {}, 'unreachable'],
  ])('says HTTP %i %s in words', async (status, code, message, details, kind) => {
    const text = JSON.stringify({ code, details, message, status: 'error' });
    const context = { module: 'Deals', scope: 'ZohoCRM.settings.fields.READ' };
    const problem = apiProblem(decode({ status, text }, 'www.zohoapis.eu'), context)!;
    expect(problem.kind).toBe(kind);
    await expect(screen(problem)).toMatchFileSnapshot(
      `../golden/errors/api-${status}-${code.toLowerCase()}.txt`,
    );
  });

  it('that refuses without a word is told as such', () => {
    const told = (status: number, text: string) => apiProblem(decode({ status, text }, 'h'), { scope: 's' });
    expect(told(401, '{}')?.kind).toBe('credentials');
    expect(told(418, '{}')?.kind).toBe('failed');
    expect(told(200, '{"fields":[]}')).toBeUndefined();
    expect(told(204, '')).toBeUndefined();
    expect(told(200, 'OK')?.kind).toBe('unreachable');
    expect(told(302, '{}')?.kind).toBe('unreachable');
  });
});

describe('the network', () => {
  it.each<TransportFault>([
    'refused',
    'reset',
    'timeout',
    'unfinished',
    'stalled',
    'dns',
    'tls',
    'proxy',
    'too-large',
    'other',
  ])('that fails by %s is told with what to do', async (fault) => {
    const problem = unreachable(new TransportError(fault, 'www.zohoapis.eu', `www.zohoapis.eu: ${fault}`));
    expect(problem.kind).toBe('unreachable');
    await expect(screen(problem)).toMatchFileSnapshot(`../golden/errors/network-${fault}.txt`);
  });
});
