import { misuse, orProblem, Problem, problem } from '../../model/problem.ts';
import { knownText, welcomeText, rehearsalText } from '../../report/auth/login-text.ts';
import { lookOf, type Io } from '../../machine/io.ts';
import { canAsk } from '../consent.ts';
import { makeTransport } from '../../run/connect.ts';
import { readNumbers } from '../../run/credentials.ts';
import { guardEnvFile } from '../../machine/env-file.ts';
import { beginForm, type Form, tell, type Login, type LoginOptions, Stopped } from '../login/form.ts';
import { talkThrough } from '../login/dialogue.ts';
import { finish, save, endRehearsal } from '../login/finish.ts';
import { readCode } from '../login/ask.ts';
import { checkOutputPath } from '../../machine/outputs.ts';
import { DEFAULT_MANIFEST } from '../../machine/read-bytes.ts';
import { readSettings, SettingsCheck, type FileSettings } from '../../run/settings.ts';
import { maskedId } from '../../credentials/typed-values.ts';
import { startLocalZoho } from '../../run/local-zoho.ts';

/** `auth login`: from nothing to an env file that is proven to work. */
export async function authLogin(options: LoginOptions, io: Io): Promise<number> {
  if (options.emulator === true) return rehearse(options, io);
  const settings = readSettings(io, options.settings, 'allowed');
  await checkOutputPath(settings.path, '--settings', [{ path: DEFAULT_MANIFEST, what: 'the manifest' }], io);
  const warnings = await guardEnvFile(settings.path);
  const asking = canAsk(io);
  if (!asking && io.stdin.isTTY)
    throw misuse(
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

/** So long the built-in Zoho may take for an answer. */
const TIMEOUT_MS = 30_000;

/**
 * `auth login --emulator`: the same dialogue, with the built-in Zoho in the place of every host. It begins with nothing, so
 * that everything is asked, and writes nothing: what it gets is good for as long as it runs.
 */
export async function rehearse(options: LoginOptions, io: Io): Promise<number> {
  if (!canAsk(io)) throw needsTerminal();
  const settings = nothingSet(readSettings(io, options.settings, 'allowed'));
  const login = { options, io, settings, view: lookOf(io.stderr, io) };
  const emulator = await startLocalZoho({}, io);
  try {
    const form = beginForm(options, settings, true, new URL(emulator.url));
    io.stderr.write(rehearsalText(settings.path, login.view));
    const transport = await makeTransport(TIMEOUT_MS, 'read', io);
    const ports = { transport, module: options.module, io };
    const { result, unproven } = await talkThrough(form, login, { ports, asking: true });
    if (unproven !== undefined) throw unproven;
    return endRehearsal(result, form, login);
  } catch (error) {
    if (error instanceof Stopped && !io.interrupt.requested) throw stopped();
    throw error;
  } finally {
    await emulator.close();
  }
}

/** The same place, as someone finds it who has logged in nowhere. */
function nothingSet(settings: FileSettings): FileSettings {
  return { ...settings, get: () => undefined, inFile: () => undefined };
}

function needsTerminal(): Error {
  return misuse(
    'A rehearsal asks questions, and there is no terminal to ask at.',
    'Run it in a terminal. For a program, "zoho-fields emulator" is a Zoho to log in at; its --help says how to get a code.',
  );
}

function stopped(): Error {
  return problem(
    'failed',
    'login-stopped',
    'The rehearsal was stopped; nothing was written.',
    'Run "zoho-fields auth login --emulator" to begin another one.',
  );
}
