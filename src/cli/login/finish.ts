import { missingScopes, type ScopeNeed } from '../../credentials/scope-needs.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Problem } from '../../model/problem.ts';
import { resultText } from '../../report/login-text.ts';
import { fileTokenCache } from '../../zoho/token-cache.ts';
import { cacheFolder } from '../user-folders.ts';
import { lookOf } from '../command.ts';
import { EXIT, exitForProblem } from '../exit-code.ts';
import { readPlace } from '../credentials.ts';
import { ENVIRONMENT, readSettings, SettingsCheck, type FileSettings } from '../settings.ts';
import type { LoggedIn } from './attempt.ts';
import type { Form, LoginName } from './form.ts';
import { tell, type Login } from './login.ts';
import { save } from './save.ts';

/** Writes, keeps the access token for the next command, and says what came of it. */
export async function finish(
  result: LoggedIn,
  form: Form,
  login: Login,
  unproven?: Problem,
): Promise<number> {
  const { io, options, settings } = login;
  const { credentials, token, proof } = result;
  const names = await save(form, settings, {
    refreshToken: credentials.refreshToken.reveal(),
    keepOld: options.keepOldToken === true,
  });
  form.edits.clear();
  const folder = cacheFolder(io.env, options.tokenCache).path;
  if (folder !== undefined) fileTokenCache(folder, credentials, io.now).store(token);
  const lacking = token.scopes.length === 0 ? [] : missingScopes(token.scopes).filter((one) => one.required);
  const organisation = proof?.organisation;
  const envFile = options.envFile === undefined ? '' : ` --env-file ${options.envFile}`;
  const facts = [
    { key: 'data centre', text: `${credentials.dataCentre.name}, API at ${new URL(token.apiBase).host}` },
    ...(organisation === undefined
      ? []
      : [{ key: 'organisation', text: `${organisation.name} (${organisation.type})` }]),
    ...(proof === undefined
      ? []
      : [{ key: 'module', text: `${options.module}: ${proof.fields.length} fields were read` }]),
    { key: 'scopes', text: token.scopes.length === 0 ? 'not named by Zoho' : token.scopes.join(' ') },
  ];
  const next = unproven === undefined ? `zoho-fields plan${envFile}` : `zoho-fields doctor${envFile}`;
  io.stdout.write(resultText({ file: settings.path, names, facts, next }, lookOf(io.stdout, io.env)));
  tell(login, [...(unproven?.diagnostics ?? []), ...afterwards(names, lacking, login)]);
  return unproven === undefined ? EXIT.done : exitForProblem(unproven.kind);
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
    ...placeProblems(readSettings(io, options.envFile)),
  ];
}

function placeProblems(settings: FileSettings): readonly Diagnostic[] {
  const check = new SettingsCheck();
  readPlace(settings, check);
  return check.found.map((one) => ({ ...one, severity: 'warning' }));
}
