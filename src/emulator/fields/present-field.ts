import type { ModuleCall } from '../crm/resource.ts';
import { fieldInForm } from '../crm/imitate.ts';
import { asText, dig, isObject, type Json, type JsonObject } from '../json.ts';
import type { Field } from '../state/organisation-state.ts';

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
export function presentField(field: Field, { version, zoho, request }: ModuleCall): JsonObject {
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
