import type { PlanOptions } from '../options.ts';
import { withConnection } from '../../run/connect.ts';
import type { Io } from '../../machine/io.ts';
import { DEFAULT_MANIFEST } from '../../machine/read-bytes.ts';
import { readManifest } from '../../run/read-manifest.ts';
import type { TellOrigins } from '../../run/read-origins.ts';

/** `plan`: reads, compares, prints. Writes nothing to Zoho; the connection would not let it. */
export async function plan(options: PlanOptions, io: Io): Promise<number> {
  const path = options.file ?? DEFAULT_MANIFEST;
  return withConnection(
    { options, access: 'read', manifestPath: path, io },
    () =>
      Promise.all([
        readManifest(path, io),
        options.base === undefined ? undefined : originsOf(options.base, path, io),
      ]),
    async (connection, [{ manifest, doubts }, base]) => {
      // Comparing and printing are loaded only now, while the token is still on its way.
      const { showPlan } = await import('../show-plan.ts');
      return showPlan({ manifest, doubts, base, connection }, options, io);
    },
  );
}

/** Git and the comparison of versions are loaded only where a change is under review. */
async function originsOf(base: string, path: string, io: Io): Promise<TellOrigins> {
  const { readOrigins } = await import('../../run/read-origins.ts');
  return readOrigins(base, path, io);
}
