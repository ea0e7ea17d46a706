import type { Stats } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { looksKept } from '../model/kept-file.ts';
import type { Plan } from '../model/plan.ts';
import { problem } from '../model/problem.ts';
import { holdsSecret } from '../zoho/redact.ts';
import { othersWho } from './disk.ts';
import type { Io } from './io.ts';
import { beginningOf, notPlain } from './outputs.ts';
import { readFileBytes } from './read-bytes.ts';
import { writeResult } from './replace-file.ts';

/** Of which kind a result is that `--out` keeps, and a later run reads: only one of its kind is ever written over by it. */
interface Kept<Value> {
  readonly what: 'plan' | 'snapshot' | 'profile';
  /** With its article. */
  readonly one: string;
  /** What is larger is something else. */
  readonly mostBytes: number;
  /** Who may read it. */
  readonly mode: number;
  readonly isOne: (file: string) => Promise<boolean>;
  /** @throws Problem `invalid` for what this version cannot read. */
  readonly parse: (bytes: Uint8Array, path: string) => Promise<Value>;
  /** @throws Problem `invalid` for a file that is not to be believed. */
  readonly judge?: (stat: Stats, path: string) => void;
}

/** Read strictly as it is: a byte-order mark is no part of a plan, and other bytes than UTF-8 are read as none. */
export const PLAN: Kept<Plan> = {
  what: 'plan',
  one: 'a saved plan',
  mostBytes: 64 * 1024 * 1024,
  mode: 0o600,
  isOne: async (file) => {
    const { looksLikePlan } = await import('../plan/saved-plan.ts');
    return looksLikePlan(await readFile(file, 'utf8').catch(() => ''));
  },
  parse: async (bytes, path) => {
    const { parsePlan } = await import('../plan/saved-plan.ts');
    return parsePlan(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), path);
  },
  judge: refuseOthersPlan,
};

/** There to be committed. */
export const SNAPSHOT = forOthers('snapshot', 64 * 1024 * 1024, async (text, path) => {
  const { parseSnapshot } = await import('../snapshot/parse-snapshot.ts');
  return parseSnapshot(text, path);
});

/** There to be sent to the makers of this tool. */
export const PROFILE = forOthers('profile', 1024 * 1024, async (text, path) => {
  const { parseProfile } = await import('../probe/profile.ts');
  return parseProfile(text, path);
});

/** A kind of file that everyone may read, and that is known by its beginning. */
function forOthers<Value>(
  what: 'snapshot' | 'profile',
  mostBytes: number,
  parse: (text: string, path: string) => Promise<Value>,
): Kept<Value> {
  return {
    what,
    one: `a ${what}`,
    mostBytes,
    mode: 0o644,
    isOne: async (file) => looksKept(what, await beginningOf(file)),
    parse: (bytes, path) => parse(new TextDecoder().decode(bytes), path),
  };
}

/**
 * Looks before anything is asked of Zoho: a slip such as `--out fields.yaml` must not cost the manifest.
 * @throws Problem `usage` where something stands at the path that is neither empty nor of its kind.
 */
export async function checkKept(
  { one, isOne }: Kept<unknown>,
  path: string,
  io: Pick<Io, 'cwd'>,
): Promise<void> {
  const target = resolve(io.cwd, path);
  const found = await lstat(target).catch(() => undefined);
  if (found === undefined) return;
  if (found.isFile() && (found.size === 0 || (await isOne(target)))) return;
  throw problem(
    'usage',
    'out-exists',
    found.isFile()
      ? `${path} exists and is not ${one}, so it is not replaced.`
      : `${path} ${notPlain(found)}, and only a file that is ${one} is replaced.`,
    found.isSymbolicLink()
      ? 'Name behind --out the file itself that the link leads to, or another path.'
      : 'Choose another path behind --out, or remove what is there yourself.',
  );
}

/**
 * Writes a result whole or not at all.
 * @throws Problem `usage` where something else has come in the way, `failed` where the file cannot be written.
 */
export async function writeKept(kind: Kept<unknown>, path: string, text: string, io: Io): Promise<void> {
  await checkKept(kind, path, io);
  await writeResult({ what: kind.what, option: '--out' }, path, text, io, kind.mode);
}

/**
 * Reads a result that was kept; a snapshot also as `REV:path` of git.
 * @throws Problem `not-found`, or `invalid` where it is none that this version can read, or none to believe.
 */
export async function readKept<Value>(kind: Kept<Value>, path: string, io: Io): Promise<Value> {
  const committed = kind.what === 'snapshot' ? await committedBytes(path, kind.mostBytes, io) : undefined;
  const judge = (stat: Stats): void => kind.judge?.(stat, path);
  const bytes = committed ?? (await readFileBytes(path, kind.mostBytes, kind.what, io, judge));
  return kind.parse(bytes, path);
}

/** `undefined` for what is a path. */
async function committedBytes(path: string, most: number, io: Io): Promise<Uint8Array | undefined> {
  const { parseGitFile, readGitFile } = await import('./git.ts');
  const committed = parseGitFile(path);
  if (committed === undefined) return undefined;
  const bytes = await readGitFile(committed, most, io);
  if (bytes !== undefined) return bytes;
  throw problem(
    'not-found',
    'snapshot-not-found',
    `Git has no file ${path}.`,
    'Behind the colon the path counts from the top of the repository; write REV:./path for one that counts from here.',
  );
}

/** A plan that others can change says what they want, whatever was reviewed: like a journal it is not believed. */
function refuseOthersPlan(stat: Stats, path: string): void {
  const others = othersWho(stat);
  if (others === undefined || stat.isDirectory()) return;
  throw problem(
    'invalid',
    'plan-of-others',
    others === 'own'
      ? `The plan ${path} belongs to another user, who can change what it does.`
      : `The plan ${path} can be written by other users of this machine, who can change what it does.`,
    others === 'own'
      ? 'Plan again: zoho-fields plan --out FILE'
      : `If it still says what was reviewed, run "chmod 600 ${path}"; otherwise plan again.`,
  );
}

/** What is about to be kept, and would be used later as it is. */
interface AboutToBeKept {
  readonly what: 'snapshot' | 'plan' | 'manifest';
  readonly text: string;
  /** What the text was made of, to say where the secret is. */
  readonly modules: readonly {
    readonly module: string;
    readonly fields: readonly { readonly api_name: string }[];
  }[];
}

/**
 * Lets nothing be kept with a secret in it, nor with a gap in the place of one: what is used as it is would then be
 * created, or be planned, with the words of the gap. So it is not kept without the secret, but not at all.
 * @throws Problem `failed` that names the module and the field.
 */
export function refuseSecret({ what, text, modules }: AboutToBeKept): void {
  if (!holdsSecret(text)) return;
  const [place] = modules.flatMap(({ module, fields }) =>
    fields
      .filter((field) => holdsSecret(JSON.stringify(field)))
      .map(({ api_name }) => `The field ${api_name} of ${module} holds`),
  );
  throw problem(
    'failed',
    `secret-in-${what}`,
    `${place ?? 'What Zoho answered holds'} a secret, or something of the form of one, so ${UNKEPT[what]}.`,
    'Look for it in the labels, tooltips and options: take it out in Zoho, or out of the manifest where it is declared, and get new credentials where others could see it.',
  );
}

const UNKEPT: Readonly<Record<AboutToBeKept['what'], string>> = {
  snapshot: 'no snapshot is kept',
  plan: 'the plan was not saved',
  manifest: 'no manifest of it was written',
};
