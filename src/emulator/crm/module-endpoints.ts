import { json, type Reply, unknownId, refuse } from '../http/reply.ts';
import { isUsed } from '../fields/read-fields.ts';
import type { JsonObject } from '../json.ts';
import { moduleOf, type Field, type Module, type World } from '../state/organisation-state.ts';
import type { Call, ModuleCall } from '../zoho.ts';

/** `GET settings/modules` (sheet §10.1). */
export function listModules({ zoho }: Call): Reply {
  const world = zoho.store.now();
  return json(200, {
    modules: Object.values(world.modules).map((module, index) => moduleObject(world, module, index)),
  });
}

/** `GET settings/modules/{api_name}`. */
export function getModule({ zoho, segments }: Call): Reply {
  const world = zoho.store.now();
  const module = moduleOf(world, segments[0] ?? '');
  if (module === undefined) return refuse('INVALID_MODULE');
  const index = Object.keys(world.modules).indexOf(module.api_name);
  return json(200, { modules: [moduleObject(world, module, index)] });
}

function moduleObject(world: World, module: Module, index: number): JsonObject {
  return {
    has_more_profiles: false,
    access_type: 'org_based',
    private_profile: null,
    deletable: module.generated_type !== 'default',
    description: null,
    creatable: true,
    recycle_bin_on_delete: true,
    modified_time: null,
    plural_label: module.plural_label,
    presence_sub_menu: true,
    actual_plural_label: module.plural_label,
    id: module.id,
    visibility: 1,
    convertable: module.api_name === 'Leads',
    sub_menu_available: true,
    editable: true,
    actual_singular_label: module.singular_label,
    profiles: world.profiles.map(({ name, id }) => ({ name, id })),
    show_as_tab: module.generated_type !== 'linking',
    web_link: null,
    sequence_number: index + 1,
    singular_label: module.singular_label,
    viewable: true,
    api_supported: true,
    api_name: module.api_name,
    quick_create: true,
    modified_by: null,
    generated_type: module.generated_type,
    feeds_required: true,
    arguments: [],
    module_name: module.plural_label,
    profile_count: world.profiles.length,
    business_card_field_limit: 5,
    parent_module: {},
    status: 'visible',
  };
}

/** `GET settings/layouts?module=…`: the standard layout with one section of all used fields (sheet §10.6). */
export function listLayouts({ module }: ModuleCall): Reply {
  return json(200, { layouts: module.layouts.map((layout) => layoutObject(module, layout)) });
}

/** `GET settings/layouts/{id}?module=…`. */
export function getLayout({ module, segments }: ModuleCall): Reply {
  const layout = module.layouts.find((known) => known.id === segments[0]);
  return layout === undefined ? unknownId(2) : json(200, { layouts: [layoutObject(module, layout)] });
}

function layoutObject(module: Module, layout: Module['layouts'][number]): JsonObject {
  const fields = module.fields.filter(isUsed).map(inLayout);
  return {
    id: layout.id,
    name: layout.name,
    api_name: layout.api_name,
    display_label: layout.name,
    status: 'active',
    visible: true,
    sections: [
      {
        api_name: `${module.singular_label.replaceAll(' ', '_')}_Information`,
        display_label: `${module.singular_label} Information`,
        name: `${module.singular_label} Information`,
        sequence_number: 1,
        column_count: 2,
        type: 'used',
        fields,
      },
    ],
  };
}

/** `required` is a fact of the layout, not of the field (sheet §2.2). */
function inLayout(field: Field, index: number): JsonObject {
  return {
    id: field.id,
    api_name: field.api_name,
    field_label: field.field_label,
    data_type: field.data_type,
    required: field['system_mandatory'] === true || REQUIRED_IN_LAYOUT.includes(field.api_name),
    sequence_number: index + 1,
    pick_list_values: field['pick_list_values'] ?? [],
  };
}

/** Deals' own standard layout asks for these though the system does not (sheet §8). */
const REQUIRED_IN_LAYOUT = ['Closing_Date', 'Account_Name'];
