import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** The name of a copy of the schema beside a manifest, for a project that does not have this package installed. */
export const SCHEMA_COPY = 'fields.schema.json';

/** Where the schema lies in a project that has this package installed. */
const INSTALLED = 'node_modules/zoho-fields/dist/fields.schema.json';

/**
 * Where an editor finds the schema from a manifest: in the installed package, or in a copy beside the manifest.
 * @returns `undefined` where there is neither, as a line that leads nowhere is worse than none.
 */
export function schemaFor(manifest: string): string | undefined {
  const folder = dirname(manifest);
  const home = above(folder, INSTALLED);
  if (home === undefined) return existsSync(join(folder, SCHEMA_COPY)) ? `./${SCHEMA_COPY}` : undefined;
  const way = relative(folder, join(home, INSTALLED)).split(sep).join('/');
  return way.startsWith('.') ? way : `./${way}`;
}

/** The folder up from which something lies, if it does. */
export function above(folder: string, name: string): string | undefined {
  for (let here = folder; ; here = dirname(here)) {
    if (existsSync(join(here, name))) return here;
    if (here === dirname(here)) return undefined;
  }
}
