import { dig, given, isObject, textOf, type JsonObject } from '../json.ts';
import {
  moduleOf,
  newId,
  addField,
  putModule,
  type Draft,
  type Module,
} from '../state/organisation-state.ts';
import { deriveApiName } from './check-names.ts';
import type { Item } from './problem.ts';
import { relatedListNames } from './check-links.ts';
import { shapeOf } from '../state/new-organisation.ts';

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

/** Who the field is, for what points back at it. */
interface Identity {
  readonly id: string;
  readonly api_name: string;
}

/**
 * A multi-select lookup makes two more things: a linking module, which Zoho names itself whatever was asked for,
 * and a field in the other module that looks back (sheet §3.4).
 */
function buildMultiLookup(item: Item, identity: Identity): JsonObject {
  const { body, draft, module } = item;
  const connected = dig(body, 'multiselectlookup', 'connected_details');
  const target = moduleOf(draft.world, textOf(dig(connected, 'module'), 'api_name') ?? '');
  const label = textOf(dig(connected, 'field'), 'field_label') ?? '';
  const linking = linkingModule(draft, module, target);
  const back = target === undefined ? undefined : reverseField(draft, target, label);
  const link = {
    linking_details: {
      module: {
        visibility: 1,
        plural_label: linking.plural_label,
        api_name: linking.api_name,
        id: linking.id,
      },
      lookup_field: { api_name: module.api_name, field_label: module.plural_label, id: newId(draft) },
      connected_lookup_field: {
        api_name: target?.api_name ?? '',
        field_label: target?.plural_label ?? '',
        id: newId(draft),
      },
    },
    connected_details: {
      module: {
        plural_label: target?.plural_label ?? '',
        api_name: target?.api_name ?? '',
        id: target?.id ?? '',
      },
      field: { api_name: back?.api_name ?? '', field_label: label, id: back?.id ?? '' },
      layouts: [],
    },
    related_list: {
      display_label: label,
      api_name: `${deriveApiName(label, () => false)}1`,
      id: newId(draft),
    },
  };
  // Known only now: the looking-back field tells which field it answers.
  if (target !== undefined && back !== undefined) {
    addField(draft, target.api_name, {
      ...shapeOf('multiselectlookup'),
      ...back,
      display_label: label,
      data_type: 'multiselectlookup',
      custom_field: true,
      multiselectlookup: {
        ...link,
        connected_details: {
          ...link.connected_details,
          field: { ...identity, field_label: textOf(body, 'field_label') ?? '' },
        },
      },
    });
  }
  return link;
}

function linkingModule(draft: Draft, from: Module, target: Module | undefined): Module {
  const wanted = `${from.plural_label} X ${target?.plural_label ?? ''}`;
  const isTaken = (name: string): boolean => moduleOf(draft.world, name) !== undefined;
  const api_name = deriveApiName(wanted, isTaken);
  const label = `${wanted}${api_name.slice(deriveApiName(wanted, () => false).length)}`;
  const module: Module = {
    id: newId(draft),
    api_name,
    singular_label: label,
    plural_label: label,
    generated_type: 'linking',
    layouts: [{ id: newId(draft), name: 'Standard', api_name: 'Standard__s' }],
    fields: [],
    usedElsewhere: [],
  };
  putModule(draft, module);
  return module;
}

function reverseField(draft: Draft, target: Module, label: string) {
  const held = target.fields.map((field) => field.api_name.toLowerCase());
  const api_name = deriveApiName(label, (name) => held.includes(name.toLowerCase()));
  return { api_name, field_label: label, id: newId(draft) };
}
