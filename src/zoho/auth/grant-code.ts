import { isObject, property } from '../../model/json.ts';
import { problem } from '../../model/problem.ts';
import { decode } from '../http/answer.ts';
import { Secret } from './secret.ts';
import { readToken, tokenCall, type AccessToken, type Credentials } from './token.ts';
import type { HttpAnswer, HttpRequest } from '../http/transport.ts';

/** Who asks for tokens with a code. */
export type Client = Omit<Credentials, 'refreshToken'>;

/** What a code is exchanged for. */
export interface Granted {
  readonly refreshToken: Secret;
  readonly accessToken: AccessToken;
}

/** The request that exchanges a self client's code (sheet §1.2); it needs no redirect address. */
export function codeRequest(client: Client, code: Secret): HttpRequest {
  return tokenCall(client, { grant_type: 'authorization_code', code: code.reveal() });
}

/**
 * Reads the answer to {@link codeRequest}.
 * @param now milliseconds since the epoch.
 * @throws Problem as `readToken`, and `credentials` where no refresh token came back (sheet §11).
 */
export function readGrant(answer: HttpAnswer, client: Client, now: number): Granted {
  const accessToken = readToken(answer, client, { now, grant: 'authorization_code' });
  const json = decode(answer)?.json;
  const refreshToken = json !== undefined && isObject(json) ? property(json, 'refresh_token') : undefined;
  if (typeof refreshToken === 'string' && /^[\x21-\x7e]+$/.test(refreshToken))
    return { accessToken, refreshToken: new Secret(refreshToken) };
  throw problem(
    'credentials',
    'no-refresh-token',
    'Zoho took the code, but gave an access token only and no refresh token. An access token ends in an hour, so nothing was kept.',
    'Make the code with a Self Client ("Generate Code"), which always gives one; a code of another kind of client needs access_type=offline.',
  );
}
