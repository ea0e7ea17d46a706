import { isObject, property } from '../../model/json.ts';
import { decode } from '../../zoho/http/answer.ts';
import { DATA_CENTRES } from '../../zoho/auth/data-centre.ts';
import { tokenRequest, type Credentials } from '../../zoho/auth/token.ts';
import { TransportError, type Transport } from '../../zoho/http/transport.ts';

/** What another data centre's accounts server said. */
export interface ElsewhereFound {
  readonly dataCentre: string;
  /** `null` where it did not answer. */
  readonly knowsClient: boolean | null;
  /** It gave an access token: this is the one. */
  readonly opens: boolean;
}

/** Asks every other data centre once. This sends the secrets there, so it is only done when it was asked for. */
export async function askElsewhere(
  credentials: Credentials,
  transport: Transport,
): Promise<readonly ElsewhereFound[]> {
  const others = DATA_CENTRES.filter((one) => one.name !== credentials.dataCentre.name);
  return Promise.all(
    others.map(async (dataCentre) => {
      const there = { ...credentials, dataCentre, accountsUrl: new URL(dataCentre.accountsUrl) };
      try {
        const { json } = decode(await transport(tokenRequest(there)));
        return { dataCentre: dataCentre.name, ...judge(json) };
      } catch (error) {
        if (error instanceof TransportError)
          return { dataCentre: dataCentre.name, knowsClient: null, opens: false };
        throw error;
      }
    }),
  );
}

function judge(json: unknown): Pick<ElsewhereFound, 'knowsClient' | 'opens'> {
  if (!isObject(json)) return { knowsClient: null, opens: false };
  if (typeof property(json, 'access_token') === 'string') return { knowsClient: true, opens: true };
  const error = property(json, 'error');
  if (error === 'invalid_client') return { knowsClient: false, opens: false };
  // The secret or the token may be wrong there: a client can have another secret in each data centre (sheet §1.5).
  const known = ['invalid_client_secret', 'invalid_code', 'other_dc'].includes(
    typeof error === 'string' ? error : '',
  );
  return { knowsClient: known ? true : null, opens: false };
}

/** The result as the next step of someone who reads it. */
export function elsewhereWords(found: readonly ElsewhereFound[]): string {
  const opens = found.find((one) => one.opens);
  if (opens !== undefined)
    return `The data centre "${opens.dataCentre}" takes these very credentials: set ZOHO_DC=${opens.dataCentre}.`;
  const known = found.filter((one) => one.knowsClient === true).map((one) => one.dataCentre);
  const silent = found.filter((one) => one.knowsClient === null).map((one) => one.dataCentre);
  const rest = silent.length === 0 ? '' : ` No clear answer came from: ${silent.join(', ')}.`;
  if (known.length > 0)
    return `The client is known in: ${known.join(', ')}. Set ZOHO_DC to that, and take the secret and a new refresh token from there ("zoho-fields auth login").${rest}`;
  return `No other data centre that answered knows the client: the id is wrong, or the client was deleted.${rest}`;
}

/** What to try next, for those who did not ask for it yet. */
export const OFFER =
  'Next to try: "zoho-fields doctor --try-other-data-centres" asks the other data centres whether they know the client; it sends them the client secret and the refresh token.';
