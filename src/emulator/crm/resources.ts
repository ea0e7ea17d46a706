import { createFields } from '../fields/create-fields.ts';
import { getField, listFields, listOptions } from '../fields/read-fields.ts';
import { updateField, updateFields, deleteField } from '../fields/update-fields.ts';
import { type Reply, refuse } from '../http/reply.ts';
import type { Module } from '../state/organisation-state.ts';
import { getLayout, getModule, listLayouts, listModules } from './module-endpoints.ts';
import {
  getOrganisation,
  getUser,
  listUsers,
  getGlobalPicklist,
  getProfile,
  listGlobalPicklists,
  listProfiles,
} from './organisation-endpoints.ts';
import { inForm } from '../imitation.ts';
import { scopesOf } from '../accounts/issue.ts';
import type { Call, ModuleCall } from '../zoho.ts';

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
function acceptedScopes(group: string, action: Action): readonly string[] {
  const settings = group.startsWith('settings.') ? ['ZohoCRM.settings.ALL'] : [];
  return [`ZohoCRM.${group}.${action}`, `ZohoCRM.${group}.ALL`, ...settings];
}

export function isCovered(scope: string, group: string, action: Action): boolean {
  const accepted = acceptedScopes(group, action);
  return scopesOf(scope).some((name) => accepted.includes(name));
}

const reads = (handle: Endpoint['handle']): Resource['methods'] => ({ GET: { action: 'READ', handle } });

/** A list in the form that a profile says. */
const formed =
  (name: string, handle: Endpoint['handle']): Endpoint['handle'] =>
  (call) =>
    inForm(call.zoho, name, handle(call));

/** Everything below `/crm/v8/` (sheet §13.1) with the scope that opens it (§1.6). */
export const RESOURCES: readonly Resource[] = [
  {
    path: ['settings', 'fields'],
    group: 'settings.fields',
    methods: {
      GET: { action: 'READ', handle: inModule(listFields) },
      POST: { action: 'CREATE', handle: inModule(createFields) },
      PATCH: { action: 'UPDATE', handle: inModule(updateFields) },
    },
  },
  {
    path: ['settings', 'fields', ':'],
    group: 'settings.fields',
    methods: {
      GET: { action: 'READ', handle: inModule(getField) },
      PATCH: { action: 'UPDATE', handle: inModule(updateField) },
      DELETE: { action: 'DELETE', handle: inModule(deleteField) },
    },
  },
  {
    path: ['settings', 'fields', ':', 'pick_list_values'],
    group: 'settings.fields',
    methods: reads(inModule(listOptions)),
    since: 8,
  },
  {
    path: ['settings', 'modules'],
    group: 'settings.modules',
    methods: reads(formed('modules', listModules)),
  },
  { path: ['settings', 'modules', ':'], group: 'settings.modules', methods: reads(getModule) },
  {
    path: ['settings', 'profiles'],
    group: 'settings.profiles',
    methods: reads(formed('profiles', listProfiles)),
  },
  { path: ['settings', 'profiles', ':'], group: 'settings.profiles', methods: reads(getProfile) },
  {
    path: ['settings', 'global_picklists'],
    group: 'settings.global_picklist',
    methods: reads(listGlobalPicklists),
  },
  {
    path: ['settings', 'global_picklists', ':'],
    group: 'settings.global_picklist',
    methods: reads(getGlobalPicklist),
  },
  {
    path: ['settings', 'layouts'],
    group: 'settings.layouts',
    methods: reads(formed('layouts', inModule(listLayouts))),
  },
  { path: ['settings', 'layouts', ':'], group: 'settings.layouts', methods: reads(inModule(getLayout)) },
  { path: ['org'], group: 'org', methods: reads(getOrganisation) },
  { path: ['users'], group: 'users', methods: reads(listUsers) },
  { path: ['users', ':'], group: 'users', methods: reads(getUser) },
];

/** Step 7 of the checks: the parameter `module` names a module that exists (sheet §2.5). */
function inModule(handle: (call: ModuleCall) => Reply): (call: Call) => Reply {
  return (call) => {
    const name = call.request.query.get('module');
    if (name === null || name === '')
      return inForm(call.zoho, 'missing_module', refuse('REQUIRED_PARAM_MISSING', { param_name: 'module' }));
    const module = findModule(call, name);

    return module === undefined
      ? inForm(call.zoho, 'unknown_module', refuse('INVALID_MODULE'))
      : handle({ ...call, module });
  };
}

/** Reads see the world through the replica's lag, writes see the newest. */
function findModule({ zoho, request }: Call, name: string): Module | undefined {
  const world = request.method === 'GET' ? zoho.store.ago(zoho.switches.readLag) : zoho.store.now();
  const isNamed = (module: Module): boolean =>
    zoho.switches.moduleCase === 'ignore'
      ? module.api_name.toLowerCase() === name.toLowerCase()
      : module.api_name === name;
  return Object.values(world.modules).find(isNamed);
}
