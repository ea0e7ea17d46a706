import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The file that is run; `ZOHO_FIELDS_BIN` names another one, such as that of an installed package. */
const FILE = process.env['ZOHO_FIELDS_BIN'] ?? fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

/** The built command, under its name: a link, as npm makes one for a command that is installed. */
export const BIN = linkTo(FILE);

function linkTo(file: string): string {
  const name = createHash('sha256').update(file).digest('hex').slice(0, 12);
  const folder = fileURLToPath(new URL(`../../node_modules/.cache/command-${name}`, import.meta.url));
  const link = join(folder, 'zoho-fields');
  mkdirSync(folder, { recursive: true });
  if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) return link;
  try {
    symlinkSync(file, link);
  } catch (error) {
    // Files of tests run side by side, and each makes it.
    if (!existsSync(link)) throw error;
  }
  return link;
}

/** What a run of the built command left behind. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty folder with a home of its own, in which commands are run like by a user. */
export interface Workspace {
  readonly path: string;
  /** Puts a file into the folder. */
  write(name: string, text: string | Uint8Array): string;
  /** Runs `zoho-fields` with these words; standard input is empty and no terminal unless given. */
  run(args: readonly string[], options?: RunOptions): Promise<Run>;
  remove(): void;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  /** Called as soon as it runs, with a way to send it signals that returns only once they have arrived, and its process id. */
  readonly onSpawn?: (kill: (signal: NodeJS.Signals) => void, pid: number) => void;
}

/** What commands see of an environment: nothing of the machine's own reaches them but the path of node. */
export function ownEnvironment(home: string): Readonly<Record<string, string>> {
  return { PATH: process.env['PATH'] ?? '', HOME: home, TZ: 'UTC', LANG: 'C.UTF-8' };
}

/** Makes a workspace in a folder that may hold it. */
export function makeWorkspace(within = tmpdir()): Workspace {
  const path = mkdtempSync(join(within, 'zoho-fields-'));
  const base = ownEnvironment(path);
  return {
    path,
    write: (name, text) => {
      const file = join(path, name);
      writeFileSync(file, text);
      return file;
    },
    run: (args, options = {}) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [BIN, ...args], {
          cwd: path,
          env: { ...base, ...options.env },
        });
        const out: Buffer[] = [];
        const err: Buffer[] = [];
        child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
        child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
        child.on('error', reject);
        child.on('close', (code) =>
          resolve({
            code,
            stdout: Buffer.concat(out).toString('utf8'),
            stderr: Buffer.concat(err).toString('utf8'),
          }),
        );
        child.stdin.on('error', () => undefined);
        child.stdin.end(options.input ?? '');
        options.onSpawn?.((signal) => {
          child.kill(signal);
          hold(child.pid ?? 0);
        }, child.pid ?? 0);
      }),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Holds this process, and with it a local Zoho's answer, until a signal has certainly arrived. */
function hold(pid: number): void {
  // A busy machine lets the process run late; once it runs, this is long enough to take note.
  for (let turn = 0; turn < 500 && hasSignalsWaiting(pid); turn += 1) pause(10);
  pause(80);
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function hasSignalsWaiting(pid: number): boolean {
  try {
    return /^ShdPnd:\s*0*[1-9a-f]/mu.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    // It has ended, or this system does not tell.
    return false;
  }
}
