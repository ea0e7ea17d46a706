import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Io } from './io.ts';
import { stateHome } from './user-folders.ts';

/**
 * The folder for the journal and the lock of one Zoho: in the user's state folder, because what lies in a checkout may
 * have come with it, and because two checkouts of one user have to see each other's intents.
 * @param zoho what tells this Zoho and this access to it from all others; only its digest is seen.
 * @returns `undefined` for a user without a home.
 */
export function stateFolder(env: Io['env'], zoho: readonly string[]): string | undefined {
  const path = stateHome(env);
  const key = createHash('sha256').update(JSON.stringify(zoho)).digest('hex');
  return path === undefined ? undefined : join(path, key);
}
