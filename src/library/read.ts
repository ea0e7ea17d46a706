import { openJournal } from '../machine/journal-file.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Plan } from '../model/plan.ts';
import { planLive } from '../plan/plan-live.ts';
import type { PlanOptions, ZohoOptions } from './with-connection.ts';
import { withLibraryConnection, libraryIo, environmentOf, withLibraryIo } from './with-connection.ts';
import { readManifest } from '../run/read-manifest.ts';
import type { Diagnostic } from '../model/problem.ts';
import { readSnapshot } from '../run/read-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { readMatrix } from '../run/read-matrix.ts';

/**
 * Compares a manifest with the live organisation, as `zoho-fields plan` does. Nothing is written: the connection would
 * not let it.
 *
 * @param manifest what {@link loadManifest} gave.
 * @returns the plan: a value that can be looked at, and that `apply` executes. `plan.summary` counts what there is to
 *   create, what differs, and the conflicts, each entry with its reasons.
 * @throws Problem of kind `configuration`, `credentials` or `unreachable`, or `failed` for a module that does not exist.
 */
export async function plan(manifest: Manifest, options: PlanOptions = {}): Promise<Plan> {
  return withLibraryConnection(options, 'read', manifest.path, async (connection, io) => {
    const journal = openJournal({ ...connection, manifestPath: manifest.path }, io);
    const made = await planLive(manifest, connection.reader, journal.entries);
    for (const warning of made.warnings) options.onWarning?.(warning);
    return made.plan;
  });
}

/** How to read a manifest. */
export interface LoadOptions {
  /** The folder that a relative path starts from. Default: the process's current one. */
  readonly cwd?: string;
  /** Told what is doubtful in a manifest that is valid all the same. */
  readonly onWarning?: (warning: Diagnostic) => void;
}

/**
 * Reads a manifest and checks all of it, as `zoho-fields validate` does: no network, no credentials.
 *
 * @param path the file, such as `fields.yaml`.
 * @returns the manifest in Zoho's own shapes, shorthands written out.
 * @throws Problem of kind `invalid`, whose `diagnostics` name everything that is wrong, with file, line and column; of
 *   kind `not-found` where there is no such file.
 */
export async function loadManifest(path: string, options: LoadOptions = {}): Promise<Manifest> {
  const { manifest, diagnostics } = await readManifest(path, libraryIo(options));
  for (const warning of diagnostics) options.onWarning?.(warning);
  return manifest;
}

/** How to take a snapshot. */
export interface SnapshotOptions extends ZohoOptions {
  /** True leaves options and tooltips out, for repositories that everyone may read. */
  readonly namesOnly?: boolean;
}

/**
 * Reads what {@link plan} reads and keeps it, as `zoho-fields snapshot` does. Nothing is written to Zoho.
 *
 * @param manifest what {@link loadManifest} gave: only what a plan of it needs is read.
 * @returns the snapshot; as JSON it is the file that `zoho-fields plan --from` takes.
 * @throws Problem as {@link plan} does, and of kind `failed` where a field holds what looks like a secret.
 */
export async function snapshot(manifest: Manifest, options: SnapshotOptions = {}): Promise<Snapshot> {
  const namesOnly = options.namesOnly === true;
  return withLibraryConnection(options, 'read', manifest.path, (connection, io) =>
    readSnapshot(manifest, connection, { namesOnly, now: io.now }),
  );
}

/** How to hold a manifest against several organisations. */
export interface MatrixOptions extends Pick<ZohoOptions, 'cwd' | 'tokenCache' | 'signal'> {
  /** Told why an organisation could not be read, and what is doubtful about what is there. */
  readonly onWarning?: (warning: Diagnostic) => void;
}

/** Which organisation a column is: a file of settings, or settings by their names. */
export type MatrixSettings = Pick<ZohoOptions, 'env' | 'envFile'>;

/**
 * Holds a manifest against several organisations, as `zoho-fields matrix` does. Nothing is written: the connections would
 * not let it.
 *
 * @param manifest what {@link loadManifest} gave.
 * @param organisations two to eight, by the names of their columns. A file alone says which organisation it is of,
 *   whatever the process's environment holds.
 * @returns the matrix: each cell is what {@link plan} says of that field in that organisation. One that could not be read
 *   has a `failure`, and `unknown` in its cells.
 * @throws Problem of kind `usage` for one organisation under two names, `configuration` for settings that are missing.
 */
export async function matrix(
  manifest: Manifest,
  organisations: Readonly<Record<string, MatrixSettings>>,
  options: MatrixOptions = {},
): Promise<Matrix> {
  const { tokenCache, onWarning } = options;
  return withLibraryIo(options, async (io) => {
    const made = await readMatrix(
      manifest,
      Object.entries(organisations).map(([name, { env, envFile }]) => ({
        name,
        options: {
          ...(envFile === undefined ? {} : { settings: envFile, settingsAlone: env === undefined }),
          tokenCache: tokenCache !== false,
        },
        io: { ...io, env: environmentOf(env) },
      })),
    );
    for (const one of made.diagnostics) onWarning?.(one);
    return made.matrix;
  });
}
