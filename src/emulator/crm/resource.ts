import { scopesOf } from '../accounts/issue.ts';
import type { Request, Reply } from '../http/exchange.ts';
import type { AccessToken, Module } from '../state/organisation-state.ts';
import type { Zoho } from '../zoho.ts';

/** A request to the CRM API that has passed the checks so far. */
export interface Call {
  readonly zoho: Zoho;
  readonly request: Request;
  /** The major version of the path; 8 is what the sheet describes. */
  readonly version: number;
  /** The variable segments of the path, in order. */
  readonly segments: readonly string[];
  readonly token: AccessToken;
  /** How many items a write may carry out before the world ends (scripted faults). */
  readonly commitLimit: number;
}

/** A call to an endpoint that works on one module. */
export interface ModuleCall extends Call {
  readonly module: Module;
}

/** One method of a resource. */
export interface Endpoint {
  readonly action: Action;
  readonly handle: (call: Call) => Reply;
}

/** A path below `/crm/v8/` and what can be done there. */
export interface Resource {
  /** Segments; `:` stands for any one. */
  readonly path: readonly string[];
  /** The scope group (sheet §1.6). */
  readonly group: string;
  readonly methods: Readonly<Partial<Record<string, Endpoint>>>;
  /** The first version that has it, where that is not every version. */
  readonly since?: number;
}

/** The values of the `:` segments, or `undefined` where the path is another one. */
export function matchPath(resource: Resource, segments: readonly string[]): readonly string[] | undefined {
  if (resource.path.length !== segments.length) return undefined;
  const fits = resource.path.every((part, index) => part === ':' || part === segments[index]);
  return fits ? segments.filter((_, index) => resource.path[index] === ':') : undefined;
}

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
