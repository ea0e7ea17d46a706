import { count } from '../../model/count.ts';
import type { EnvEdit } from '../../credentials/env-text.ts';
import { missingScopes, type ScopeNeed } from '../../credentials/scope-needs.ts';
import { editEnvFile } from '../../machine/env-file.ts';
import { cacheFolder } from '../../machine/user-folders.ts';
import type { Diagnostic, Problem } from '../../model/problem.ts';
import { rehearsedText, resultText, type LoginResult } from '../../report/auth/login-text.ts';
import { readPlace } from '../../run/credentials.ts';
import { ENVIRONMENT, readSettings, SettingsCheck, type FileSettings } from '../../run/settings.ts';
import { fileTokenCache } from '../../machine/token-cache.ts';
import { settingsWords } from '../options.ts';
import { EXIT, exitForProblem } from '../exit-code.ts';
import { lookOf } from '../../machine/io.ts';
import type { LoggedIn } from './exchange.ts';
import { type Form, type LoginName, apiUrlValue, tell, type Login } from './form.ts';

/** Writes, keeps the access token for the next command, and says what came of it. */
export async function finish(
  result: LoggedIn,
  form: Form,
  login: Login,
  unproven?: Problem,
): Promise<number> {
  const { io, options, settings } = login;
  const { credentials, token } = result;
  const refreshToken = credentials.refreshToken.reveal();
  const names = await save(form, settings, { refreshToken, keepOld: options.keepOldToken === true });
  form.edits.clear();
  const folder = cacheFolder(io.env, options.tokenCache).path;
  if (folder !== undefined) fileTokenCache(folder, credentials, io.now).store(token);
  const lacking = token.scopes.length === 0 ? [] : missingScopes(token.scopes).filter((one) => one.required);
  const next = `zoho-fields ${unproven === undefined ? 'plan' : 'doctor'}${settingsWords(options)}`;
  const view = { file: settings.path, names, facts: factsOf(result, options.module), next };
  io.stdout.write(resultText(view, lookOf(io.stdout, io)));
  tell(login, [...(unproven?.diagnostics ?? []), ...afterwards(names, lacking, login)]);
  return unproven === undefined ? EXIT.done : exitForProblem(unproven.kind);
}

/** Ends a rehearsal: what a login would have written, and nothing written. */
export function endRehearsal(result: LoggedIn, form: Form, { io, options, settings }: Login): number {
  const names = editsOf(form, settings, { refreshToken: result.credentials.refreshToken.reveal() }).map(
    ({ name }) => name,
  );
  const next = `zoho-fields auth login${settingsWords(options)}`;
  const view = { file: settings.path, names, facts: factsOf(result, options.module), next };
  io.stdout.write(rehearsedText(view, lookOf(io.stdout, io)));
  return EXIT.done;
}

function factsOf({ credentials, token, proof }: LoggedIn, module: string): LoginResult['facts'] {
  const organisation = proof?.organisation;
  return [
    { key: 'data centre', text: `${credentials.dataCentre.name}, API at ${new URL(token.apiBase).host}` },
    ...(organisation === undefined
      ? []
      : [{ key: 'organisation', text: `${organisation.name} (${organisation.type})` }]),
    ...(proof === undefined
      ? []
      : [
          {
            key: 'module',
            text: `${module}: ${count(proof.fields.length, 'field was', 'fields were')} read`,
          },
        ]),
    { key: 'scopes', text: token.scopes.length === 0 ? 'not named by Zoho' : token.scopes.join(' ') },
  ];
}

/** What works now and will surprise later. */
function afterwards(
  names: readonly LoginName[],
  lacking: readonly ScopeNeed[],
  { io, options, settings }: Login,
): readonly Diagnostic[] {
  const overruled = names.filter((name) => settings.get(name)?.origin === ENVIRONMENT);
  return [
    ...lacking.map((need): Diagnostic => ({
      severity: 'warning',
      code: 'scope-missing',
      message: `The code was made without ${need.scope}, needed by ${need.commands}: it ${need.reason}.`,
      remedy: 'If you need that, log in once more with the whole line of scopes.',
    })),
    ...overruled.map((name): Diagnostic => ({
      severity: 'warning',
      code: 'environment-wins',
      message: `${name} is set in the environment too, and wins over the file: the new value is not used yet.`,
      remedy: `Take ${name} out of the environment ("unset ${name}").`,
    })),
    // Such as a host that was written beside a secret of the environment, where no command will take it from.
    ...placeProblems(readSettings(io, options.settings)),
  ];
}

function placeProblems(settings: FileSettings): readonly Diagnostic[] {
  const check = new SettingsCheck();
  readPlace(settings, check);
  return check.found.map((one) => ({ ...one, severity: 'warning' }));
}

/** The order in which new lines are written: as a person would read them. */
const ORDER: readonly LoginName[] = [
  'ZOHO_DC',
  'ZOHO_API_URL',
  'ZOHO_CLIENT_ID',
  'ZOHO_CLIENT_SECRET',
  'ZOHO_REFRESH_TOKEN',
];

/**
 * Writes what was asked, and the new refresh token where there is one.
 * @returns the names that were written; what the file said already is not touched.
 */
export async function save(
  form: Form,
  settings: FileSettings,
  wish: { readonly refreshToken?: string; readonly keepOld: boolean },
): Promise<readonly LoginName[]> {
  const edits = editsOf(form, settings, wish);
  if (edits.length > 0) await editEnvFile(settings.path, edits);
  return edits.map((edit) => edit.name);
}

function editsOf(
  form: Form,
  settings: FileSettings,
  { refreshToken, keepOld = false }: { readonly refreshToken?: string; readonly keepOld?: boolean },
): readonly (EnvEdit & { readonly name: LoginName })[] {
  const values = new Map(form.edits);
  const apiUrl = apiUrlValue(form);
  if (apiUrl !== undefined && form.fixedApiUrl === undefined) values.set('ZOHO_API_URL', apiUrl);
  if (refreshToken !== undefined) values.set('ZOHO_REFRESH_TOKEN', refreshToken);
  return ORDER.flatMap((name): readonly (EnvEdit & { readonly name: LoginName })[] => {
    const value = values.get(name);
    if (value === undefined || (settings.inFile(name) ?? '') === value) return [];
    return [{ name, value, keepOld: keepOld && name === 'ZOHO_REFRESH_TOKEN' }];
  });
}
