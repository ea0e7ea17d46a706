import type { Diagnostic } from '../model/diagnostic.ts';
import type { AuthStatus } from './auth-text.ts';
import { FORMAT_VERSION } from './plan-json.ts';

/** The status as scripts read it (contract §7). */
export function authJson(status: AuthStatus, diagnostics: readonly Diagnostic[]): object {
  const { file, settings, place, token } = status;
  return {
    format_version: FORMAT_VERSION,
    kind: 'auth_status',
    configured: settings.every((one) => one.state === 'set' || one.state === 'default'),
    file,
    settings: settings.map(({ name, state, shown, origin, overrules, note }) => ({
      name,
      state,
      origin: state === 'missing' ? null : origin,
      shown: state === 'missing' ? null : shown,
      overrules_file: overrules,
      ...(note === undefined ? {} : { note }),
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
      ...(token.why === undefined ? {} : { why: token.why }),
      ...(token.scopes === undefined ? {} : { scopes: token.scopes }),
      ...(token.apiHost === undefined ? {} : { api_host: token.apiHost }),
      ...(token.endsAt === undefined ? {} : { ends_at: new Date(token.endsAt).toISOString() }),
    },
    diagnostics,
  };
}
