import { environmentUrl, type DataCentre, type Environment } from '../../zoho/auth/data-centre.ts';
import type { Place } from '../../run/credentials.ts';
import { consoleOf } from '../../run/local-zoho.ts';
import type { Granted } from '../../zoho/auth/token.ts';
import type { Secret } from '../../zoho/redact.ts';

/** The names of what a login may write. */
export type LoginName =
  | 'ZOHO_DC'
  | 'ZOHO_API_URL'
  | 'ZOHO_CLIENT_ID'
  | 'ZOHO_CLIENT_SECRET'
  | 'ZOHO_REFRESH_TOKEN';

/**
 * What a login knows so far. What is absent is asked for; what turns out wrong is taken out again, and nothing else, so
 * that nobody types anything twice.
 */
export interface Form {
  dataCentre?: DataCentre;
  /** `ZOHO_ACCOUNTS_URL`, where it is set. */
  accountsUrl?: URL;
  /** `ZOHO_API_URL`, where it is set and no flag overrules it; it decides instead of the environment. */
  fixedApiUrl?: URL;
  environment?: Environment;
  /** In a rehearsal the built-in Zoho, which takes the place of every host, whatever is answered. */
  readonly stage?: URL;
  clientId?: string;
  clientSecret?: Secret;
  code?: Secret;
  /** What the code was exchanged for; from now on only the proof is missing. */
  granted?: Granted;
  /** Answers that were taken back; pressing Enter alone keeps one. */
  readonly last: { dataCentre?: DataCentre; clientId?: string; clientSecret?: Secret };
  /** Codes that Zoho has refused: the same one will not do. */
  readonly refused: Set<string>;
  /** For which console and which refusal the way to a code was shown in full. */
  shown?: string;
  /** What was asked or given by a flag, and so has to be written. */
  readonly edits: Map<LoginName, string>;
}

/** Where the form points. */
export function placeOf(form: Form & { readonly dataCentre: DataCentre }): Place {
  const { dataCentre, accountsUrl, fixedApiUrl, environment = 'production', stage } = form;
  if (stage !== undefined) return { dataCentre, accountsUrl: stage, apiUrl: stage };
  const other = environment === 'production' ? undefined : environmentUrl(dataCentre, environment);
  const apiUrl = fixedApiUrl ?? (other === undefined ? undefined : new URL(other));
  return {
    dataCentre,
    accountsUrl: accountsUrl ?? new URL(dataCentre.accountsUrl),
    ...(apiUrl === undefined ? {} : { apiUrl }),
  };
}

/** Where the person gets client and code. */
export function consoleUrlOf({ stage }: Form, dataCentre: DataCentre): string {
  return stage === undefined ? dataCentre.consoleUrl : consoleOf(stage.href);
}

/**
 * What `ZOHO_API_URL` has to be for what was chosen: empty for production, whose host the token answer names itself.
 * @returns `undefined` where nothing was chosen, or the data centre has no such host that is known (sheet §1.5).
 */
export function apiUrlValue({ dataCentre, environment }: Form): string | undefined {
  if (environment === undefined || dataCentre === undefined) return undefined;
  return environment === 'production' ? '' : environmentUrl(dataCentre, environment);
}
