import type { ApplyReport } from '../apply/outcome.ts';
import { receiptOf, type Receipt } from '../apply/receipt.ts';
import { commitHolding } from '../machine/git.ts';
import type { Io } from '../machine/io.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Plan } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';

/** The receipt of a run that is just over; none where nothing was created. */
export async function makeReceipt(
  plan: Plan,
  report: ApplyReport,
  io: Pick<Io, 'cwd' | 'env' | 'now'>,
): Promise<Receipt | undefined> {
  const receipt = receiptOf(plan, report, { at: new Date(io.now()).toISOString() });
  if (receipt === undefined) return undefined;
  const commit = await commitOf(plan.manifest, io);
  return commit === undefined ? receipt : { ...receipt, commit };
}

/**
 * The commit that is checked out, where its manifest is the one that was planned. Where git cannot say, as in a container
 * without it, GitHub's own word counts.
 */
async function commitOf(
  { path, sha256 }: Pick<Manifest, 'path' | 'sha256'>,
  io: Pick<Io, 'cwd' | 'env'>,
): Promise<string | undefined> {
  try {
    return await commitHolding(path, sha256, io);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const told = io.env['GITHUB_SHA'] ?? '';
    return COMMIT.test(told) ? told : undefined;
  }
}

/** A commit's name, in either of git's two digests. */
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u;
