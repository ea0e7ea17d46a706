import { userInfo } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Io } from './io.ts';

/** The name of this tool's folder. */
export const OWN_FOLDER = '.zoho-fields';

/** The folder beside a manifest in which the built-in Zoho lives (contract §3); `-` stands for the current folder. */
export function ownFolder(manifestPath: string, cwd: string): string {
  return join(manifestPath === '-' ? cwd : dirname(resolve(cwd, manifestPath)), OWN_FOLDER);
}

/** Where access tokens are kept between runs, or why they are not. */
export type CacheFolder =
  | { readonly path: string; readonly off?: undefined }
  | { readonly path?: undefined; readonly off: 'ci' | 'flag' | 'homeless' };

/**
 * The folder for access tokens, by the rules of XDG. Under CI home folders are shared or thrown away, so no token is
 * kept there (contract §4).
 * @param wanted false with `--no-token-cache`.
 */
export function cacheFolder(env: Io['env'], wanted: boolean): CacheFolder {
  if (!wanted) return { off: 'flag' };
  const ci = env['CI'] ?? '';
  if (ci !== '' && ci !== 'false' && ci !== '0') return { off: 'ci' };
  const path = cacheHome(env);
  return path === undefined ? { off: 'homeless' } : { path };
}

/** Both places in which this tool keeps what is the user's own, whether they are in use or not. */
export function userFolders(env: Io['env']): readonly string[] {
  return [cacheHome(env), stateHome(env)].filter((folder) => folder !== undefined);
}

const cacheHome = (env: Io['env']): string | undefined => ownFolderIn('XDG_CACHE_HOME', '.cache', env);
/** Where the journals and locks of all Zohos are, if the user has a home. */
const stateHome = (env: Io['env']): string | undefined =>
  ownFolderIn('XDG_STATE_HOME', join('.local', 'state'), env);

/** XDG: a folder that is named by a relative path, or by an empty one, counts as not named. */
function ownFolderIn(variable: string, otherwise: string, env: Io['env']): string | undefined {
  const named = env[variable] ?? '';
  if (isAbsolute(named)) return join(named, 'zoho-fields');
  const home = homeOf(env);
  return home === undefined ? undefined : join(home, otherwise, 'zoho-fields');
}

/** An empty or relative home would put files into whatever folder a command is run in, perhaps a repository. */
function homeOf(env: Io['env']): string | undefined {
  const told = env['HOME'] ?? '';
  if (isAbsolute(told)) return told;
  try {
    // Not `homedir`, which believes whatever HOME says.
    const { homedir } = userInfo();
    return isAbsolute(homedir) ? homedir : undefined;
  } catch {
    // In a container, a user whom no list of users knows.
    return undefined;
  }
}

/**
 * The folder for the journal and the lock of one Zoho: in the user's state folder, because what lies in a checkout may
 * have come with it, and because two checkouts of one user have to see each other's intents.
 * @param zoho what tells this Zoho and this access to it from all others; only its digest is seen.
 * @returns `undefined` for a user without a home.
 */
export async function stateFolder(env: Io['env'], zoho: readonly string[]): Promise<string | undefined> {
  const path = stateHome(env);
  // Digests take Node longer to load than all that the first request needs.
  const { createHash } = await import('node:crypto');
  const key = createHash('sha256').update(JSON.stringify(zoho)).digest('hex');
  return path === undefined ? undefined : join(path, key);
}
