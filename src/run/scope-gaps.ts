import { count } from '../model/count.ts';
import { missingScopes } from '../credentials/scope-needs.ts';
import type { Diagnostic } from '../model/problem.ts';
import type { Plan, PlanEntry } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import { neededNames } from '../plan/references.ts';
import { needsLabelLater } from '../plan/creation-label.ts';
import { isToBeFinished, workOf } from '../plan/earlier-runs.ts';

/**
 * What applying a plan needs and a token's scopes do not allow, each scope with what it is needed for.
 * @param scopes as the token's answer names them; where it names none nobody knows, and Zoho decides (sheet §1.2).
 */
export function scopeGaps(plan: Plan, scopes: readonly string[]): readonly Diagnostic[] {
  if (scopes.length === 0) return [];
  const work = workOf(plan);
  return missingScopes(scopes).flatMap(({ scope }): readonly Diagnostic[] => {
    const use = USES[scope];
    const fields = use === undefined ? 0 : work.filter((entry) => use.needs(entry)).length;
    if (use === undefined || fields === 0) return [];
    return [
      {
        severity: 'warning',
        code: 'scope-missing',
        message: `The refresh token was made without ${scope} (or ZohoCRM.settings.ALL), which this plan needs ${use.to} ${count(fields, 'field')}.`,
        remedy:
          'Run "zoho-fields auth login" with its whole line of scopes: scopes cannot be added to an issued token.',
      },
    ];
  });
}

/** @throws Problem `credentials` where a plan cannot be carried out with these scopes: before anything is written. */
export function refuseScopeGaps(plan: Plan, scopes: readonly string[]): void {
  const [first, ...rest] = scopeGaps(plan, scopes).map((gap) => ({ ...gap, severity: 'error' as const }));
  if (first !== undefined) throw new Problem('credentials', [first, ...rest]);
}

/** Which fields of a plan need a scope, and what for. What the scopes to read are missing for is no plan. */
const USES: Readonly<Record<string, { readonly to: string; readonly needs: (entry: PlanEntry) => boolean }>> =
  {
    'ZohoCRM.settings.fields.CREATE': {
      to: 'to create',
      needs: ({ action }) => action === 'create',
    },
    'ZohoCRM.settings.fields.UPDATE': {
      to: 'to set the label of',
      needs: (entry) => isToBeFinished(entry) || needsLabelLater(entry.field),
    },
    'ZohoCRM.settings.profiles.READ': {
      to: 'to look up the profiles of',
      needs: ({ field }) => neededNames(field).profiles,
    },
    'ZohoCRM.settings.global_picklist.READ': {
      to: 'to look up the global picklist of',
      needs: ({ field }) => neededNames(field).globalPicklists,
    },
  };
