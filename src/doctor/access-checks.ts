import { count } from '../model/count.ts';
import { property } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import type { Problem } from '../model/problem.ts';
import { failed, failedBy, firstOf, ok, skipped, type Check, type Subject } from './check.ts';

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
