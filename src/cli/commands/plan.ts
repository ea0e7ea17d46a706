import type { PlanOptions } from '../options.ts';
import { connect } from '../../run/connect.ts';
import type { Io } from '../../machine/io.ts';
import { later, onItsWay } from '../../machine/waiting.ts';
import { DEFAULT_MANIFEST } from '../../machine/read-bytes.ts';
import { readManifest } from '../../run/read-manifest.ts';
import type { TellOrigins } from '../../run/read-origins.ts';

/** `plan`: reads, compares, prints. Writes nothing to Zoho; the connection would not let it. */
export async function plan(options: PlanOptions, io: Io): Promise<number> {
  const path = options.file ?? DEFAULT_MANIFEST;
  // The token request leaves first and travels while the manifest is parsed; what is wrong with the manifest is told
  // before what is wrong with the credentials, because it is the user's to mend at once.
  const connecting = later(connect(options, 'read', path, io));
  await onItsWay(connecting);
  const [{ manifest, doubts }, base] = await Promise.all([
    readManifest(path, io),
    options.base === undefined ? undefined : originsOf(options.base, path, io),
  ]).catch(async (error: unknown) => {
    await connecting.then((connection) => connection.close()).catch(() => undefined);
    throw error;
  });
  const connection = await connecting;
  try {
    // Comparing and printing are loaded only now, while the token is still on its way.
    const { showPlan } = await import('../show-plan.ts');
    return await showPlan({ manifest, doubts, base, connection }, options, io);
  } finally {
    await connection.close();
  }
}

/** Git and the comparison of versions are loaded only where a change is under review. */
async function originsOf(base: string, path: string, io: Io): Promise<TellOrigins> {
  const { readOrigins } = await import('../../run/read-origins.ts');
  return readOrigins(base, path, io);
}
