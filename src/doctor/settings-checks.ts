import { oddForm, maskedId, maskedSecret } from '../credentials/typed-values.ts';
import type { Diagnostic } from '../model/problem.ts';
import { failed, ok, warning, type Check, type Subject, skipped } from './check.ts';

export type SettingName = 'ZOHO_CLIENT_ID' | 'ZOHO_CLIENT_SECRET' | 'ZOHO_REFRESH_TOKEN';

/** A credential as it was found. */
export interface SettingFound {
  readonly name: SettingName;
  /** Absent where it is not set. */
  readonly value?: string;
  /** Where it comes from. */
  readonly origin?: string;
  /** What is missing or malformed. */
  readonly problems: readonly Diagnostic[];
}

const SUBJECTS: Readonly<Record<SettingName, Subject>> = {
  ZOHO_CLIENT_ID: { name: 'setting-client-id', title: 'ZOHO_CLIENT_ID' },
  ZOHO_CLIENT_SECRET: { name: 'setting-client-secret', title: 'ZOHO_CLIENT_SECRET' },
  ZOHO_REFRESH_TOKEN: { name: 'setting-refresh-token', title: 'ZOHO_REFRESH_TOKEN' },
};

/** Is the variable there, and does it look like what it should be? Nothing of a secret is shown. */
export function settingCheck({ name, value, origin, problems }: SettingFound): Check {
  const subject = SUBJECTS[name];
  const [problem] = problems;
  if (problem !== undefined) return failed(subject, 'configuration', problem);
  const shown = name === 'ZOHO_CLIENT_ID' ? maskedId(value ?? '') : maskedSecret(value ?? '');
  const from = `from ${origin ?? 'nowhere'}`;
  const odd = oddForm(name, value ?? '');
  if (odd === undefined) return ok(subject, `${shown}, ${from}`);
  return warning(
    subject,
    'odd-form',
    `${name} (${from}) ${odd}.`,
    'If Zoho refuses it below, copy it again, alone and whole.',
  );
}

/** Where the credentials should be good. */
export interface PlaceFound {
  readonly dataCentre: string;
  readonly accountsHost: string;
  /** `undefined` where the token answer is to decide. */
  readonly apiHost?: string;
  /** Production, sandbox or developer, where the host is one of Zoho's. */
  readonly environment?: string;
  readonly problems: readonly Diagnostic[];
}

const PLACE: Subject = { name: 'setting-data-centre', title: 'data centre' };

/** Are the data centre and the hosts well-formed, and do they belong together? */
export function placeCheck({ dataCentre, accountsHost, apiHost, environment, problems }: PlaceFound): Check {
  const [problem] = problems;
  if (problem !== undefined) return failed(PLACE, 'configuration', problem);
  const api =
    apiHost === undefined ? '' : `, API at ${apiHost}${environment === undefined ? '' : ` (${environment})`}`;
  return ok(PLACE, `${dataCentre}, accounts server ${accountsHost}${api}`);
}

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
        `${found.path} ${found.how}. Anyone who reads an access token can act as you for up to an hour; this tool does not use what it finds there.`,
        found.isFolder
          ? `Run: chmod 700 ${quoted(found.path)}`
          : `Remove it: rm ${quoted(found.path)}. If others use this computer, revoke the token in Zoho too.`,
      );
  }
}

function quoted(path: string): string {
  return /^[\w./@+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
