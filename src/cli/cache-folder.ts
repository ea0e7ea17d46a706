import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Io } from './io.ts';

/** Where access tokens are kept between runs, or why they are not. */
export type CacheFolder =
  | { readonly path: string; readonly off?: undefined }
  | { readonly path?: undefined; readonly off: 'ci' | 'flag' };

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
  return {
    path: join(base.startsWith('/') ? base : join(env['HOME'] ?? homedir(), '.cache'), 'zoho-fields'),
  };
}
