import { oddForm, maskedId, maskedSecret, maskedAddress } from '../credentials/typed-values.ts';
import type { Diagnostic, Problem } from '../model/problem.ts';
import { failed, ok, warning, type Check, type Subject, skipped, failedBy, firstOf } from './check.ts';
import { count } from '../model/count.ts';
import type { ProxyUse } from '../zoho/http/proxy.ts';
import { property } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import { missingScopes, SCOPE_NEEDS, type ScopeNeed } from '../credentials/scope-needs.ts';

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

/** What came of asking the accounts server for anything at all, without credentials. */
export interface ProbeFound {
  readonly host: string;
  /** Why there was no answer. */
  readonly problem?: Problem;
  /** The server's clock minus ours, in milliseconds; absent where the answer named no time. */
  readonly skewMs?: number;
  readonly ms?: number;
}

const PROXY: Subject = { name: 'proxy', title: 'proxy' };
const SERVER: Subject = { name: 'accounts-server', title: 'accounts server' };
const CLOCK: Subject = { name: 'clock', title: 'clock' };

/** A difference that no waiting for an answer explains, and well below the cache's margin of two minutes. */
const MOST_SKEW_MS = 60_000;

/** Which proxy stands in between; said even where all is well, because nobody thinks of it. */
export function proxyCheck(
  uses: readonly { readonly host: string; readonly proxy: ProxyUse | undefined }[],
): Check {
  if (uses.length === 0) return skipped(PROXY, 'needs a data centre and hosts that are well-formed');
  if (uses.every((use) => use.proxy === undefined)) return ok(PROXY, 'none in use');
  const seen = new Map<string, string[]>();
  for (const { host, proxy } of uses) {
    const way =
      proxy === undefined ? 'without one' : `through ${maskedAddress(proxy.address)} (${proxy.variable})`;
    seen.set(way, [...(seen.get(way) ?? []), host]);
  }
  return ok(PROXY, [...seen].map(([way, hosts]) => `${hosts.join(' and ')} ${way}`).join('; '));
}

/** Does anyone answer? */
export function serverCheck(probe: ProbeFound | undefined, proxied: boolean): Check {
  if (probe === undefined) return skipped(SERVER, 'needs a data centre and hosts that are well-formed');
  if (probe.problem === undefined)
    return ok(SERVER, `${probe.host} answers (${Math.round(probe.ms ?? 0)} ms)`);
  const check = failedBy(SERVER, probe.problem);
  return proxied
    ? { ...check, remedy: `${check.remedy ?? ''} The request went through the proxy named above.`.trim() }
    : check;
}

/** Does this computer know what time it is? Tokens are kept by the clock. */
export function clockCheck(probe: ProbeFound | undefined): Check {
  if (probe === undefined || probe.problem !== undefined)
    return skipped(CLOCK, 'needs an answer of the accounts server');
  if (probe.skewMs === undefined) return skipped(CLOCK, 'the accounts server did not say what time it is');
  if (Math.abs(probe.skewMs) <= MOST_SKEW_MS)
    return ok(CLOCK, 'agrees with the accounts server to the minute');
  const side = probe.skewMs > 0 ? 'behind' : 'ahead of';
  return warning(
    CLOCK,
    'clock-skew',
    `This computer's clock is ${duration(Math.abs(probe.skewMs))} ${side} the accounts server's.`,
    'Set the clock (switch on time synchronisation): kept access tokens are taken for good or for ended when they are not.',
  );
}

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return count(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? count(hours, 'hour') : count(Math.round(hours / 24), 'day');
}

/** What came of asking for an access token. */
export type TokenFound =
  | { readonly state: 'given' }
  | { readonly state: 'not-asked'; readonly why: string }
  | { readonly state: 'refused'; readonly problem: Problem };

/** What else is known that makes a refusal plainer. */
export interface TokenHints {
  /** What is odd about the form of a value. */
  readonly odd: (name: SettingName) => string | undefined;
  /** What other data centres said, where they were asked. */
  readonly elsewhere?: string;
  /** How to have them asked, or why that would not help. */
  readonly offer: string;
}

const CLIENT: Subject = { name: 'client', title: 'client known' };
const SECRET: Subject = { name: 'client-secret', title: 'client secret' };
const REFRESH: Subject = { name: 'refresh-token', title: 'refresh token' };

const KNOWN = ok(CLIENT, 'the accounts server knows the client id');
const RIGHT = ok(SECRET, 'it is the secret of that client');

/** Errors about the client itself (sheet §1.3). */
const ABOUT_CLIENT = ['invalid-client', 'invalid-redirect-uri', 'other-data-centre'];
/** Errors that come from another place than the answer about credentials, and say nothing of them. */
const SAYS_NOTHING = ['token-throttled', 'general-error', 'token-refused'];

/**
 * One answer of the token endpoint tells about three things, because Zoho looks at them in this order: an error about
 * the refresh token means that client and secret were right.
 */
export function tokenChecks(found: TokenFound, hints: TokenHints): readonly [Check, Check, Check] {
  switch (found.state) {
    case 'given':
      return [KNOWN, RIGHT, ok(REFRESH, 'the accounts server gave an access token for it')];
    case 'not-asked':
      return allSkipped(found.why);
    case 'refused':
      return refused(found.problem, hints);
  }
}

function refused(problem: Problem, hints: TokenHints): readonly [Check, Check, Check] {
  const { odd } = hints;
  const { code } = firstOf(problem);
  if (code === 'foreign-api-domain') return [KNOWN, RIGHT, failedBy(REFRESH, problem)];
  if (problem.kind !== 'credentials')
    return allSkipped('the accounts server did not get as far as looking at it');
  if (ABOUT_CLIENT.includes(code)) {
    const [, secret, refresh] = allSkipped('needs a client that is known');
    return [withHints(failedBy(CLIENT, problem), odd('ZOHO_CLIENT_ID'), hints), secret, refresh];
  }
  if (code === 'invalid-client-secret') {
    const secret = withHints(failedBy(SECRET, problem), odd('ZOHO_CLIENT_SECRET'));
    return [KNOWN, secret, skipped(REFRESH, 'needs the right client secret')];
  }
  const where = code === 'invalid-code' ? hints : undefined;
  const refresh = withHints(failedBy(REFRESH, problem), odd('ZOHO_REFRESH_TOKEN'), where);
  const [client, secret] = allSkipped("Zoho's refusal says nothing about it");
  return SAYS_NOTHING.includes(code) ? [client, secret, refresh] : [KNOWN, RIGHT, refresh];
}

function allSkipped(why: string): readonly [Check, Check, Check] {
  return [skipped(CLIENT, why), skipped(SECRET, why), skipped(REFRESH, why)];
}

/** What is known goes before what is likely, and what looks cut was probably cut; the offer comes last. */
function withHints(check: Check, odd: string | undefined, where?: Omit<TokenHints, 'odd'>): Check {
  const { kind = 'credentials', code = check.name, seen } = check;
  const found = where?.elsewhere;
  const usual = [found, check.remedy, found === undefined ? where?.offer : undefined];
  const remedy = usual.filter((one) => one !== undefined).join(' ');
  if (odd === undefined) return failed(check, kind, { code, message: seen, remedy });
  return failed(check, kind, {
    code,
    message: `${seen} First suspect: the value ${odd}.`,
    remedy: `Copy the value again, alone and whole. If that does not help: ${remedy}`,
  });
}

/** What came of reading the module's fields. */
export type ReadFound =
  | { readonly state: 'done'; readonly fields: readonly LiveField[]; readonly owner?: string }
  | { readonly state: 'not-tried' }
  | { readonly state: 'refused'; readonly problem: Problem; readonly api: ApiFound };

/** The host that refused, and what Zoho uses it for. */
export interface ApiFound {
  readonly host: string;
  readonly environment?: string;
  /** Whether the user fixed it, rather than the token answer. */
  readonly fixed: boolean;
}

const PERMISSION: Subject = { name: 'profile', title: 'profile' };
/** Refusals that are about the user's rights and not about the module. */
const ABOUT_RIGHTS = ['no-permission', 'authorization-failed'];

/** Can the module's fields be read? */
export function moduleCheck(module: string, found: ReadFound): Check {
  const subject = { name: 'module', title: `module ${module}` };
  if (found.state === 'not-tried') return skipped(subject, 'needs an access token');
  if (found.state === 'done') {
    const owner = found.owner === undefined ? '' : ` of ${found.owner}`;
    return ok(subject, `${count(found.fields.length, 'field was', 'fields were')} read${owner}`);
  }
  const { code } = firstOf(found.problem);
  if (code === 'oauth-scope-mismatch') return skipped(subject, 'needs the scope to read');
  if (ABOUT_RIGHTS.includes(code)) return skipped(subject, 'needs a profile that may read it');
  const check = failedBy(subject, found.problem);
  return code === 'invalid-token' ? { ...check, ...wrongEnvironment(found.api) } : check;
}

/** A fresh token that an API host does not take was made for another environment (sheet §1.5). */
function wrongEnvironment({ host, environment, fixed }: ApiFound): Pick<Check, 'seen' | 'remedy'> {
  const here = environment === undefined ? host : `the ${environment} host ${host}`;
  return {
    seen: `A fresh access token is not accepted at ${here}. The refresh token was made for another organisation or environment (production, sandbox, developer): it opens only the one that was chosen when its code was made.`,
    remedy: fixed
      ? 'If you mean the organisation that the code was made for, correct ZOHO_API_URL or take it out. If you mean the one at this host, run "zoho-fields auth login" and choose it in the console when the code is made.'
      : 'If the code was made for a sandbox or a developer organisation, run "zoho-fields auth login --environment sandbox" (or developer): it sets ZOHO_API_URL to the right host.',
  };
}

/**
 * May the user customise modules? Zoho hides who may see a field (`profiles: null`) from those who may not (sheet
 * §2.2); a read cannot tell more, and nothing is created to find out.
 * @param readOnly whether reading is all that is wanted.
 */
export function profileCheck(found: ReadFound, readOnly: boolean): Check {
  if (found.state === 'not-tried') return skipped(PERMISSION, 'needs an access token');
  if (found.state === 'refused') {
    return ABOUT_RIGHTS.includes(firstOf(found.problem).code)
      ? failedBy(PERMISSION, found.problem)
      : skipped(PERMISSION, 'needs the fields of the module');
  }
  const profiles = found.fields.map((field) => property(field.wire, 'profiles'));
  if (profiles.some((one) => Array.isArray(one)))
    return ok(PERMISSION, 'Zoho shows who may see the fields, as it does to users who may customise');
  if (!profiles.includes(null)) return skipped(PERMISSION, "Zoho's answer does not tell; apply will");
  if (readOnly) return skipped(PERMISSION, 'the user may not customise, which reading does not need');
  return failed(PERMISSION, 'credentials', {
    code: 'no-permission',
    message:
      'The user behind the refresh token lacks the permission "Customize Zoho CRM" (Crm_Implied_Customize_Zoho_CRM): Zoho hides from them who may see the fields. plan works; apply would be refused.',
    remedy:
      'In Zoho open Setup > Security Control > Profiles, and give the user\'s profile "Customize Zoho CRM"; or run "zoho-fields auth login" as an administrator.',
  });
}

/** What is known of the token's scopes. */
export interface ScopesFound {
  /** As the token answer named them; empty where it named none (sheet §1.2). */
  readonly scopes: readonly string[];
  /** Whether the fields were read, which proves more than any list. */
  readonly read: 'done' | 'scope-refused' | 'unknown';
  /** Whether reading is all that is wanted, as in a job that only plans. */
  readonly readOnly: boolean;
}

const NEEDED = SCOPE_NEEDS.filter((need) => need.required);
const OPTIONAL: Subject = { name: 'scopes-optional', title: 'further scopes' };
const REMEDY =
  'Run "zoho-fields auth login" and paste its line of scopes: scopes cannot be added to an issued refresh token.';

/** One check for each thing that must be allowed, and one for what most manifests do without. */
export function scopeChecks(found: ScopesFound | undefined): readonly Check[] {
  if (found === undefined) {
    const why = 'needs an access token';
    return [...NEEDED.map((need) => skipped(subjectOf(need), why)), skipped(OPTIONAL, why)];
  }
  const missing = found.scopes.length === 0 ? undefined : missingScopes(found.scopes);
  return [...NEEDED.map((need) => neededCheck(need, missing, found)), optionalCheck(missing)];
}

function neededCheck(
  need: ScopeNeed,
  missing: readonly ScopeNeed[] | undefined,
  { read, readOnly }: ScopesFound,
): Check {
  const subject = subjectOf(need);
  const reads = need === NEEDED[0];
  if (!reads && readOnly) return skipped(subject, 'not needed to read');
  if (reads && read === 'done') return ok(subject, 'the fields were read');
  if (missing?.includes(need) === true || (reads && read === 'scope-refused')) {
    return failed(subject, 'credentials', {
      code: 'scope-missing',
      message: `The refresh token was made without ${need.scope} (or ZohoCRM.settings.ALL), needed by ${need.commands}: it ${need.reason}.`,
      remedy: REMEDY,
    });
  }
  if (missing === undefined)
    return skipped(subject, `Zoho's answer names no scopes; ${need.commands} will show whether it is there`);
  return ok(subject, `${need.scope} or more`);
}

function optionalCheck(missing: readonly ScopeNeed[] | undefined): Check {
  if (missing === undefined) return skipped(OPTIONAL, "Zoho's answer names no scopes");
  const lacking = missing.filter((need) => !need.required);
  if (lacking.length === 0) return ok(OPTIONAL, 'all there');
  const list = lacking.map((need) => `${need.scope} (${need.reason})`).join('; ');
  return ok(OPTIONAL, `not there, and not needed by most: ${list}`);
}

const TITLES: Readonly<Record<string, string>> = {
  'ZohoCRM.settings.fields.READ': 'scope to read',
  'ZohoCRM.settings.fields.CREATE': 'scope to create',
  'ZohoCRM.settings.fields.UPDATE': 'scope for labels',
};

function subjectOf(need: ScopeNeed): Subject {
  const action = need.scope.slice(need.scope.lastIndexOf('.') + 1).toLowerCase();
  return { name: `scope-${action}`, title: TITLES[need.scope] ?? need.scope };
}
