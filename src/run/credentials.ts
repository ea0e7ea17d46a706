import { DATA_CENTRES, isLoopback, parseUrl, type DataCentre } from '../zoho/auth/data-centre.ts';
import type { Credentials } from '../zoho/auth/token.ts';
import { parseDataCentre, pastingFault } from '../credentials/typed-values.ts';
import { visibleShort } from '../model/visible.ts';
import { SECRETS } from './secret-free-io.ts';
import { ENVIRONMENT, SettingsCheck, type Setting, type Settings } from './settings.ts';
import { Secret } from '../zoho/redact.ts';

/** The settings that are numbers (contract §4). */
export interface Numbers {
  /** How long a request may take. */
  readonly timeoutMs: number;
  /** How long to wait after a lost answer. */
  readonly settleMs: number;
  /** How many custom fields a module can hold, where it is not what the edition says. */
  readonly customFields?: number;
}

/**
 * The credentials of contract §4, checked as far as that goes without a request: a token pasted with a space, a quote
 * or a line break around it is named here, not by Zoho's `invalid_code`.
 * @throws Problem `configuration` naming everything that is missing or malformed.
 */
export function readCredentials(settings: Settings): Credentials & Numbers {
  const check = new SettingsCheck();
  const clientId = readPasted('ZOHO_CLIENT_ID', settings, check);
  const clientSecret = readPasted('ZOHO_CLIENT_SECRET', settings, check);
  const refreshToken = readPasted('ZOHO_REFRESH_TOKEN', settings, check);
  const place = readPlace(settings, check);
  const numbers = readNumbers(settings, check);
  check.finish();
  return {
    clientId,
    clientSecret: new Secret(clientSecret),
    refreshToken: new Secret(refreshToken),
    ...place,
    ...numbers,
  };
}

/** What tells one Zoho, and one access to it, from all others. */
export function accessOf(credentials: Credentials): readonly string[] {
  const { accountsUrl, clientId, refreshToken } = credentials;
  return [accountsUrl.host, clientId, refreshToken.reveal()];
}

/** Where the credentials are good: a data centre, and the hosts that may be set in place of its own. */
export type Place = Pick<Credentials, 'dataCentre' | 'accountsUrl' | 'apiUrl'>;

/**
 * `ZOHO_DC`, `ZOHO_ACCOUNTS_URL` and `ZOHO_API_URL`.
 *
 * `ZOHO_DC` may come from a less trusted place than the secrets: it only picks among Zoho's own hosts, where a client of
 * another data centre is unknown, and nobody but Zoho hears of it.
 */
export function readPlace(settings: Settings, check: SettingsCheck): Place {
  const dataCentre = readDataCentre(settings.get('ZOHO_DC'), check);
  const accountsUrl = readUrl('ZOHO_ACCOUNTS_URL', settings, check) ?? new URL(dataCentre.accountsUrl);
  const apiUrl = readUrl('ZOHO_API_URL', settings, check);
  if ([accountsUrl, apiUrl].some((url) => url?.protocol === 'https:')) refuseOpenTls(settings, check);
  return { dataCentre, accountsUrl, ...(apiUrl === undefined ? {} : { apiUrl }) };
}

/** Node takes this variable from the environment alone, and exactly `0` means that anyone may call themselves Zoho. */
function refuseOpenTls(settings: Settings, check: SettingsCheck): void {
  const setting = settings.get('NODE_TLS_REJECT_UNAUTHORIZED');
  if (setting?.origin !== ENVIRONMENT || setting.value !== '0') return;
  check.add(
    'tls-not-checked',
    'NODE_TLS_REJECT_UNAUTHORIZED=0 (from the environment) asks not to check who answers, so any server could get the credentials. Nothing was sent.',
    'Take it out ("unset NODE_TLS_REJECT_UNAUTHORIZED"). If your company inspects TLS, give Node its certificate with NODE_EXTRA_CA_CERTS.',
  );
}

/** `ZOHO_TIMEOUT_MS`, `ZOHO_SETTLE_MS` and `ZOHO_CUSTOM_FIELD_LIMIT`. */
export function readNumbers(settings: Settings, check: SettingsCheck): Numbers {
  const time = { what: 'milliseconds', least: 0 };
  const limit = { what: 'fields', example: 300, least: 0 };
  const customFields = readNumber('ZOHO_CUSTOM_FIELD_LIMIT', limit, settings, check);
  return {
    timeoutMs:
      readNumber('ZOHO_TIMEOUT_MS', { ...time, example: 30_000, least: 1 }, settings, check) ?? 30_000,
    settleMs: readNumber('ZOHO_SETTLE_MS', { ...time, example: 5000 }, settings, check) ?? 5000,
    ...(customFields === undefined ? {} : { customFields }),
  };
}

/** A credential as it was copied; empty where it is missing, which is noted. */
export function readPasted(name: string, settings: Settings, check: SettingsCheck): string {
  const setting = settings.get(name);
  if (setting === undefined) {
    check.add(
      'not-configured',
      `${name} is not set. It was looked for in ${settings.searched}.`,
      'Run "zoho-fields auth login", which gets what is missing step by step; or write a line NAME=VALUE for it into the .env file; or try the tool without credentials: add --emulator.',
    );
    return '';
  }
  const fault = pastingFault(name, setting.value);
  if (fault !== undefined) {
    check.add(
      'malformed-value',
      `${name} (from ${setting.origin}) ${fault}.`,
      'Copy the value again, alone and whole, and put it directly behind the = sign.',
    );
  }
  return setting.value;
}

function readDataCentre(setting: Setting | undefined, check: SettingsCheck): DataCentre {
  const fallback = DATA_CENTRES[0];
  if (fallback === undefined) throw new Error('no data centre is known');
  if (setting === undefined) return fallback;
  const found = DATA_CENTRES.find((one) => one.name === setting.value.toLowerCase());
  if (found !== undefined) return found;
  const meant = parseDataCentre(setting.value);
  const others = DATA_CENTRES.flatMap((one) => (one === meant ? [] : one.name));
  const shown = shownDataCentre(setting.value);
  check.add(
    'malformed-value',
    `ZOHO_DC (from ${setting.origin}) is ${shown === undefined ? '' : `"${shown}", which is `}not a data centre that is known.`,
    meant === undefined
      ? `Use one of: ${DATA_CENTRES.map((one) => one.name).join(', ')}.`
      : `Did you mean ZOHO_DC=${meant.name}? The others are ${others.join(', ')}.`,
  );
  return fallback;
}

/** The longest text that anyone writes for a data centre; a longer one may be a credential in the wrong line. */
const LONGEST_NAME = 30;

/** What was written for a data centre, where that is no secret: where it names one, or is too short for a secret. */
export function shownDataCentre(value: string): string | undefined {
  const isShown = parseDataCentre(value) !== undefined || value.length <= LONGEST_NAME;
  return isShown ? visibleShort(value, 80) : undefined;
}

function readUrl(name: string, settings: Settings, check: SettingsCheck): URL | undefined {
  const setting = settings.get(name);
  if (setting === undefined || isLessTrusted(name, setting, settings, check)) return undefined;
  const url = parseUrl(setting.value);
  const fault = urlFault(url);
  if (url !== undefined && fault === undefined) return url;
  check.add(
    'malformed-value',
    `${name} (from ${setting.origin}) ${fault ?? 'is not an address'}.`,
    'Use an address such as https://www.zohoapis.eu, without user name, question mark or #.',
  );
  return undefined;
}

/**
 * A file comes with a folder, and so perhaps with a stranger's checkout; the environment is the user's own. So a file
 * never says where secrets of the environment go (contract §4), not even one of them beside others of its own.
 */
function isLessTrusted(name: string, host: Setting, settings: Settings, check: SettingsCheck): boolean {
  if (host.origin === ENVIRONMENT) return false;
  const secrets = SECRETS.filter((secret) => settings.get(secret)?.origin === ENVIRONMENT);
  if (secrets.length === 0) return false;
  check.add(
    'host-less-trusted',
    `${host.origin} sets ${name}, and ${secrets.join(' and ')} ${secrets.length === 1 ? 'comes' : 'come'} from ${ENVIRONMENT}: a file does not decide where secrets of the environment are sent. Nothing was sent.`,
    `If you trust that host, set ${name} in the environment too, or put all the credentials into the file; otherwise take the line out of the file.`,
  );
  return true;
}

function urlFault(url: URL | undefined): string | undefined {
  if (url === undefined) return 'is not an address';
  if (url.protocol === 'http:')
    return isLoopback(url)
      ? bareFault(url)
      : 'uses http, which is accepted for this machine only: credentials would travel unprotected';
  return url.protocol === 'https:' ? bareFault(url) : 'is not an https address';
}

function bareFault(url: URL): string | undefined {
  return url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== ''
    ? 'holds more than an address'
    : undefined;
}

/** Longer than so many milliseconds no timer of Node's can wait, and no module holds so many fields. */
const LARGEST = 2_147_483_647;

interface NumberRule {
  /** What is counted. */
  readonly what: string;
  readonly example: number;
  readonly least: number;
}

function readNumber(
  name: string,
  { what, example, least }: NumberRule,
  settings: Settings,
  check: SettingsCheck,
): number | undefined {
  const setting = settings.get(name);
  if (setting === undefined) return undefined;
  const value = /^\d{1,10}$/.test(setting.value.trim()) ? Number(setting.value) : Number.NaN;
  if (value >= least && value <= LARGEST) return value;
  check.add(
    'malformed-value',
    `${name} (from ${setting.origin}) is not a whole number of ${what}${least > 0 ? ' above 0' : ''}.`,
    `Use a number such as ${example}, or leave it out.`,
  );
  return undefined;
}
