import { fstatSync, writeFileSync } from 'node:fs';
import { isatty } from 'node:tty';
import { type Io, type Output, makeInterrupt, type RequestedInterrupt } from '../machine/io.ts';
import { fitLines, usableWidth } from '../report/media/layout.ts';
import { EXIT } from './exit-code.ts';
import { waitFor } from '../machine/waiting.ts';
import { WaitingLine } from './waiting-line.ts';
import { basename, relative, sep } from 'node:path';
import { shellWord } from '../model/visible.ts';

/** The real world: this process's streams, environment, clock and signals. */
export function processIo(): Io {
  const { stdout, stderr, busy } = streams();
  const interrupt = watchSignals((text) => stderr.write(text));
  return {
    env: process.env,
    cwd: currentFolder(),
    command: startedAs(process.argv[1] ?? '', currentFolder(), process.env),
    stdout,
    stderr,
    stdin: {
      // Not of `process.stdin`: making that takes longer than all that most runs want to know of it.
      isTTY: isatty(0),
      read: (most) => readStdin(most, interrupt.signal),
      // Loading the questions takes as long as all of our own start; most runs ask nothing.
      ask: async (question) => (await import('./questions.ts')).askText(question, interrupt),
      choose: async (question) => (await import('./questions.ts')).askChoice(question, interrupt),
    },
    interrupt,
    busy,
    now: () => Date.now(),
    random: () => Math.random(),
    wait: (ms) => waitFor(ms, interrupt.signal),
  };
}

/** What can be printed to; where people read what is not the result, they also learn what takes so long. */
function streams(): Pick<Io, 'stdout' | 'stderr' | 'busy'> {
  const stdout = output(process.stdout);
  const stderr = output(process.stderr);
  // A terminal that is called dumb takes no line back.
  if (!stderr.isTTY || process.env['TERM'] === 'dumb')
    return { stdout, stderr: forPeople(stderr), busy: () => () => undefined };
  const line = new WaitingLine(stderr);
  return {
    stdout: stdout.isTTY ? line.around(stdout) : stdout,
    stderr: forPeople(line.around(stderr)),
    busy: line.begin,
  };
}

/** Someone may have removed the folder; then whatever is looked for in it is missing, in words. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    return process.env['PWD'] ?? '/';
  }
}

/** All that asks a process to end: Ctrl-C, a supervisor, a terminal that is closed, Ctrl-\. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

function watchSignals(say: (text: string) => void): RequestedInterrupt {
  const interrupt = makeInterrupt(say, () => process.exit(EXIT.interrupted));
  // SIGHUP too, under `nohup` as well: Node makes a signal deadly again that it was started with ignored.
  for (const signal of SIGNALS) process.on(signal, () => interrupt.request());
  return interrupt;
}

function output(stream: NodeJS.WriteStream & { readonly fd: number }): Output {
  const toFile = isFile(stream.fd);
  return {
    write: (text) => void (toFile ? writeWhole(stream, text) : stream.write(text)),
    isTTY: stream.isTTY ?? false,
    columns: stream.columns,
  };
}

/** Remarks of rooms that know no screen come in one line each; on a terminal they are broken at blanks. */
function forPeople(stream: Output): Output {
  if (!stream.isTTY) return stream;
  return { ...stream, write: (text) => stream.write(fitLines(text, usableWidth(stream.columns))) };
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}

/**
 * Writes all of a text to a file. Node's own stream takes it for written when the disk had room for a part of it: half
 * a document would be there, and the exit code would say that all is well.
 */
function writeWhole(stream: NodeJS.WriteStream & { readonly fd: number }, text: string): void {
  try {
    writeFileSync(stream.fd, text);
  } catch (error) {
    stream.emit('error', error);
  }
}

/** A person who is to type it, or a program that never ends, does not keep an interrupted process. */
async function readStdin(most: number, signal: AbortSignal): Promise<Uint8Array> {
  signal.addEventListener('abort', () => process.stdin.destroy(), { once: true });
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= most) break;
  }
  return Buffer.concat(chunks).subarray(0, most);
}

/** The name under which the program is installed. */
const NAME = 'zoho-fields';

/**
 * How the program was started, in words that start it again from the same folder: what to type next then works as it
 * stands.
 * @param script the path of the program's file, as Node got it: of a link to it where there is one.
 */
function startedAs(script: string, cwd: string, env: Readonly<Record<string, string | undefined>>): string {
  const folders = script.split(sep);
  // Such a folder is in no one's PATH; npm puts it there for the one run.
  const isLocal = folders.includes('node_modules') && folders.at(-2) === '.bin';
  if (isLocal || env['npm_command'] === 'exec') return `npx ${NAME}`;
  if (!/\.[cm]?js$/.test(basename(script))) return NAME;
  const near = relative(cwd, script);
  return `node ${shellWord(near.startsWith('..') ? script : near)}`;
}
