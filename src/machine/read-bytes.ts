import { closeSync, constants, fstatSync, openSync, writeSync, type Stats } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { closest } from '../model/closest.ts';
import { shellWord } from '../model/visible.ts';
import { Problem, problem } from '../model/problem.ts';
import { diskCode, whyUnreadable } from './disk.ts';
import type { Io } from './io.ts';

/** The manifest's name where `-f` does not say otherwise. */
export const DEFAULT_MANIFEST = 'fields.yaml';

/** One byte more than a manifest may have, so that the loader can tell (it has the limit's words). */
export const MOST_BYTES = 1024 * 1024 + 1;

/** The bytes of a manifest: a file, or `-` for standard input. */
export async function readManifestBytes(path: string, io: Io): Promise<Uint8Array> {
  return path === '-' ? io.stdin.read(MOST_BYTES) : readFileBytes(path, MOST_BYTES, 'manifest', io);
}

/**
 * At most so many bytes of a file; of a pipe until it ends, or the user wants to stop.
 * @param judge looks at the very file that is read, and throws where it is not to be believed.
 * @throws Problem `not-found` when there is no such file or it cannot be read.
 */
export async function readFileBytes(
  path: string,
  most: number,
  what: ReadFile,
  { cwd, interrupt: { signal } }: Pick<Io, 'cwd' | 'interrupt'>,
  judge: (stat: Stats) => void = () => undefined,
): Promise<Uint8Array> {
  const place = resolve(cwd, path);
  let waking: NodeJS.Timeout | undefined;
  const wake = (): void => {
    // Again and again, since it may only be about to wait.
    waking = setInterval(() => wakeReader(place), 20);
  };
  signal.throwIfAborted();
  signal.addEventListener('abort', wake, { once: true });
  try {
    const file = await open(place, 'r');
    try {
      const stat = await file.stat();
      judge(stat);
      const { size } = stat;
      const buffer = Buffer.alloc(Math.min(size === 0 ? most : size, most));
      let length = 0;
      while (length < buffer.length) {
        const { bytesRead } = await file.read(buffer, length, buffer.length - length);
        signal.throwIfAborted();
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return buffer.subarray(0, length);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Problem || signal.aborted) throw error;
    const near = what === 'manifest' ? await nearName(place) : undefined;
    throw notReadable(path, what, diskCode(error), near);
  } finally {
    signal.removeEventListener('abort', wake);
    clearInterval(waking);
  }
}

/**
 * Ends the wait of this process for a pipe into which nobody writes: it would hold the process to its end, whatever signal
 * came. A byte that nobody takes into account is written into it, and into nothing but a pipe.
 */
function wakeReader(path: string): void {
  try {
    const pipe = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    if (fstatSync(pipe).isFIFO()) writeSync(pipe, '\n');
    closeSync(pipe);
  } catch {
    // Nobody waits there, or it is no pipe.
  }
}

/** The manifest that was probably meant: a file of YAML in the same folder whose name is nearly the same. */
export async function nearName(path: string): Promise<string | undefined> {
  const names = await readdir(dirname(path)).catch(() => []);
  const others = names.filter((name) => /\.ya?ml$/i.test(name) && name !== basename(path));
  const near = closest(basename(path), others);
  // Short names are near each other by their ending alone.
  return near?.[0]?.toLowerCase() === basename(path)[0]?.toLowerCase() ? near : undefined;
}

/** What a file is that a run reads. */
type ReadFile = 'manifest' | 'plan' | 'snapshot' | 'profile' | 'seed' | 'faults';

function notReadable(path: string, what: ReadFile, code: string, near: string | undefined): Problem {
  const remedy: Readonly<Record<ReadFile, string>> = {
    manifest:
      near === undefined
        ? 'Name the manifest with -f FILE, or run the command in the folder that holds fields.yaml. "zoho-fields init" writes a first one.'
        : `There is "${near}" in that folder; if you mean that one: -f ${shellWord(join(dirname(path), near))}`,
    plan: 'Make a plan first: zoho-fields plan --out FILE',
    snapshot: 'Take one first, with credentials: zoho-fields snapshot --out FILE',
    profile: 'Take one first, with credentials: zoho-fields probe --out FILE',
    seed: 'Name behind --seed a file with what GET of fields answered for an organisation.',
    faults: 'Name behind --faults a file with a JSON list of scripted faults.',
  };
  return problem(
    'not-found',
    `${what}-not-found`,
    `The ${what} ${path} cannot be read: ${whyUnreadable(code)}.`,
    remedy[what],
  );
}
