import { dirname, resolve } from 'node:path';
import { problem } from '../model/problem.ts';
import { looksLikeSnapshot, parseSnapshot } from '../snapshot/parse-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { diskCode, diskRemedy } from './disk.ts';
import { parseGitFile, readGitFile } from './git.ts';
import { makeFolder } from './make-folder.ts';
import type { Io } from './io.ts';
import { beginningOf, checkKeptReplaceable, type KeptKind } from './output-path.ts';
import { readFileBytes } from './read-bytes.ts';
import { replaceFile } from './replace-file.ts';

/** Many modules with the longest option lists are far below this. */
const MOST_BYTES = 64 * 1024 * 1024;

const SNAPSHOT: KeptKind = {
  what: 'a snapshot',
  isOne: async (file) => looksLikeSnapshot(await beginningOf(file)),
};

/**
 * Looks before anything is asked of Zoho: only a snapshot is ever written over by one.
 * @throws Problem `usage` where something else stands there.
 */
export async function checkSnapshotReplaceable(path: string, io: Pick<Io, 'cwd'>): Promise<void> {
  await checkKeptReplaceable(path, SNAPSHOT, io);
}

/**
 * Writes a snapshot, whole or not at all; it is there to be committed, so that everyone may read it.
 * @throws Problem `usage` where something else has come in the way, `failed` where the file cannot be written.
 */
export async function writeSnapshotFile(path: string, text: string, io: Io): Promise<void> {
  const target = resolve(io.cwd, path);
  await checkSnapshotReplaceable(path, io);
  try {
    makeFolder(dirname(target));
    await replaceFile(target, text, 0o644);
  } catch (error) {
    const code = diskCode(error);
    throw problem(
      'failed',
      'snapshot-not-written',
      `The snapshot could not be written to ${path} (${code}).`,
      diskRemedy(code, 'Choose another path behind --out.'),
    );
  }
}

/**
 * Reads a snapshot: a file, or `REV:path` of git.
 * @throws Problem `not-found`, or `invalid` where it is no snapshot that this version can read.
 */
export async function readSnapshotFile(path: string, io: Io): Promise<Snapshot> {
  const committed = parseGitFile(path);
  const bytes =
    committed === undefined
      ? await readFileBytes(path, MOST_BYTES, 'snapshot', io)
      : await readGitFile(committed, MOST_BYTES, io);
  if (bytes === undefined) throw notCommitted(path);
  return parseSnapshot(new TextDecoder().decode(bytes), path);
}

function notCommitted(path: string): Error {
  return problem(
    'not-found',
    'snapshot-not-found',
    `Git has no file ${path}.`,
    'Behind the colon the path counts from the top of the repository; write REV:./path for one that counts from here.',
  );
}
