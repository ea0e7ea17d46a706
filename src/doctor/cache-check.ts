import { ok, skipped, warning, type Check, type Subject } from './check.ts';

/** What is known of the place where access tokens are kept. */
export type CacheFound =
  | { readonly state: 'off'; readonly why: string }
  | { readonly state: 'empty'; readonly folder: string }
  /** Something that others can get at. */
  | { readonly state: 'exposed'; readonly path: string; readonly how: string; readonly isFolder: boolean }
  | { readonly state: 'private'; readonly folder: string };

const CACHE: Subject = { name: 'token-cache', title: 'token cache' };

/** Is what is kept between runs the user's alone? */
export function cacheCheck(found: CacheFound): Check {
  switch (found.state) {
    case 'off':
      return skipped(CACHE, found.why);
    case 'empty':
      return ok(CACHE, `nothing is kept yet in ${found.folder}`);
    case 'private':
      return ok(CACHE, `only you can read ${found.folder}`);
    case 'exposed':
      return warning(
        CACHE,
        'cache-exposed',
        `${found.path} ${found.how}. Whoever reads an access token can act as you for up to an hour; this tool does not use what it finds there.`,
        found.isFolder
          ? `Run: chmod 700 ${quoted(found.path)}`
          : `Remove it: rm ${quoted(found.path)}. If others use this computer, revoke the token in Zoho too.`,
      );
  }
}

function quoted(path: string): string {
  return /^[\w./@+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
