import { empty, json, type Reply } from '../http/exchange.ts';
import type { JsonObject } from '../json.ts';
import type { GlobalPicklist, Profile } from '../state/organisation-state.ts';
import type { Call } from './resource.ts';
import { inForm } from './imitate.ts';
import { unknownId } from './refusals.ts';

/** `GET settings/profiles` (sheet §10.2). */
export function listProfiles({ zoho }: Call): Reply {
  return json(200, { profiles: zoho.store.now().profiles.map(profileObject) });
}

/** `GET settings/profiles/{id}`: the same with its permissions. */
export function getProfile({ zoho, segments }: Call): Reply {
  const found = zoho.store.now().profiles.find((profile) => profile.id === segments[0]);
  return found === undefined
    ? unknownId(2)
    : json(200, { profiles: [{ ...profileObject(found), permissions_details: [] }] });
}

function profileObject({ id, name, custom }: Profile): JsonObject {
  return {
    display_label: name,
    created_time: null,
    modified_time: null,
    custom,
    name,
    modified_by: null,
    description: null,
    id,
    created_by: null,
    type: 'normal_profile',
  };
}

/** `GET settings/global_picklists[?include=pick_list_values]`; 204 when there are none (sheet §10.3). */
export function listGlobalPicklists(call: Call): Reply {
  const sets = call.zoho.store.now().globalPicklists;
  if (sets.length === 0) return inForm(call.zoho, 'no_global_picklists', empty);
  const withValues = call.request.query.get('include') === 'pick_list_values';
  return json(200, { global_picklists: sets.map((set) => picklistObject(set, withValues)) });
}

/** `GET settings/global_picklists/{id}`: with its values. */
export function getGlobalPicklist({ zoho, segments }: Call): Reply {
  const found = zoho.store.now().globalPicklists.find((set) => set.id === segments[0]);
  return found === undefined ? unknownId(2) : json(200, { global_picklists: [picklistObject(found, true)] });
}

function picklistObject(set: GlobalPicklist, withValues: boolean): JsonObject {
  return {
    display_label: set.display_label,
    modified_time: '2025-12-08T16:38:29-08:00',
    api_name: set.api_name,
    modified_by: null,
    description: null,
    pick_list_values_sorted_lexically: false,
    id: set.id,
    presence: true,
    created_by: null,
    actual_label: set.display_label,
    ...(withValues ? { pick_list_values: set.values } : {}),
  };
}
