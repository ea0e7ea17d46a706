import type { SettingFound, SettingName } from '../../doctor/checks.ts';
import type { Diagnostic } from '../../model/problem.ts';
import { apiHostOwner, DATA_CENTRES } from '../../zoho/auth/data-centre.ts';
import type { Credentials } from '../../zoho/auth/token.ts';
import {
  readCredentials,
  readPasted,
  readPlace,
  readNumbers,
  type Place,
  type Numbers,
} from '../../run/credentials.ts';
import type { Io } from '../../machine/io.ts';
import { startBuiltInZoho } from '../../run/local-zoho.ts';
import { fixedSettings, readSettings, SettingsCheck, type Settings } from '../../run/settings.ts';

/** Everything that is configured, with all that is wrong with it, and nothing thrown. */
export interface Judged {
  readonly values: readonly SettingFound[];
  readonly place: Place;
  readonly placeProblems: readonly Diagnostic[];
  readonly numbers: Numbers;
  /** Present where nothing is missing or malformed. */
  readonly credentials?: Credentials;
}

/** As {@link Judged}, of an emulator where one was started. */
export interface Configured extends Judged {
  close(): Promise<void>;
}

const NAMES: readonly SettingName[] = ['ZOHO_CLIENT_ID', 'ZOHO_CLIENT_SECRET', 'ZOHO_REFRESH_TOKEN'];

/** Reads what is configured; with `--emulator` a local Zoho is started and is what is configured. */
export async function readConfigured(
  options: { readonly emulator?: boolean; readonly settings?: string },
  io: Io,
): Promise<Configured> {
  if (options.emulator === true) {
    const { emulator } = await startBuiltInZoho('-', 'read', io);
    const settings = fixedSettings(emulator.environment, 'the built-in emulator');
    return { ...judge(settings), close: () => emulator.close() };
  }
  return { ...judge(readSettings(io, options.settings)), close: () => Promise.resolve() };
}

/** Looks at every setting of contract §4 without a request. */
export function judge(settings: Settings): Judged {
  const values = NAMES.map((name) => readValue(name, settings));
  const check = new SettingsCheck();
  const place = readPlace(settings, check);
  const numbers = readNumbers(settings, check);
  checkHosts(place, check);
  const sound = check.found.length === 0 && values.every((one) => one.problems.length === 0);
  return {
    values,
    place,
    placeProblems: check.found,
    numbers,
    ...(sound ? { credentials: readCredentials(settings) } : {}),
  };
}

/** An accounts server of one data centre and an API host of another: no token is good for both (sheet §1.5). */
function checkHosts({ accountsUrl, apiUrl }: Place, check: SettingsCheck): void {
  const accounts = DATA_CENTRES.find((one) => one.accountsUrl === accountsUrl.origin);
  const api = apiUrl === undefined ? undefined : apiHostOwner(apiUrl.host)?.dataCentre;
  if (accounts === undefined || api === undefined || accounts === api) return;
  check.add(
    'hosts-disagree',
    `ZOHO_API_URL names a host of the data centre "${api.name}", but the accounts server is that of "${accounts.name}": no token is good for both.`,
    'Set ZOHO_DC to the one that your organisation is in, and take ZOHO_API_URL out or correct it.',
  );
}

function readValue(name: SettingName, settings: Settings): SettingFound {
  const check = new SettingsCheck();
  readPasted(name, settings, check);
  const setting = settings.get(name);
  return { name, problems: check.found, ...setting };
}
