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

/**
 * Hosts that a token may be sent to (sheet §1.5): production of every data centre, also the one in the Emirates that
 * is known from third parties only, and sandbox and developer where the sheet names them.
 */
const API_HOSTS: ReadonlySet<string> = new Set([
  ...['com', 'eu', 'in', 'com.au', 'jp', 'com.cn', 'ca', 'sa', 'uk', 'ae'].map(
    (end) => `www.zohoapis.${end}`,
  ),
  ...['com', 'eu', 'in', 'com.au', 'jp', 'com.cn', 'ca', 'sa'].flatMap((end) => [
    `sandbox.zohoapis.${end}`,
    `developer.zohoapis.${end}`,
  ]),
]);

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
  const known = url.protocol === 'https:' && url.port === '' && API_HOSTS.has(url.hostname);
  return known && url.pathname === '/' ? url.origin : undefined;
}

function isWeb(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}

/** An absolute URL, or `undefined`. */
export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
