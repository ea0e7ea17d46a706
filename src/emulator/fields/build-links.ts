import { dig, given, isObject, textOf, type JsonObject } from '../json.ts';
import { moduleOf, newId } from '../state/draft.ts';
import { deriveApiName } from './check-names.ts';
import type { Item } from './problem.ts';
import { buildMultiLookup, type Identity } from './build-multi-lookup.ts';
import { relatedListNames } from './check-links.ts';

/** What a field that points somewhere carries besides the shape of its type (sheet §2.4). */
export function linkParts(item: Item, identity: Identity): JsonObject {
  switch (item.dataTypeName) {
    case 'lookup':
      return { lookup: lookup(item) };
    case 'userlookup':
      return userLookup(item);
    case 'multiuserlookup':
      return { multiuserlookup: multiUserLookup(item, identity) };
    case 'multiselectlookup':
      return { multiselectlookup: buildMultiLookup(item, identity) };
    case 'rollup_summary':
      return { rollup_summary: rollup(item) };
    case 'fileupload':
      return { associated_module: hiddenModule(item, 'File_Upload') };
    case 'imageupload':
      return { associated_module: hiddenModule(item, 'Image_Upload') };
    default:
      return {};
  }
}

function lookup({ body, draft }: Item): JsonObject {
  const sent = dig(body, 'lookup');
  const module = moduleOf(draft.world, textOf(dig(sent, 'module'), 'api_name') ?? '');
  const label = textOf(sent, 'display_label') ?? '';
  const names = relatedListNames(draft.world, module?.api_name ?? '').map((name) => name.toLowerCase());
  return {
    display_label: label,
    revalidate_filter_during_edit: given(sent, 'revalidate_filter_during_edit') === true,
    api_name: deriveApiName(label, (name) => names.includes(name.toLowerCase())),
    module: { api_name: module?.api_name ?? '', crypt: false, id: module?.id ?? '' },
    id: newId(draft),
    query_details: given(sent, 'query_details') ?? {},
  };
}

function userLookup({ body }: Item): JsonObject {
  const sent = given(body, 'sharing_properties');
  return {
    sharing_properties: {
      scheduler_status: 'NOT_STARTED',
      share_permission: textOf(sent, 'share_permission') ?? 'read-only',
      share_preference_enabled: given(sent, 'share_preference_enabled') === true,
    },
  };
}

function multiUserLookup({ module, draft, body }: Item, { api_name, id }: Identity): JsonObject {
  const label = textOf(body, 'field_label') ?? '';
  return {
    linking_details: {
      module: {
        plural_label: `${module.plural_label} X Users`,
        api_name: `${module.api_name}_X_Users`,
        id: newId(draft),
      },
      lookup_field: { api_name, field_label: label, id },
      connected_lookup_field: { api_name: 'Users', field_label: 'Users', id: newId(draft) },
    },
    record_access: false,
  };
}

function rollup({ body, draft }: Item): JsonObject {
  const sent = dig(body, 'rollup_summary');
  const based = textOf(dig(sent, 'based_on_module'), 'api_name') ?? '';
  const list = textOf(dig(sent, 'related_list'), 'api_name') ?? '';
  const expression = given(sent, 'expression');
  return {
    return_type: textOf(sent, 'return_type') ?? 'integer',
    expression: { function_parameters: [], criteria: null, ...(isObject(expression) ? expression : {}) },
    based_on_module: { api_name: based, id: moduleOf(draft.world, based)?.id ?? newId(draft) },
    related_list: { api_name: list, id: newId(draft) },
    rollup_based_on: 'related_list',
  };
}

/** Files and images live in a module of their own that nobody lists. */
function hiddenModule({ module, draft, dataTypeName }: Item, stem: string): JsonObject {
  const number = module.fields.filter((field) => field.data_type === dataTypeName).length + 1;
  return { module: `${stem}_${number}__s`, id: newId(draft) };
}
