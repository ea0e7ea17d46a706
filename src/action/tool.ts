import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gitCall } from '../machine/git.ts';
import { Failure } from './settings.ts';

/** The command that is installed beside this bundle. */
const BIN = fileURLToPath(new URL('./bin.js', import.meta.url));

/** True where the step was given an organisation to talk to; a pull request from a fork is given none. */
export function hasCredentials(): boolean {
  return ['ZOHO_CLIENT_ID', 'ZOHO_CLIENT_SECRET', 'ZOHO_REFRESH_TOKEN'].every((name) => env(name) !== '');
}

/**
 * Runs the command on the manifest alone: it gets no secret.
 * @returns its exit code.
 */
export function runOffline(words: readonly string[]): Promise<number> {
  return run(process.execPath, [BIN, ...words], withoutSecrets());
}

/**
 * Runs the command with the credentials. Settings come from the environment alone: a `.env` of the checkout is a
 * stranger's in a pull request.
 * @returns its exit code.
 */
export function runLive(words: readonly string[]): Promise<number> {
  return run(process.execPath, [BIN, ...words, '--settings', devNull], withoutToken());
}

/** The options by which a command annotates the lines of the manifest and writes its reports, each into a file of a folder. */
export function reporting(folder: string, files: Readonly<Record<string, string>>): readonly string[] {
  const written = Object.entries(files).map(([format, name]) => `${format}=${join(folder, name)}`);
  return ['github', ...written].flatMap((format) => ['--format', format]);
}

/**
 * Reads from the repository of the checkout.
 * @returns what git prints, `undefined` where it fails.
 */
export async function git(...words: readonly string[]): Promise<string | undefined> {
  const call = gitCall(words, withoutToken());
  let output = '';
  const code = await run('git', call.words, call.env, (text) => {
    output += text;
  });
  return code === 0 ? output.trim() : undefined;
}

function env(name: string): string {
  return process.env[name] ?? '';
}

/** The token of GitHub is this process's own: a command has no use for it. */
function withoutToken(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('INPUT_')));
}

function withoutSecrets(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(withoutToken()).filter(([name]) => !name.startsWith('ZOHO_')));
}

/** A cancelled job ends a command as Ctrl-C does: it still says what became of each field. */
const ENDS = ['SIGINT', 'SIGTERM'] as const;

function run(
  program: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  onOutput?: (text: string) => void,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      env: environment,
      stdio: [
        'ignore',
        onOutput === undefined ? 'inherit' : 'pipe',
        onOutput === undefined ? 'inherit' : 'ignore',
      ],
    });
    child.stdout?.setEncoding('utf8').on('data', onOutput ?? (() => undefined));
    const end = (signal: NodeJS.Signals): void => void child.kill(signal);
    for (const signal of ENDS) process.on(signal, end);
    child.on('error', () => reject(new Failure(`${program} could not be started.`)));
    child.on('close', (code) => {
      for (const signal of ENDS) process.off(signal, end);
      resolve(code ?? 130);
    });
  });
}
