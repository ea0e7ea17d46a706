import { readFile } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Plan } from '../model/plan.ts';
import { problem } from '../model/problem.ts';
import { looksLikePlan, parsePlan } from '../plan/saved-plan.ts';
import { othersWho } from './disk.ts';
import { diskCode, diskRemedy } from './disk.ts';
import { makeFolder } from './make-folder.ts';
import type { Io } from './io.ts';
import { checkKeptReplaceable, type KeptKind } from './output-path.ts';
import { readFileBytes } from './read-bytes.ts';
import { replaceFile } from './replace-file.ts';

/** A plan of the largest module with the longest options is far below this. */
const MOST_BYTES = 64 * 1024 * 1024;

const SAVED_PLAN: KeptKind = {
  what: 'a saved plan',
  isOne: async (file) => looksLikePlan(await readFile(file, 'utf8').catch(() => '')),
};

/**
 * Looks before anything is asked of Zoho: only a saved plan is ever written over by one.
 * @throws Problem `usage` where something else stands there.
 */
export async function checkPlanReplaceable(path: string, io: Pick<Io, 'cwd'>): Promise<void> {
  await checkKeptReplaceable(path, SAVED_PLAN, io);
}

/**
 * Writes a saved plan: whole or not at all, and readable by the user alone.
 *
 * A file that is no plan is never replaced: a slip such as `--out fields.yaml` must not cost the manifest.
 * @throws Problem `usage` where something else is in the way, `failed` where the file cannot be written.
 */
export async function writePlanFile(path: string, text: string, io: Io): Promise<void> {
  const target = resolve(io.cwd, path);
  await checkPlanReplaceable(path, io);
  try {
    makeFolder(dirname(target));
    await replaceFile(target, text, 0o600);
  } catch (error) {
    const code = diskCode(error);
    throw problem(
      'failed',
      'plan-not-written',
      `The plan could not be written to ${path} (${code}).`,
      diskRemedy(code, 'Choose another path behind --out.'),
    );
  }
}

/**
 * Reads a saved plan.
 * @throws Problem `not-found`, or `invalid` where it is no plan that this version can read, or where others can write it.
 */
export async function readPlanFile(path: string, io: Io): Promise<Plan> {
  const judge = (stat: Stats): void => refuseOthersPlan(stat, path);
  const bytes = await readFileBytes(path, MOST_BYTES, 'plan', io, judge);
  // Strictly as it is: a byte-order mark is no part of a plan, and other bytes than UTF-8 are read as none.
  return parsePlan(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), path);
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
