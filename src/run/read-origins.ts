import type { Origins } from '../diff/origin.ts';
import type { Diagnostic } from '../model/problem.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Plan } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import type { Io } from '../machine/io.ts';
import { readBase } from './read-version.ts';

/** Whose doing the rows of a plan are, or why that cannot be told. */
export interface Whose {
  readonly origins?: Origins;
  readonly warnings: readonly Diagnostic[];
}

/** Plans a manifest against what was read anyway. */
type Planner = (manifest: Manifest) => Plan;

/** Tells whose doing the rows of a plan are. */
export type TellOrigins = (planFor: Planner, made: Plan) => Promise<Whose>;

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
