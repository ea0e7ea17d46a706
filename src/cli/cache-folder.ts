import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Io } from './io.ts';

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
  const base = env['XDG_CACHE_HOME'] ?? '';
  if (base.startsWith('/')) return { path: join(base, 'zoho-fields') };
  const home = homeOf(env);
  return home === undefined ? { off: 'homeless' } : { path: join(home, '.cache', 'zoho-fields') };
}

/** An empty or relative home would put tokens into whatever folder a command is run in, perhaps a repository. */
function homeOf(env: Io['env']): string | undefined {
  const told = env['HOME'] ?? '';
  if (isAbsolute(told)) return told;
  try {
    // Not `homedir`, which believes whatever HOME says.
    return userInfo().homedir;
  } catch {
    // In a container, a user whom no list of users knows.
    return undefined;
  }
}
