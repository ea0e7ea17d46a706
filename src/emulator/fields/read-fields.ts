import { empty, json, type Reply } from '../http/exchange.ts';
import { inForm } from '../crm/imitate.ts';
import { refusal, unknownId } from '../crm/refusals.ts';
import type { ModuleCall } from '../crm/resource.ts';
import { isList, isObject } from '../json.ts';
import type { Field } from '../state/organisation-state.ts';
import { presentField } from './present-field.ts';

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
