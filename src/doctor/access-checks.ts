import { count } from '../model/count.ts';
import { property } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import type { Problem } from '../model/problem.ts';
import { failed, failedBy, firstOf, ok, skipped, type Check, type Subject } from './check.ts';
import { missingScopes, SCOPE_NEEDS, type ScopeNeed } from '../credentials/scope-needs.ts';

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
