import { orProblem, Problem, problem } from '../../model/problem.ts';
import { knownText, welcomeText } from '../../report/auth/login-text.ts';
import { lookOf } from '../../run/look.ts';
import { canAsk } from '../confirm.ts';
import { makeTransport } from '../../run/connect.ts';
import { readNumbers } from '../../run/credentials.ts';
import { guardEnvFile } from '../../machine/env-file.ts';
import type { Io } from '../../machine/io.ts';
import { beginForm } from '../login/begin.ts';
import { talkThrough } from '../login/dialogue.ts';
import { finish, save } from '../login/finish.ts';
import type { Form } from '../login/form.ts';
import { tell, type Login, type LoginOptions, Stopped } from '../login/login.ts';
import { readCode } from '../login/ask.ts';
import { rehearse } from '../login/rehearse.ts';
import { checkOutputPath } from '../../machine/output-path.ts';
import { DEFAULT_MANIFEST } from '../../machine/read-bytes.ts';
import { readSettings, SettingsCheck } from '../../run/settings.ts';
import { maskedId } from '../../credentials/typed-values.ts';

/** `auth login`: from nothing to an env file that is proven to work. */
export async function authLogin(options: LoginOptions, io: Io): Promise<number> {
  if (options.emulator === true) return rehearse(options, io);
  const settings = readSettings(io, options.settings, 'allowed');
  await checkOutputPath(settings.path, '--settings', [{ path: DEFAULT_MANIFEST, what: 'the manifest' }], io);
  const warnings = await guardEnvFile(settings.path);
  const asking = canAsk(io);
  if (!asking && io.stdin.isTTY)
    throw problem(
      'usage',
      'usage',
      'The questions of a login cannot be seen, because standard error is no terminal.',
      'Do not redirect it, or pipe the code into the command.',
    );
  const check = new SettingsCheck();
  const { timeoutMs } = readNumbers(settings, check);
  check.finish();
  const login = { options, io, settings, view: lookOf(io.stderr, io) };
  tell(login, warnings);
  const form = beginForm(options, settings, asking);
  if (asking) introduce(form, login);
  else form.code = await readCode(io);
  const transport = await makeTransport(timeoutMs, 'read', io);
  const ports = { transport, module: options.module, io };
  try {
    const { result, unproven } = await talkThrough(form, login, { ports, asking });
    return await finish(result, form, login, unproven);
  } catch (error) {
    if (asking) await keepAnswers(form, login);
    if (error instanceof Stopped && !io.interrupt.requested) throw stoppedEarly();
    throw error;
  }
}

function introduce(form: Form, { io, settings, view }: Login): void {
  io.stderr.write(welcomeText(settings.path, view));
  const known: readonly (readonly [string, string, string])[] = [
    ['Data centre', form.dataCentre?.name ?? '', 'ZOHO_DC'],
    ['Accounts server', form.accountsUrl?.host ?? '', 'ZOHO_ACCOUNTS_URL'],
    ['API', form.fixedApiUrl?.host ?? '', 'ZOHO_API_URL'],
    ['Client ID', form.clientId === undefined ? '' : maskedId(form.clientId), 'ZOHO_CLIENT_ID'],
    ['Client Secret', form.clientSecret === undefined ? '' : 'there', 'ZOHO_CLIENT_SECRET'],
  ];
  const there = known.filter(([, value]) => value !== '');
  if (there.length > 0) io.stderr.write('\n');
  for (const [title, value, name] of there)
    io.stderr.write(knownText(title, value, settings.get(name)?.origin ?? 'given here', view));
}

/**
 * What was typed is kept when someone stops, so that the next login asks for the code alone; but never beside a
 * refresh token that may work with what is there.
 */
async function keepAnswers(form: Form, login: Login): Promise<void> {
  const { io, settings } = login;
  if (form.edits.size === 0 || settings.get('ZOHO_REFRESH_TOKEN') !== undefined) return;
  const names = await orProblem(save(form, settings, { keepOld: false }));
  if (names instanceof Problem || names.length === 0) return;
  io.stderr.write(
    `\nKept in ${settings.path}: ${names.join(', ')}.\nRun the same command again, and it goes on from there.\n`,
  );
}

function stoppedEarly(): Problem {
  return problem(
    'failed',
    'login-stopped',
    'Stopped before there was a refresh token.',
    'Run "zoho-fields auth login" again when you have the time; codes that were not used simply end.',
  );
}
