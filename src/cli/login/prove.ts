import { minimalScopes } from '../../credentials/scope-needs.ts';
import { firstOf } from '../../doctor/check.ts';
import type { LiveField } from '../../model/live-field.ts';
import { Problem, problem } from '../../model/problem.ts';
import { ZohoReader, type Organisation } from '../../zoho/reader.ts';
import { Session } from '../../zoho/session.ts';
import { baseOf, type AccessToken, type Credentials, type Granted } from '../../zoho/auth/token.ts';
import type { Transport } from '../../zoho/http/transport.ts';
import type { Io } from '../../machine/io.ts';

/** The token as it is used where the credentials point. */
export function tokenFor({ accessToken }: Granted, credentials: Credentials): AccessToken {
  return credentials.apiUrl === undefined
    ? accessToken
    : { ...accessToken, apiBase: baseOf(credentials.apiUrl) };
}

/** Proof that the new credentials are good for something: one read of the module's fields, with the token at hand. */
export async function prove(
  token: AccessToken,
  credentials: Credentials,
  { transport, module, io }: { readonly transport: Transport; readonly module: string; readonly io: Io },
): Promise<{ readonly fields: readonly LiveField[]; readonly organisation: Organisation | undefined }> {
  const cache = {
    load: () => ({ ...token, apiDomain: token.apiBase }),
    store: () => undefined,
    drop: () => undefined,
  };
  const session = new Session(credentials, {
    transport,
    cache,
    wait: io.wait,
    random: io.random,
    now: io.now,
  });
  const reader = new ZohoReader(session);
  const fields = await reader.fields(module, []).catch((error: unknown) => {
    throw error instanceof Problem && firstOf(error).code === 'oauth-scope-mismatch'
      ? lacksScopes(error)
      : error;
  });
  return { fields, organisation: await reader.organisation() };
}

/** The usual advice is to log in, which is what is being done. */
function lacksScopes(found: Problem): Problem {
  const { code, message } = firstOf(found);
  return problem(
    found.kind,
    code,
    message,
    `Create another code, and paste the whole line of scopes: ${minimalScopes()}`,
  );
}
