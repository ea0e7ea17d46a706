import { stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { loadManifest } from '../manifest/load.ts';
import { misuse, Problem, problem, type Diagnostic } from '../model/problem.ts';
import { parseGitFile, readGitFile, type GitFile } from '../machine/git.ts';
import type { Io } from '../machine/io.ts';
import { MOST_BYTES } from '../machine/read-bytes.ts';
import { readManifest, valid, type TellOrigins, type ValidManifest } from './read-manifest.ts';

/**
 * One side of a comparison: a file, `REV:path`, `-`, or the null device for "there was none".
 * @throws Problem `not-found`, or `invalid` with every problem of the file.
 */
export async function readVersion(name: string, io: Io): Promise<ValidManifest> {
  if (name === '/dev/null' || /^nul$/iu.test(name)) return none(name);
  const file = parseGitFile(name);
  if (file === undefined) return readManifest(name, io);
  const bytes = await readGitFile(file, MOST_BYTES, io);
  if (bytes === undefined) throw noSuchPath(file);
  return loaded(name, bytes);
}

/**
 * The version of a manifest that a change starts from: a file, `REV:path`, or only `REV`, which means this manifest in
 * that revision. Where that revision has no such manifest yet, everything in it is new.
 * @param manifestPath the manifest that is planned.
 */
async function readBase(name: string, manifestPath: string, io: Io): Promise<ValidManifest> {
  const isPath = /^\.{0,2}[/\\]|^-$|\.ya?ml$/iu.test(name) || parseGitFile(name) !== undefined;
  if (isPath) return readVersion(name, io);
  if (manifestPath === '-') throw baseWithoutPath(name);
  try {
    const bytes = await readGitFile({ revision: name, path: fromHere(manifestPath, io) }, MOST_BYTES, io);
    return bytes === undefined ? none(`${name}:${manifestPath}`) : loaded(`${name}:${manifestPath}`, bytes);
  } catch (error) {
    // Only a name that git does not know is taken for a file, so that no file can pass for a revision.
    if (!(error instanceof Problem) || error.kind !== 'not-found' || !(await isFile(name, io))) throw error;
    return readManifest(name, io);
  }
}

/** Behind a colon git counts from the top of the repository, unless the path starts with a dot. */
function fromHere(path: string, io: Io): string {
  const here = relative(io.cwd, resolve(io.cwd, path)).replaceAll('\\', '/');
  return here.startsWith('../') ? here : `./${here}`;
}

async function isFile(name: string, io: Io): Promise<boolean> {
  const found = await stat(resolve(io.cwd, name)).catch(() => undefined);
  return found?.isFile() === true;
}

function loaded(path: string, bytes: Uint8Array): ValidManifest {
  return valid(loadManifest({ path, bytes }));
}

function none(path: string): ValidManifest {
  return { manifest: { path, sha256: NO_BYTES, modules: [] }, diagnostics: [], doubts: () => [] };
}

/** The digest of nothing. */
const NO_BYTES = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

function noSuchPath({ revision, path }: GitFile): Problem {
  const where = revision === '' ? 'Nothing is staged as' : `The commit ${revision} has no file`;
  return problem(
    'not-found',
    'manifest-not-found',
    `${where} "${path}".`,
    'Behind the colon the path counts from the top of the repository; write REV:./path for one that counts from here. /dev/null stands for a manifest that did not exist yet.',
  );
}

function baseWithoutPath(name: string): Problem {
  return misuse(
    `The manifest comes from standard input, so "--base ${name}" does not say which file of that revision is meant.`,
    `Write --base ${name}:path/of/the/manifest.`,
  );
}

/**
 * Reads the version that a change starts from, and gives a function that tells whose doing each row of a plan is.
 *
 * A version that is not valid is a doubt and no failure: the change under review may be the one that fixes it.
 * @throws Problem `not-found` for a revision or a file that does not exist.
 */
export async function readOrigins(name: string, manifestPath: string, io: Io): Promise<TellOrigins> {
  try {
    const { manifest } = await readBase(name, manifestPath, io);
    return async (planFor, made) => {
      const { findOrigins } = await import('../diff/origin.ts');
      return { origins: findOrigins(made, planFor(manifest)), warnings: [] };
    };
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== 'invalid') throw error;
    const warnings = [baseNotValid(name)];
    return () => Promise.resolve({ warnings });
  }
}

function baseNotValid(name: string): Diagnostic {
  return {
    severity: 'warning',
    code: 'base-not-valid',
    message: `The manifest of ${name} is not valid, so it cannot be told whose change each row is.`,
    remedy: `To see what is wrong with it: zoho-fields diff ${name.includes(':') ? name : `${name}:PATH`}`,
  };
}
