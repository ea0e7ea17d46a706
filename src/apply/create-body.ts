import { isObject, property, type Json, type JsonObject } from '../model/json.ts';
import type { Attempt } from './attempt.ts';

/** The create body of sheet §3.3 and §3.4 for one field. */
export function createBody(attempt: Attempt, withApiName: boolean): JsonObject {
  const { field, module } = attempt.entry;
  // What the field is called and is of has its own keys: nothing that is declared takes their places.
  const { api_name: _name, field_label: _label, data_type: _type, ...rest } = field.declared;
  const declared: Record<string, Json> = { ...rest };
  const profiles = declared['profiles'];
  if (Array.isArray(profiles))
    declared['profiles'] = profiles.map((profile: Json) => withoutName(profile, 'name'));
  const picklist = declared['global_picklist'];
  if (picklist !== undefined) declared['global_picklist'] = withoutName(picklist, 'api_name');
  // Zoho knows only how to make a field unique: any value of the key would (sheet §3.3).
  if (declared['unique'] === false) delete declared['unique'];
  const lookup = declared['lookup'];
  // Zoho insists on a title for the related list on the other side, or refuses the whole request (sheet §3.4).
  if (field.data_type === 'lookup' && isObject(lookup) && property(lookup, 'display_label') === undefined) {
    declared['lookup'] = { ...lookup, display_label: module };
  }
  return {
    field_label: attempt.workingLabel,
    ...(withApiName ? { api_name: field.api_name } : {}),
    data_type: field.data_type,
    ...declared,
  };
}

/** Zoho knows profiles and global picklists by id in a create body; the name was for people. */
function withoutName(value: Json, name: string): Json {
  if (!isObject(value) || property(value, 'id') === undefined) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}
