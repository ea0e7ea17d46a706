import type { Matrix } from '../matrix/matrix.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Diagnostic } from '../model/problem.ts';
import { readMatrix } from '../run/read-matrix.ts';
import type { ZohoOptions } from './options.ts';
import { environmentOf, withLibraryIo } from './with-connection.ts';

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
