import type { Io } from '../machine/io.ts';
import { DEFAULT_MANIFEST } from '../machine/read-bytes.ts';
import { readManifest, type ValidManifest } from '../run/read-manifest.ts';
import type { PlanOptions } from './options.ts';
import type { TellOrigins } from '../run/read-version.ts';

/** What is to be planned, and what tells whose change each row is, where a base was named. */
export interface PlanWish extends Pick<ValidManifest, 'manifest' | 'doubts'> {
  readonly base: TellOrigins | undefined;
}

/** Reads the manifest, and the version that a change starts from; needs no connection. */
export async function readWish(options: PlanOptions, io: Io): Promise<PlanWish> {
  const path = options.file ?? DEFAULT_MANIFEST;
  const [{ manifest, doubts }, base] = await Promise.all([
    readManifest(path, io),
    options.base === undefined ? undefined : originsOf(options.base, path, io),
  ]);
  return { manifest, doubts, base };
}

/** Git and the comparison of versions are loaded only where a change is under review. */
async function originsOf(base: string, path: string, io: Io): Promise<TellOrigins> {
  const { readOrigins } = await import('../run/read-version.ts');
  return readOrigins(base, path, io);
}
