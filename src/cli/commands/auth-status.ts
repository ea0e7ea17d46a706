import { oddForm, maskedId, maskedSecret } from '../../credentials/typed-values.ts';
import { type Diagnostic, Problem } from '../../model/problem.ts';
import {
  authJson,
  authText,
  type AuthStatus,
  type SettingStatus,
  type TokenStatus,
} from '../../report/auth/status.ts';
import { diagnosticsText } from '../../report/media/diagnostics.ts';
import { apiHostOwner } from '../../zoho/auth/data-centre.ts';
import { Session } from '../../zoho/session.ts';
import { fileTokenCache } from '../../machine/token-cache.ts';
import { cacheFolder } from '../../machine/user-folders.ts';
import { lookOf, type Io } from '../../machine/io.ts';
import type { ReportOptions } from '../options.ts';
import { makeTransport } from '../../run/connect.ts';
import { shownDataCentre } from '../../run/credentials.ts';
import { cacheOffWords } from '../doctor/findings.ts';
import { judge, type Judged } from '../doctor/configured.ts';
import { EXIT, exitForProblem } from '../exit-code.ts';
import { ENVIRONMENT, readSettings, type FileSettings } from '../../run/settings.ts';

export interface StatusOptions extends ReportOptions {
  readonly settings?: string;
  /** Whether Zoho may be asked. */
  readonly online?: boolean;
  readonly tokenCache: boolean;
}

/** `auth status`: what is configured and from where. Without `--online` nothing is sent anywhere. */
export async function authStatus(options: StatusOptions, io: Io): Promise<number> {
  const settings = readSettings(io, options.settings);
  const judged = judge(settings);
  const { token, problem } = await tokenStatus(judged, options, io);
  const status = statusOf(settings, judged, token);
  const diagnostics = [
    ...judged.values.flatMap((one) => one.problems),
    ...judged.placeProblems,
    ...(problem?.diagnostics ?? []),
  ];
  if (options.format === 'json') io.stdout.write(authJson(status, diagnostics));
  else {
    io.stdout.write(authText(status, { ...lookOf(io.stdout, io), now: io.now() }));
    tell(diagnostics, io);
  }
  if (judged.credentials === undefined) return EXIT.configuration;
  return problem === undefined ? EXIT.done : exitForProblem(problem.kind);
}

function tell(diagnostics: readonly Diagnostic[], io: Io): void {
  if (diagnostics.length > 0) io.stderr.write(`\n${diagnosticsText(diagnostics, lookOf(io.stderr, io))}`);
}

/** The kept token, or with `--online` a new one where none is kept. */
async function tokenStatus(
  { credentials, numbers }: Judged,
  { online, tokenCache }: StatusOptions,
  io: Io,
): Promise<{ readonly token: TokenStatus; readonly problem?: Problem }> {
  if (credentials === undefined)
    return { token: { state: 'none', why: 'none, until everything above is set' } };
  const { path: folder, off } = cacheFolder(io.env, tokenCache);
  const cache = folder === undefined ? undefined : fileTokenCache(folder, credentials, io.now);
  const kept = cache?.load();
  if (kept === undefined && online !== true) {
    const token: TokenStatus =
      off === undefined
        ? { state: 'none', why: 'none is kept; the next command gets one, and so does --online' }
        : { state: 'off', why: `the token cache is ${cacheOffWords(off)}` };
    return { token };
  }
  const transport = await makeTransport(numbers.timeoutMs, 'read', io);
  const session = new Session(credentials, { transport, ...io, ...(cache === undefined ? {} : { cache }) });
  try {
    const { apiBase, scopes, lifeSeconds } = await session.token();
    const endsAt = io.now() + lifeSeconds * 1000;
    const state = session.requests.read === 0 ? 'kept' : 'asked';
    return { token: { state, scopes, apiHost: new URL(apiBase).host, endsAt } };
  } catch (error) {
    if (!(error instanceof Problem) || io.interrupt.requested) throw error;
    return { token: { state: 'none', why: 'Zoho gave none' }, problem: error };
  }
}

function statusOf(settings: FileSettings, judged: Judged, token: TokenStatus): AuthStatus {
  const { dataCentre, accountsUrl, apiUrl } = judged.place;
  // Of a data centre that nobody knows nothing follows; the default is for where none is set.
  const isKnown = !isMalformed('ZOHO_DC', judged);
  const isFixed =
    settings.get('ZOHO_ACCOUNTS_URL') !== undefined && !isMalformed('ZOHO_ACCOUNTS_URL', judged);
  return {
    file: { path: settings.path, exists: settings.exists },
    settings: [
      ...judged.values.map(({ name, value, problems }): SettingStatus => {
        const shown = name === 'ZOHO_CLIENT_ID' ? maskedId(value ?? '') : maskedSecret(value ?? '');
        const odd = value === undefined || problems.length > 0 ? undefined : oddForm(name, value);
        return {
          name,
          state: value === undefined ? 'missing' : problems.length > 0 ? 'malformed' : 'set',
          shown,
          ...originOf(name, settings),
          ...(odd === undefined ? {} : { note: `it ${odd}` }),
        };
      }),
      dataCentreStatus(settings, judged),
      ...['ZOHO_ACCOUNTS_URL', 'ZOHO_API_URL'].flatMap((name) => urlStatus(name, settings, judged)),
    ],
    place: {
      dataCentre: isKnown ? dataCentre.name : null,
      accountsUrl: isKnown || isFixed ? accountsUrl.origin : null,
      apiUrl: apiUrl?.origin ?? null,
      environment: (apiUrl === undefined ? undefined : apiHostOwner(apiUrl.host)?.environment) ?? null,
      consoleUrl: isKnown ? dataCentre.consoleUrl : null,
    },
    token,
  };
}

function dataCentreStatus(settings: FileSettings, judged: Judged): SettingStatus {
  const name = 'ZOHO_DC';
  const setting = settings.get(name);
  if (setting !== undefined && isMalformed(name, judged)) {
    const value = shownDataCentre(setting.value);
    const shown = value === undefined ? 'not shown' : `"${value}"`;
    return { name, state: 'malformed', shown, ...originOf(name, settings) };
  }
  const state = setting === undefined ? 'default' : 'set';
  return { name, state, shown: judged.place.dataCentre.name, ...originOf(name, settings) };
}

function isMalformed(name: string, { placeProblems }: Judged): boolean {
  return placeProblems.some((one) => one.message.startsWith(`${name} `));
}

/** Hosts are shown only where they are set and well-formed: an address can hold a password. */
function urlStatus(name: string, settings: FileSettings, judged: Judged): readonly SettingStatus[] {
  const setting = settings.get(name);
  if (setting === undefined) return [];
  const malformed = isMalformed(name, judged);
  const shown = malformed || !URL.canParse(setting.value) ? 'not shown' : new URL(setting.value).origin;
  return [{ name, state: malformed ? 'malformed' : 'set', shown, ...originOf(name, settings) }];
}

function originOf(name: string, settings: FileSettings): Pick<SettingStatus, 'origin' | 'overrules'> {
  const setting = settings.get(name);
  if (setting === undefined) return { origin: 'default', overrules: false };
  if (setting.origin !== ENVIRONMENT) return { origin: 'file', overrules: false };
  const other = settings.inFile(name) ?? '';
  return { origin: 'environment', overrules: other !== '' && other !== setting.value };
}
