import { buildField } from './fields/build-field.ts';
import { FIELD_KEYS } from './fields/check-shape.ts';
import { dataType } from './fields/data-types.ts';
import { textOf, type JsonObject } from './json.ts';
import {
  addField,
  changeFields,
  removeField,
  moduleOf,
  putModule,
  type Field,
} from './state/organisation-state.ts';
import type { Switches } from './switches.ts';
import type { Zoho } from './zoho.ts';

/** The fields of a module as someone in Zoho's own screens could change them: no rule is asked. */
export interface FieldsHandle {
  all(): readonly Field[];
  find(apiName: string): Field | undefined;
  /** As POST would make it, then with any other key given, such as `type`, `custom_field` or `id`. */
  add(wish: JsonObject): Field;
  /** A complete object, as it is. */
  put(field: Field): Field;
  /** Overwrites keys, `api_name` included. */
  edit(apiName: string, changes: JsonObject): Field;
  /** Takes the field out of all layouts, or puts it back (sheet §2.2). */
  markUnused(apiName: string): Field;
  markUsed(apiName: string): Field;
  /** From now on DELETE is refused (sheet §4.2). */
  markUsedElsewhere(apiName: string): Field;
  remove(apiName: string): Field;
}

/** Throws a RangeError for a module or field that is not there. */
export function fieldsHandle(zoho: Zoho, moduleName: string): FieldsHandle {
  const { store } = zoho;
  const module = () => moduleOf(store.now(), moduleName) ?? missing(`module ${moduleName}`);
  const get = (apiName: string): Field =>
    module().fields.find((field) => field.api_name === apiName) ??
    missing(`field ${apiName} in ${moduleName}`);
  const edit = (apiName: string, changes: JsonObject): Field => {
    const before = get(apiName);
    const after = { ...before, ...changes } as Field;
    store.change((draft) =>
      changeFields(draft, moduleName, (fields) =>
        fields.map((field) => (field.id === before.id ? after : field)),
      ),
    );
    return after;
  };
  const put = (field: Field): Field => {
    module();
    store.change((draft) => addField(draft, moduleName, field));
    return field;
  };
  return {
    all: () => module().fields,
    find: (apiName) => module().fields.find((field) => field.api_name === apiName),
    put,
    edit,
    add: (wish) => put(made(zoho, moduleName, wish)),
    markUnused: (apiName) => edit(apiName, { type: 'unused', layout_associations: [] }),
    markUsed: (apiName) =>
      edit(apiName, { type: 'used', layout_associations: module().layouts.map((layout) => ({ ...layout })) }),
    markUsedElsewhere: (apiName) => {
      const field = get(apiName);
      const usedElsewhere = [...module().usedElsewhere, field.id];
      store.change((draft) => putModule(draft, { ...module(), usedElsewhere }));
      return field;
    },
    remove: (apiName) => {
      const field = get(apiName);
      store.change((draft) => removeField(draft, moduleName, field.id));
      return field;
    },
  };
}

function made(zoho: Zoho, moduleName: string, wish: JsonObject): Field {
  const dataTypeName = textOf(wish, 'data_type') ?? 'text';
  const others = Object.entries(wish).filter(([key]) => !Object.hasOwn(FIELD_KEYS, key));
  // Laid over the switches, not copied from them: copying would ask about every one.
  const switches: Switches = Object.create(zoho.switches, { apiNameInBody: { value: 'honour' } });
  const listening: Zoho = { ...zoho, switches };
  return zoho.store.change((draft) => {
    const module = moduleOf(draft.world, moduleName) ?? missing(`module ${moduleName}`);
    const body = { field_label: textOf(wish, 'api_name') ?? 'Field', ...wish };
    const type = dataType(dataTypeName) ?? { keys: [] };
    const item = { body, path: '$.fields[0]', dataTypeName, dataType: type, module, draft, zoho: listening };
    return { ...buildField(item), ...Object.fromEntries(others) };
  });
}

function missing(what: string): never {
  throw new RangeError(`the emulator has no ${what}`);
}
