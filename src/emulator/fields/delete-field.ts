import type { ModuleCall } from '../crm/resource.ts';
import { refusal } from '../crm/refusals.ts';
import { json, type Reply } from '../http/exchange.ts';
import { dig, textOf } from '../json.ts';
import { removeField, removeModule } from '../state/draft.ts';
import type { Field } from '../state/organisation-state.ts';
import { oldVersion } from './create-fields.ts';
import { findField, unknownField } from './read-fields.ts';
import { success } from './results.ts';

/** `DELETE settings/fields/{id}?module=…`: custom fields that nothing uses (sheet §4.2). */
export function deleteField(call: ModuleCall): Reply {
  const refused = oldVersion(call);
  if (refused !== undefined) return refused;
  const field = findField(call);
  if (field === undefined) return unknownField(call);
  if (field['custom_field'] !== true) return notAllowed('System field cannot be deleted');
  if (call.module.usedElsewhere.includes(field.id))
    return notAllowed('The custom field has already used in other places');
  call.zoho.store.change((draft) => {
    removeField(draft, call.module.api_name, field.id);
    for (const { module, id } of companions(field)) removeField(draft, module, id);
    const linking = textOf(dig(field, 'multiselectlookup', 'linking_details', 'module'), 'api_name');
    if (linking !== undefined) removeModule(draft, linking);
  });
  return json(200, { fields: [success(field.id, 'field deleted')] });
}

/** What a multi-select lookup had made in the other module goes with it. */
function companions(field: Field): readonly { readonly module: string; readonly id: string }[] {
  const connected = dig(field, 'multiselectlookup', 'connected_details');
  const module = textOf(dig(connected, 'module'), 'api_name');
  const id = textOf(dig(connected, 'field'), 'id');
  return module === undefined || id === undefined ? [] : [{ module, id }];
}

const notAllowed = (message: string): Reply =>
  refusal(400, 'NOT_ALLOWED', message, { resource_path_index: 2 });
