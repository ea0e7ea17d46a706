import { json, type Reply, empty, unknownId, refuse } from '../http/reply.ts';
import type { JsonObject } from '../json.ts';
import type { World, GlobalPicklist, Profile } from '../state/organisation-state.ts';
import type { Call } from '../zoho.ts';
import { inForm } from '../imitation.ts';

/** `GET org` (sheet §10.4). A user without the right permission is refused with a code of its own. */
export function getOrganisation({ zoho }: Call): Reply {
  if (zoho.switches.userPermission === 'denied') return refuse('AUTHORIZATION_FAILED');
  return json(200, { org: [organisationObject(zoho.store.now())] });
}

function organisationObject({ organisation }: World): JsonObject {
  const number = organisation.idPrefix.padStart(9, '8');
  return {
    country: null,
    hierarchy_preferences: { type: 'Role_Hierarchy' },
    photo_id: null,
    city: null,
    description: null,
    type: organisation.type,
    mc_status: false,
    gapps_enabled: false,
    lite_users_enabled: false,
    domain_name: `org${number}`,
    translation_enabled: false,
    street: null,
    alias: null,
    currency: 'US Dollar - USD',
    deletable_org_account: false,
    id: `${organisation.idPrefix}000000020005`,
    state: null,
    fax: null,
    employee_count: String(organisation.userCount),
    zip: null,
    created_time: '2023-04-12T02:08:05-07:00',
    website: null,
    currency_symbol: '$',
    mobile: null,
    currency_locale: 'USD',
    primary_zuid: `${Number(number) + 765}`,
    zia_portal_id: `${Number(number) + 6_229_590}`,
    time_zone: 'America/Los_Angeles',
    zgid: number,
    country_code: 'US',
    license_details: {
      paid_expiry: organisation.edition === 'free' ? null : '2027-04-11T17:00:00-07:00',
      users_license_purchased: organisation.userCount,
      trial_type: null,
      trial_expiry: null,
      paid: organisation.edition !== 'free',
      paid_type: organisation.edition,
      portal_users_license_purchased: 0,
    },
    phone: null,
    company_name: organisation.name,
    privacy_settings: organisation.gdpr,
    primary_email: 'admin@example.com',
    hipaa_compliance_enabled: organisation.hipaa,
    iso_code: 'USD',
  };
}

/** `GET users[?type=CurrentUser]`: the one user, whom Zoho's SDK asks for when it starts. */
export function listUsers({ zoho }: Call): Reply {
  const info = { per_page: 200, count: 1, page: 1, more_records: false };
  return json(200, { users: [userObject(zoho.store.now())], info });
}

/** `GET users/{id}`. */
export function getUser({ zoho, segments }: Call): Reply {
  const user = userObject(zoho.store.now());
  return user['id'] === segments[0] ? json(200, { users: [user] }) : unknownId(1);
}

function userObject({ organisation, profiles }: World): JsonObject {
  const profile = profiles[0];
  return {
    country: 'US',
    language: 'en_US',
    locale: 'en_US',
    id: `${organisation.idPrefix}000000327001`,
    status: 'active',
    confirm: true,
    email: 'admin@example.com',
    zuid: `${Number(organisation.idPrefix) + 765}`,
    first_name: 'Ada',
    last_name: 'Admin',
    full_name: 'Ada Admin',
    time_zone: 'America/Los_Angeles',
    time_format: 'hh:mm a',
    date_format: 'MMM d, yyyy',
    type__s: 'Regular User',
    role: { name: 'CEO', id: `${organisation.idPrefix}000000026005` },
    profile: profile === undefined ? null : { name: profile.name, id: profile.id },
    created_time: '2023-04-12T02:08:05-07:00',
    Modified_Time: '2023-04-12T02:08:05-07:00',
    microsoft: false,
  };
}

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
