import { dig, textOf, type JsonObject } from '../json.ts';
import { addField, moduleOf, newId, putModule, type Draft } from '../state/draft.ts';
import { shapeOf } from '../state/stock.ts';
import type { Module } from '../state/organisation-state.ts';
import { deriveApiName } from './check-names.ts';
import type { Item } from './problem.ts';

/** Who the field is, for what points back at it. */
export interface Identity {
  readonly id: string;
  readonly api_name: string;
}

/**
 * A multi-select lookup makes two more things: a linking module, which Zoho names itself whatever was asked for,
 * and a field in the other module that looks back (sheet §3.4).
 */
export function buildMultiLookup(item: Item, identity: Identity): JsonObject {
  const { body, draft, module } = item;
  const connected = dig(body, 'multiselectlookup', 'connected_details');
  const target = moduleOf(draft.world, textOf(dig(connected, 'module'), 'api_name') ?? '');
  const label = textOf(dig(connected, 'field'), 'field_label') ?? '';
  const linking = linkingModule(draft, module, target);
  const back = target === undefined ? undefined : reverseField(draft, target, { label, to: module, linking });
  const link = {
    linking_details: {
      module: {
        visibility: 1,
        plural_label: linking.plural_label,
        api_name: linking.api_name,
        id: linking.id,
      },
      lookup_field: { api_name: module.api_name, field_label: module.plural_label, id: newId(draft) },
      connected_lookup_field: named(target, draft),
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
  const label = `${from.plural_label} X ${target?.plural_label ?? ''}`;
  const isTaken = (name: string): boolean => moduleOf(draft.world, name) !== undefined;
  const api_name = deriveApiName(label, isTaken);
  const number = api_name.slice(deriveApiName(label, () => false).length);
  const module: Module = {
    id: newId(draft),
    api_name,
    singular_label: `${label}${number}`,
    plural_label: `${label}${number}`,
    generated_type: 'linking',
    layouts: [{ id: newId(draft), name: 'Standard', api_name: 'Standard__s' }],
    fields: [],
    usedElsewhere: [],
  };
  putModule(draft, module);
  return module;
}

interface Reverse {
  readonly label: string;
  readonly to: Module;
  readonly linking: Module;
}

function reverseField(
  draft: Draft,
  target: Module,
  { label }: Reverse,
): Identity & { readonly field_label: string } {
  const held = target.fields.map((field) => field.api_name.toLowerCase());
  const api_name = deriveApiName(label, (name) => held.includes(name.toLowerCase()));
  return { api_name, field_label: label, id: newId(draft) };
}

function named(target: Module | undefined, draft: Draft): JsonObject {
  return { api_name: target?.api_name ?? '', field_label: target?.plural_label ?? '', id: newId(draft) };
}
