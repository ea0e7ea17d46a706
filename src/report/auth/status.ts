import { count } from '../../model/count.ts';
import { clockTime } from '../../model/time.ts';
import type { Diagnostic } from '../../model/problem.ts';
import { visible, visibleShort } from '../../model/visible.ts';
import { keyed, type Style } from '../media/layout.ts';
import { jsonReport } from '../media/escape.ts';

/** One setting as it may be shown. */
export interface SettingStatus {
  readonly name: string;
  readonly state: 'set' | 'missing' | 'malformed' | 'default';
  /** The value, masked where it has to be. */
  readonly shown: string;
  /** `environment`, `file` or `default`. */
  readonly origin: 'environment' | 'file' | 'default';
  /** True where the file says something else and is overruled. */
  readonly overrules: boolean;
  /** What is wrong, or looks odd. */
  readonly note?: string;
}

/** The access token that is kept, or was asked for. */
export interface TokenStatus {
  readonly state: 'kept' | 'asked' | 'none' | 'off';
  /** Why there is none. */
  readonly why?: string;
  readonly scopes?: readonly string[];
  readonly apiHost?: string;
  /** Milliseconds since the epoch. */
  readonly endsAt?: number;
}

/** Everything that `auth status` says; it holds no secret. */
export interface AuthStatus {
  readonly file: { readonly path: string; readonly exists: boolean };
  readonly settings: readonly SettingStatus[];
  readonly place: {
    /** This and what follows from it: null where `ZOHO_DC` names none. */
    readonly dataCentre: string | null;
    readonly accountsUrl: string | null;
    readonly apiUrl: string | null;
    readonly environment: string | null;
    readonly consoleUrl: string | null;
  };
  readonly token: TokenStatus;
}

/** The status as a person reads it. */
export function authText(
  status: AuthStatus,
  { style, width, now }: { readonly style: Style; readonly width: number; readonly now: number },
): string {
  const { file, settings, place, token } = status;
  const row = (key: string, text: string): readonly string[] => keyed(key, text, width, 2, 21);
  const lines = [
    style.bold('Settings'),
    ...row('file', `${visible(file.path)}${file.exists ? '' : ' (does not exist)'}`),
    ...settings.flatMap((one) => row(one.name, settingText(one))),
    '',
    style.bold('Zoho'),
    ...row('data centre', visible(place.dataCentre ?? UNKNOWN)),
    ...row('accounts server', visible(place.accountsUrl ?? UNKNOWN)),
    ...row('API', apiText(place)),
    ...row('API console', visible(place.consoleUrl ?? UNKNOWN)),
    '',
    style.bold('Access token'),
    ...tokenRows(token, now).flatMap(([key, text]) => row(key, text)),
  ];
  return `${lines.join('\n')}\n`;
}

const UNKNOWN = 'not known until ZOHO_DC is corrected';

function settingText({ shown, state, origin, overrules, note }: SettingStatus): string {
  const from = {
    environment: 'from the environment',
    file: 'from the file',
    default: 'because nothing else is set',
  };
  const value = state === 'missing' ? 'not set' : `${visibleShort(shown, 200)}, ${from[origin]}`;
  const word = state === 'malformed' ? 'MALFORMED: ' : '';
  return `${word}${value}${overrules ? ', which overrules another value in the file' : ''}${note === undefined ? '' : `; ${visibleShort(note)}`}`;
}

function apiText({ apiUrl, environment }: AuthStatus['place']): string {
  if (apiUrl === null) return 'as the token answer says; nothing is fixed';
  return `${visible(apiUrl)}${environment === null ? '' : ` (${visible(environment)})`}`;
}

function tokenRows(token: TokenStatus, now: number): readonly (readonly [string, string])[] {
  if (token.state === 'none' || token.state === 'off') return [['state', visibleShort(token.why ?? 'none')]];
  const { endsAt = now, scopes = [], apiHost = '' } = token;
  const minutes = Math.max(0, Math.round((endsAt - now) / 60_000));
  return [
    ['state', token.state === 'kept' ? 'kept from an earlier run' : 'asked for just now'],
    ['ends', `${clockTime(endsAt)}, in ${count(minutes, 'minute')}`],
    ['API', visible(apiHost)],
    ['scopes', scopes.length === 0 ? 'Zoho did not name them' : visible(scopes.join(' '))],
  ];
}

/** The status as scripts read it (contract §7). */
export function authJson(status: AuthStatus, diagnostics: readonly Diagnostic[]): string {
  const { file, settings, place, token } = status;
  return jsonReport('auth_status', {
    configured: settings.every((one) => one.state === 'set' || one.state === 'default'),
    file,
    settings: settings.map(({ name, state, shown, origin, overrules, note }) => ({
      name,
      state,
      origin: state === 'missing' ? null : origin,
      shown: state === 'missing' ? null : shown,
      overrules_file: overrules,
      note,
    })),
    place: {
      data_centre: place.dataCentre,
      accounts_url: place.accountsUrl,
      api_url: place.apiUrl,
      environment: place.environment,
      console_url: place.consoleUrl,
    },
    access_token: {
      state: token.state,
      why: token.why,
      scopes: token.scopes,
      api_host: token.apiHost,
      ends_at: token.endsAt === undefined ? undefined : new Date(token.endsAt).toISOString(),
    },
    diagnostics,
  });
}
