import { empty, json, type Reply, refusal, unknownId } from '../http/reply.ts';
import { inForm, fieldInForm } from '../imitation.ts';
import type { ModuleCall } from '../zoho.ts';
import { isList, isObject, asText, dig, type Json, type JsonObject } from '../json.ts';
import type { Field } from '../state/organisation-state.ts';

const TYPES = ['used', 'unused', 'all'];

/** `GET settings/fields?module=…` (sheet §2.1, §2.2). */
export function listFields(call: ModuleCall): Reply {
  const type = call.request.query.get('type') ?? 'used';
  if (!TYPES.includes(type)) {
    // The sheet records no answer for another value; this is the envelope of other wrong values.
    const said = { param_name: 'type', supported_values: TYPES };
    return inForm(call.zoho, 'unknown_type', refusal(400, 'INVALID_DATA', 'invalid data', said));
  }
  const shown = call.module.fields.filter((field) => type === 'all' || isUsed(field) === (type === 'used'));
  if (shown.length === 0) return inForm(call.zoho, 'no_unused', empty);
  const omits = call.zoho.switches.listOmitsPicklistValues;
  const fields = shown.map((field) => presentField(omits ? { ...field, pick_list_values: [] } : field, call));
  const { listsInfo, hidesLayouts } = call.zoho.imitation;
  const listed = hidesLayouts ? fields.map(({ layout_associations: _, ...rest }) => rest) : fields;
  const info = { per_page: 200, count: listed.length, page: 1, more_records: false };
  return json(200, { fields: listed, ...(listsInfo ? { info } : {}) });
}

/** `GET settings/fields/{id}?module=…`: always with the options. */
export function getField(call: ModuleCall): Reply {
  const field = findField(call);
  return field === undefined
    ? inForm(call.zoho, 'unknown_id', unknownField(call))
    : json(200, { fields: [presentField(field, call)] });
}

/** `GET settings/fields/{id}/pick_list_values?module=…`; 204 for what is no picklist (sheet §10.5). */
export function listOptions(call: ModuleCall): Reply {
  const field = findField(call);
  if (field === undefined) return unknownId(2);
  const options = field['pick_list_values'];
  if (!isList(options) || options.length === 0) return inForm(call.zoho, 'no_options', empty);
  const layouts = field['layout_associations'] ?? [];
  const shown = options.filter(isObject).map((option) => ({ ...option, layout_associations: layouts }));
  return inForm(call.zoho, 'options', json(200, { pick_list_values: shown }));
}

export function findField(call: ModuleCall): Field | undefined {
  return call.module.fields.find((field) => field.id === call.segments[0]);
}

/** 400, or 204, which the specification lists too (sheet §2.5). */
export function unknownField(call: ModuleCall): Reply {
  return call.zoho.switches.unknownFieldId === 204 ? empty : unknownId(2);
}

/** A field of no layout is `unused` but still there (sheet §2.2). */
export function isUsed(field: Field): boolean {
  return field['type'] !== 'unused';
}

/** Keys that only version 8 shows (sheet §2.3). */
const VERSION_8_KEYS = new Set([
  'display_format_properties',
  'history_tracking_enabled',
  'parent_field',
  'child_fields',
  'range',
  'public',
  'address',
  'display_format',
  'additional_column',
  'column_name',
  'private',
  'multiuserlookup',
]);

/** A field as this caller sees it: by version, by permission, and as the switches say. */
function presentField(field: Field, { version, zoho, request }: ModuleCall): JsonObject {
  const changes: Record<string, Json> = {};
  // Without the permission to customise modules Zoho hides who may see the field (sheet §2.2).
  if (zoho.switches.userPermission === 'denied') changes['profiles'] = null;
  const sensitive = dig(field['unique'] ?? {}, 'case_sensitive');
  if (sensitive !== undefined && zoho.switches.uniqueKeyName === 'casesensitive')
    changes['unique'] = { casesensitive: asText(sensitive) };
  if (request.query.get('include') === 'allowed_permissions_to_update') {
    changes['allowed_permissions'] = { read_write: true, read_only: true, hidden: true };
  }
  // Hundreds of objects of seventy keys are only copied where someone sees another one.
  if (version === 8 && Object.keys(changes).length === 0) return fieldInForm(field, zoho);
  const shown = { ...field, ...changes };
  return fieldInForm(version < 8 ? toVersion7(shown) : shown, zoho);
}

function toVersion7(shown: JsonObject): JsonObject {
  const kept = Object.entries(shown).filter(([key]) => !VERSION_8_KEYS.has(key));
  const links = shown['multiselectlookup'] ?? {};
  const isLinked = isObject(dig(links, 'linking_details'));
  return { ...Object.fromEntries(kept), ...(isLinked ? { multiselectlookup: flatLinking(links) } : {}) };
}

/** Up to version 7 the links were one flat object (sheet §2.3). */
function flatLinking(linked: Json): JsonObject {
  return {
    display_label: dig(linked, 'related_list', 'display_label') ?? null,
    linking_module: dig(linked, 'linking_details', 'module', 'api_name') ?? null,
    lookup_apiname: dig(linked, 'linking_details', 'lookup_field', 'api_name') ?? null,
    connected_module: dig(linked, 'connected_details', 'module', 'api_name') ?? null,
    api_name: dig(linked, 'related_list', 'api_name') ?? null,
    connectedfield_apiname: dig(linked, 'connected_details', 'field', 'api_name') ?? null,
    connectedlookup_apiname: dig(linked, 'linking_details', 'connected_lookup_field', 'api_name') ?? null,
    id: dig(linked, 'related_list', 'id') ?? null,
  };
}
