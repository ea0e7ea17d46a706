import type { Io } from '../../machine/io.ts';
import { Problem, problem } from '../../model/problem.ts';
import type { DataCentre } from '../../zoho/auth/data-centre.ts';
import {
  type AccessToken,
  type Credentials,
  type Granted,
  codeRequest,
  readGrant,
  type Client,
  baseOf,
} from '../../zoho/auth/token.ts';
import { unreachable } from '../../zoho/http/retry.ts';
import { decode, type Answer } from '../../zoho/http/answer.ts';
import { type Transport, TransportError } from '../../zoho/http/transport.ts';
import { placeOf, type Form } from './form.ts';
import type { Secret } from '../../zoho/redact.ts';
import { minimalScopes } from '../../credentials/scope-needs.ts';
import { firstOf } from '../../doctor/check.ts';
import type { LiveField, Organisation } from '../../model/live-field.ts';
import { ZohoReader } from '../../zoho/reader.ts';
import { Session } from '../../zoho/session.ts';

/** New credentials, and what the proof showed of them. */
export interface LoggedIn {
  readonly credentials: Credentials;
  readonly token: AccessToken;
  /** Absent where the read failed for a reason that says nothing against the credentials. */
  readonly proof?: Awaited<ReturnType<typeof prove>>;
}

export interface AttemptPorts {
  readonly transport: Transport;
  readonly module: string;
  readonly io: Io;
}

/**
 * Exchanges the code, unless that is done, and reads the fields as proof.
 * @throws Problem when either is refused; the form then holds what the exchange gave, if it got that far.
 */
export async function attempt(form: Form, ports: AttemptPorts): Promise<LoggedIn> {
  const { transport, io } = ports;
  const client = clientOf(form);
  const granted = (form.granted ??= await exchange(client, required(form.code), {
    transport,
    now: io.now,
  }));
  const { credentials, token } = withGrant(client, granted);
  return { credentials, token, proof: await prove(token, credentials, ports) };
}

/** What is there when the exchange worked and the proof did not count. */
export function withoutProof(form: Form): LoggedIn {
  return withGrant(clientOf(form), required(form.granted));
}

function withGrant(client: Omit<Credentials, 'refreshToken'>, granted: Granted): LoggedIn {
  const credentials = { ...client, refreshToken: granted.refreshToken };
  return { credentials, token: tokenFor(granted, credentials) };
}

function clientOf(form: Form): Omit<Credentials, 'refreshToken'> {
  const dataCentre: DataCentre = required(form.dataCentre);
  const clientSecret: Secret = required(form.clientSecret);
  return { clientId: required(form.clientId), clientSecret, ...placeOf({ ...form, dataCentre }) };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the login went on with an answer missing');
  return value;
}

/**
 * Exchanges a code, exactly once: a code works once, and after an answer that was lost nobody knows whether it did.
 * @throws Problem saying what is wrong, and for a lost answer what has become of the code.
 */
export async function exchange(
  client: Client,
  code: Secret,
  { transport, now }: { readonly transport: Transport; readonly now: () => number },
): Promise<Granted> {
  let answer: Answer;
  try {
    answer = decode(await transport(codeRequest(client, code)), client.accountsUrl.host);
  } catch (error) {
    if (error instanceof TransportError) throw lost(error);
    throw error;
  }
  return readGrant(answer, client, now());
}

function lost(error: TransportError): Problem {
  const unsent = ['refused', 'dns', 'tls', 'proxy'].includes(error.fault);
  const base = unreachable(error);
  const [first] = base.diagnostics;
  const fate = unsent
    ? 'The code did not leave this computer: it can be sent again while its minutes last.'
    : 'The code may be used up by now: if sending it again fails, create a new one.';
  return problem(base.kind, first?.code ?? 'network', base.message, `${fate} ${first?.remedy ?? ''}`.trim());
}

/** The token as it is used where the credentials point. */
function tokenFor({ accessToken }: Granted, credentials: Credentials): AccessToken {
  return credentials.apiUrl === undefined
    ? accessToken
    : { ...accessToken, apiBase: baseOf(credentials.apiUrl) };
}

/** Proof that the new credentials are good for something: one read of the module's fields, with the token at hand. */
async function prove(
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
