import { DEFAULT_MANIFEST, readManifestBytes } from '../machine/read-bytes.ts';
import type { Origins } from '../diff/origin.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Plan } from '../model/plan.ts';
import type { Io } from '../machine/io.ts';
import type { LoadedManifest } from '../manifest/load.ts';
import { Problem, type Diagnostic } from '../model/problem.ts';

/** A manifest that is valid, and what is doubtful about it. */
export type ValidManifest = Required<LoadedManifest>;

/**
 * The manifest and what is doubtful about it.
 * @throws Problem `not-found` for a missing file, `invalid` with every problem of the file.
 */
export async function readManifest(path: string, io: Io): Promise<ValidManifest> {
  const bytes = await readManifestBytes(path, io);
  // Reading YAML is the heaviest thing this side of the network: it is loaded while the token request travels.
  const { loadManifest } = await import('../manifest/load.ts');
  return valid(loadManifest({ path, bytes }));
}

/** @throws Problem `invalid` with everything that is wrong with a manifest. */
export function valid({ manifest, diagnostics, doubts }: LoadedManifest): ValidManifest {
  if (manifest !== undefined) return { manifest, diagnostics, doubts };
  const [first, ...rest] = diagnostics;
  if (first === undefined) throw new Error('a manifest was refused without a reason');
  throw new Problem('invalid', [first, ...rest]);
}

/** Whose doing the rows of a plan are, or why that cannot be told. */
export interface Whose {
  readonly origins?: Origins;
  readonly warnings: readonly Diagnostic[];
}

/** Plans a manifest against what was read anyway. */
type Planner = (manifest: Manifest) => Plan;

/** Tells whose doing the rows of a plan are. */
export type TellOrigins = (planFor: Planner, made: Plan) => Promise<Whose>;

/** What is to be planned, and what tells whose change each row is, where a base was named. */
export interface PlanWish extends Pick<ValidManifest, 'manifest' | 'doubts'> {
  readonly base: TellOrigins | undefined;
}

/** Reads the manifest, and the version that a change starts from; needs no connection. */
export async function readWish(
  { file = DEFAULT_MANIFEST, base }: { readonly file?: string; readonly base?: string },
  io: Io,
): Promise<PlanWish> {
  const [{ manifest, doubts }, origins] = await Promise.all([
    readManifest(file, io),
    base === undefined ? undefined : originsOf(base, file, io),
  ]);
  return { manifest, doubts, base: origins };
}

/** Git and the comparison of versions are loaded only where a change is under review. */
async function originsOf(base: string, path: string, io: Io): Promise<TellOrigins> {
  const { readOrigins } = await import('./read-version.ts');
  return readOrigins(base, path, io);
}
