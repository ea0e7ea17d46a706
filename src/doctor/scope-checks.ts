import { missingScopes, SCOPE_NEEDS, type ScopeNeed } from '../credentials/scope-needs.ts';
import { failed, ok, skipped, type Check, type Subject } from './check.ts';

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
