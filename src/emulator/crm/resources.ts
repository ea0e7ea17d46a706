import { createFields } from '../fields/create-fields.ts';
import { deleteField } from '../fields/delete-field.ts';
import { getField, listFields, listOptions } from '../fields/read-fields.ts';
import { updateField, updateFields } from '../fields/update-fields.ts';
import { inModule } from './in-module.ts';
import { getLayout, getModule, listLayouts, listModules } from './module-endpoints.ts';
import { getOrganisation, getUser, listUsers } from './organisation-endpoints.ts';
import type { Endpoint, Resource } from './resource.ts';
import { getGlobalPicklist, getProfile, listGlobalPicklists, listProfiles } from './settings-endpoints.ts';

const reads = (handle: Endpoint['handle']): Resource['methods'] => ({ GET: { action: 'READ', handle } });

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
  { path: ['settings', 'modules'], group: 'settings.modules', methods: reads(listModules) },
  { path: ['settings', 'modules', ':'], group: 'settings.modules', methods: reads(getModule) },
  { path: ['settings', 'profiles'], group: 'settings.profiles', methods: reads(listProfiles) },
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
  { path: ['settings', 'layouts'], group: 'settings.layouts', methods: reads(inModule(listLayouts)) },
  { path: ['settings', 'layouts', ':'], group: 'settings.layouts', methods: reads(inModule(getLayout)) },
  { path: ['org'], group: 'org', methods: reads(getOrganisation) },
  { path: ['users'], group: 'users', methods: reads(listUsers) },
  { path: ['users', ':'], group: 'users', methods: reads(getUser) },
];
