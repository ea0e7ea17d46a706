import { Problem } from '../../model/problem.ts';
import type { DataCentre } from '../../zoho/data-centre.ts';
import type { Granted } from '../../zoho/grant-code.ts';
import type { Secret } from '../../zoho/secret.ts';
import type { AccessToken, Credentials } from '../../zoho/token.ts';
import type { Transport } from '../../zoho/transport.ts';
import type { Io } from '../io.ts';
import { exchange } from './exchange.ts';
import { placeOf, type Form } from './form.ts';
import { prove, tokenFor } from './prove.ts';

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

/** The problem that a piece of work ended with, or its result. */
export async function settled<T>(work: Promise<T>): Promise<T | Problem> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
