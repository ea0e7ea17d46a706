import { scopesOf } from '../accounts/secrets.ts';

export type Action = 'READ' | 'CREATE' | 'UPDATE' | 'DELETE';

/** Any one of these opens the resource (sheet §1.6). */
export function acceptedScopes(group: string, action: Action): readonly string[] {
  const settings = group.startsWith('settings.') ? ['ZohoCRM.settings.ALL'] : [];
  return [`ZohoCRM.${group}.${action}`, `ZohoCRM.${group}.ALL`, ...settings];
}

export function isCovered(scope: string, group: string, action: Action): boolean {
  const accepted = acceptedScopes(group, action);
  return scopesOf(scope).some((name) => accepted.includes(name));
}
