import { allows } from '../zoho/scopes.ts';

/** One thing that this tool does and the scope that allows it (sheet §1.6). */
export interface ScopeNeed {
  /** The smallest scope that does. */
  readonly scope: string;
  /** The commands that need it. */
  readonly commands: string;
  /** What they need it for. */
  readonly reason: string;
  /** False where most manifests get along without. */
  readonly required: boolean;
}

/** Everything that may be asked of Zoho, and nothing else: the tool makes no call beyond these. */
export const SCOPE_NEEDS: readonly ScopeNeed[] = [
  need('settings.fields', 'READ', 'plan, apply, audit, import', 'reads the fields of the module'),
  need('settings.fields', 'CREATE', 'apply', 'creates what is missing'),
  need('settings.fields', 'UPDATE', 'apply', 'repairs the label of a field that it has just created'),
  optional('settings.profiles', 'READ', 'plan, apply', 'for manifests that name profiles'),
  optional('settings.global_picklist', 'READ', 'plan, apply', 'for manifests that name a global picklist'),
  optional(
    'settings.modules',
    'READ',
    'plan, apply',
    'for manifests that add a lookup: is its module there?',
  ),
  optional('org', 'READ', 'plan, apply', "shows the organisation's name, and tells how many fields fit"),
];

/** The scopes of the guide that this tool's users already follow; they cover all that is required. */
export const GUIDE_SCOPES: readonly string[] = [
  'ZohoCRM.modules.ALL',
  'ZohoCRM.settings.ALL',
  'ZohoCRM.users.READ',
];

/** The smallest set that covers every command, as the API console takes it. */
export function minimalScopes(): string {
  return SCOPE_NEEDS.map((one) => one.scope).join(',');
}

/** What scopes do not allow. */
export function missingScopes(scopes: readonly string[]): readonly ScopeNeed[] {
  return SCOPE_NEEDS.filter((one) => !allows(scopes, one.scope));
}

function need(group: string, action: string, commands: string, reason: string): ScopeNeed {
  return { scope: `ZohoCRM.${group}.${action}`, commands, reason, required: true };
}

function optional(group: string, action: string, commands: string, reason: string): ScopeNeed {
  return { ...need(group, action, commands, reason), required: false };
}
