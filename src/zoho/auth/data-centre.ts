/** One Zoho data centre: organisations, credentials and secrets never cross between them (sheet §1.5). */
export interface DataCentre {
  /** The value of `ZOHO_DC`. */
  readonly name: string;
  readonly accountsUrl: string;
  /** Production API, used when a token answer names no `api_domain`. */
  readonly apiUrl: string;
  readonly consoleUrl: string;
}

/** Every data centre that `ZOHO_DC` can name, `us` first because it is the default. */
export const DATA_CENTRES: readonly DataCentre[] = [
  dataCentre('us', 'accounts.zoho.com', 'zohoapis.com', 'api-console.zoho.com'),
  dataCentre('eu', 'accounts.zoho.eu', 'zohoapis.eu', 'api-console.zoho.eu'),
  dataCentre('in', 'accounts.zoho.in', 'zohoapis.in', 'api-console.zoho.in'),
  dataCentre('au', 'accounts.zoho.com.au', 'zohoapis.com.au', 'api-console.zoho.com.au'),
  dataCentre('jp', 'accounts.zoho.jp', 'zohoapis.jp', 'api-console.zoho.jp'),
  dataCentre('cn', 'accounts.zoho.com.cn', 'zohoapis.com.cn', 'api-console.zoho.com.cn'),
  dataCentre('ca', 'accounts.zohocloud.ca', 'zohoapis.ca', 'api-console.zohocloud.ca'),
  dataCentre('sa', 'accounts.zoho.sa', 'zohoapis.sa', 'api-console.zoho.sa'),
  dataCentre('uk', 'accounts.zoho.uk', 'zohoapis.uk', 'api-console.zoho.uk'),
];

function dataCentre(name: string, accounts: string, api: string, console: string): DataCentre {
  return {
    name,
    accountsUrl: `https://${accounts}`,
    apiUrl: `https://www.${api}`,
    consoleUrl: `https://${console}`,
  };
}

/** What an organisation can be; tokens open only the one that their code was made for (sheet §1.5). */
export const ENVIRONMENTS = ['production', 'sandbox', 'developer'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** Data centres whose sandbox and developer hosts the sheet names; of the United Kingdom only production is known. */
const WITH_ALL_ENVIRONMENTS = ['us', 'eu', 'in', 'au', 'jp', 'cn', 'ca', 'sa'];

/** Where the API of an environment is; `undefined` where the sheet names no host for it. */
export function environmentUrl(dataCentre: DataCentre, environment: Environment): string | undefined {
  if (environment === 'production') return dataCentre.apiUrl;
  if (!WITH_ALL_ENVIRONMENTS.includes(dataCentre.name)) return undefined;
  return dataCentre.apiUrl.replace('://www.', `://${environment}.`);
}

/** The data centre and the environment that an API host is of; `undefined` for any other host. */
export function apiHostOwner(
  host: string,
): { readonly dataCentre: DataCentre; readonly environment: Environment } | undefined {
  for (const dataCentre of DATA_CENTRES)
    for (const environment of ENVIRONMENTS)
      if (environmentUrl(dataCentre, environment) === `https://${host}`) return { dataCentre, environment };
  return undefined;
}

/** Hosts that a token may be sent to: those above, and the Emirates', known from third parties only (sheet §1.5). */
function isApiHost(host: string): boolean {
  return host === 'www.zohoapis.ae' || apiHostOwner(host) !== undefined;
}

/** What a person's address of Zoho ends with after signing in, such as `zoho.eu`. */
export function webDomain(dataCentre: DataCentre): string {
  return new URL(dataCentre.accountsUrl).host.replace(/^accounts\./, '');
}

/** True for an address of this machine. */
export function isLoopback(url: URL): boolean {
  return (
    url.hostname === 'localhost' || url.hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(url.hostname)
  );
}

/**
 * The address that API calls go to, if a token may be sent there (contract §4).
 *
 * `api_domain` comes out of an answer, and an answer must not be able to send the token anywhere.
 * @returns the origin, or `undefined` for a foreign or malformed domain.
 */
export function trustedApiOrigin(apiDomain: string, accountsUrl: URL): string | undefined {
  const url = parseUrl(apiDomain);
  if (url === undefined || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return undefined;
  if (isLoopback(url)) return isLoopback(accountsUrl) && isWeb(url) ? url.origin : undefined;
  const known = url.protocol === 'https:' && url.port === '' && isApiHost(url.hostname);
  return known && url.pathname === '/' ? url.origin : undefined;
}

function isWeb(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}

/** An absolute URL, or `undefined`. */
export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
