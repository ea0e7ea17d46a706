import type { Io } from '../../machine/io.ts';
import { problem } from '../../model/problem.ts';
import { rehearsalText } from '../../report/auth/login-text.ts';
import { makeTransport } from '../../run/connect.ts';
import { startLocalZoho } from '../../run/local-zoho.ts';
import { lookOf } from '../../run/look.ts';
import { readSettings, type FileSettings } from '../../run/settings.ts';
import { canAsk } from '../confirm.ts';
import { beginForm } from './begin.ts';
import { talkThrough } from './dialogue.ts';
import { endRehearsal } from './finish.ts';
import { Stopped, type LoginOptions } from './login.ts';

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
  return problem(
    'usage',
    'usage',
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
