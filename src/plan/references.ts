import { isObject, property, textOf, type Json, type JsonObject, valueAt } from '../model/json.ts';
import type { Room } from '../model/limits.ts';
import type { DesiredField, Manifest } from '../model/manifest.ts';
import type { Reason } from '../model/plan.ts';
import { closest } from '../model/closest.ts';
import { fold } from './creation-label.ts';
import type { LiveField } from '../model/live-field.ts';

/**
 * What the organisation holds besides fields, looked up live where a field to be created needs it; a part that the
 * credentials may not ask for is absent.
 */
export interface Directory {
  /** Profile name → id. */
  readonly profiles?: ReadonlyMap<string, string>;
  /** API name of a global picklist → id. */
  readonly globalPicklists?: ReadonlyMap<string, string>;
  readonly modules?: ModuleNames;
  readonly room?: Room;
  /** True where this user's own probe has shown that `api_name` counts in this organisation. */
  readonly keepsNames?: boolean;
}

/** Which parts of the directory a field needs before it can be created. */
export function neededNames(
  field: DesiredField,
): Readonly<Record<'profiles' | 'globalPicklists' | 'modules', boolean>> {
  return {
    profiles: profileList(field).some((profile) => needsId(profile)),
    globalPicklists: needsId(globalPicklist(field)),
    modules: moduleReferences(field).length > 0,
  };
}

/**
 * The field with every name replaced by this organisation's id, or the reasons why that cannot be. A name that nobody
 * could look up stays, and {@link neededNames} goes on telling so.
 */
export function resolveNames(
  field: DesiredField,
  directory: Directory,
): { readonly field: DesiredField; readonly reasons: readonly Reason[] } {
  const reasons: Reason[] = [...unknownModules(field, directory.modules)];
  const declared: Record<string, Json> = { ...field.declared };
  if (neededNames(field).profiles) {
    declared['profiles'] = profileList(field).map((profile) =>
      needsId(profile) ? withId(profile, 'name', directory.profiles, 'profile', reasons) : profile,
    );
  }
  const picklist = globalPicklist(field);
  if (needsId(picklist)) {
    declared['global_picklist'] = withId(
      picklist,
      'api_name',
      directory.globalPicklists,
      'global picklist',
      reasons,
    );
  }
  return { field: { ...field, declared }, reasons };
}

function withId(
  object: JsonObject,
  nameKey: string,
  ids: ReadonlyMap<string, string> | undefined,
  what: string,
  reasons: Reason[],
): JsonObject {
  if (ids === undefined) return object;
  const name = property(object, nameKey);
  const id = typeof name === 'string' ? ids.get(name) : undefined;
  if (id !== undefined) return { ...object, id };
  const known = [...ids.keys()];
  reasons.push({
    code: what === 'profile' ? 'unknown-profile' : 'unknown-global-picklist',
    message: `This organisation has no ${what} named "${textOf(name)}".`,
    remedy:
      known.length === 0
        ? `Create the ${what} in Zoho first, or take it out of the manifest.`
        : instead(textOf(name), known),
  });
  return object;
}

function profileList(field: DesiredField): readonly JsonObject[] {
  const profiles = property(field.declared, 'profiles');
  return Array.isArray(profiles) ? profiles.filter((profile: Json) => isObject(profile)) : [];
}

function globalPicklist(field: DesiredField): JsonObject | undefined {
  const picklist = property(field.declared, 'global_picklist');
  return isObject(picklist) ? picklist : undefined;
}

function needsId(object: JsonObject | undefined): object is JsonObject {
  return object !== undefined && property(object, 'id') === undefined;
}

/**
 * The modules and fields that a declared field names (sheet §3.3, §3.4). A name that is not there is a refusal of Zoho's
 * that can be told before anything is sent; one that cannot be looked up is left to Zoho.
 */

/** A name in a field's declaration, and the key that holds it. */
interface Reference {
  readonly key: string;
  readonly name: string;
}

/** Field names by module, of every module that was read. */
export type FieldNames = (module: string) => ReadonlySet<string> | undefined;

/** API name of a module → its other names, as Zoho's screens show them. */
type ModuleNames = ReadonlyMap<string, readonly string[]>;

/** The names of live fields, and of those that the manifest is about to create. */
export function fieldNames(
  manifest: Manifest,
  live: readonly { readonly module: string; readonly fields: readonly LiveField[] }[],
): FieldNames {
  const known = new Map<string, ReadonlySet<string>>();
  return (module) => {
    const fields = live.find((one) => one.module === module)?.fields;
    if (fields === undefined || known.has(module)) return known.get(module);
    const wishes = manifest.modules.find((one) => one.module === module)?.fields ?? [];
    const names = new Set([...fields, ...wishes].map((field) => field.api_name));
    known.set(module, names);
    return names;
  };
}

/** API names of a module's lookups → the module that each points to. */
export function lookupTargets(
  wishes: readonly DesiredField[],
  live: readonly LiveField[],
): ReadonlyMap<string, string> {
  const path = ['lookup', 'module', 'api_name'];
  return new Map(
    [
      ...wishes.map((one) => [one.api_name, one.declared] as const),
      ...live.map((one) => [one.api_name, one.wire] as const),
    ].flatMap(([name, keys]) => {
      const target = valueAt(keys, path);
      return typeof target === 'string' ? [[name, target] as const] : [];
    }),
  );
}

/** The modules that a field needs in order to be created. */
function moduleReferences({ data_type, declared }: DesiredField): readonly Reference[] {
  const path = property(TARGETS, data_type);
  const name = path === undefined ? undefined : valueAt(declared, [...path, 'api_name']);
  return path === undefined || typeof name !== 'string' ? [] : [{ key: path.join('.'), name }];
}

/** Where each type names the module on its other side. */
const TARGETS: Readonly<Record<string, readonly string[]>> = {
  lookup: ['lookup', 'module'],
  multiselectlookup: ['multiselectlookup', 'connected_details', 'module'],
  rollup_summary: ['rollup_summary', 'based_on_module'],
};

/** Why the modules that a field names keep it from being created. */
function unknownModules(desired: DesiredField, known: ModuleNames | undefined): readonly Reason[] {
  if (known === undefined || known.size === 0) return [];
  return moduleReferences(desired)
    .filter(({ name }) => !known.has(name))
    .map(({ key, name }) => ({
      code: 'unknown-module',
      message: `"${key}" names the module "${name}", and this organisation has none of that API name.`,
      remedy: instead(name, [...known.keys()], known),
    }));
}

/**
 * Why the fields that a field names keep it from being created.
 * @param targets module of each lookup of the module, by API name.
 */
export function unknownFields(
  module: string,
  desired: DesiredField,
  fields: FieldNames,
  targets: ReadonlyMap<string, string>,
): readonly Reason[] {
  return fieldReferences(module, desired, targets).flatMap(({ key, name, of }) => {
    const lists = of.map((one) => fields(one));
    // Every record has an id, and no list of fields shows it.
    if (name === 'id' || lists.some((list) => list === undefined || list.has(name))) return [];
    return [
      {
        code: 'unknown-field',
        message: `"${key}" names the field "${name}", and neither ${of.join(' nor ')} nor this manifest has one of that API name.`,
        remedy: instead(name, [...(lists[0] ?? [])]),
      },
    ];
  });
}

interface FieldReference extends Reference {
  /** The module whose field it is; of a condition it is not told whose, so it may be either's. */
  readonly of: readonly string[];
}

function fieldReferences(
  module: string,
  desired: DesiredField,
  targets: ReadonlyMap<string, string>,
): readonly FieldReference[] {
  const { declared } = desired;
  const [target] = moduleReferences(desired).map(({ name }) => name);
  const [lookup = ''] = nameIn(valueAt(declared, ['association_details', 'lookup_field']));
  const linked = targets.get(lookup);
  const places: readonly (readonly [path: string, of: readonly (string | undefined)[], names: Names])[] = [
    ['association_details.lookup_field', [module], nameIn],
    ['association_details.related_field', [linked], nameIn],
    ['history_tracking.followed_fields', [module], namesIn],
    ['formula.expression', [module], merged],
    ['rollup_summary.expression.function_parameters', [target], namesIn],
    ['rollup_summary.expression.criteria', [target, module], compared],
    ['lookup.query_details.criteria', [target, module], compared],
  ];
  return places.flatMap(([key, modules, names]) => {
    const of = modules.filter((one) => one !== undefined);
    // Whose field it is, nobody knows.
    if (of.length < modules.length) return [];
    return names(valueAt(declared, key.split('.'))).map((name) => ({ key, name, of }));
  });
}

/** The names of fields in a value of a declaration. */
type Names = (value: Json | undefined) => readonly string[];

const nameIn: Names = (value) => {
  const name = valueAt(value, ['api_name']);
  return typeof name === 'string' ? [name] : [];
};

const namesIn: Names = (value) => (Array.isArray(value) ? value.flatMap((item: Json) => nameIn(item)) : []);

/** Zoho's conditions nest: a group holds groups, and what is compared holds a field. */
const compared: Names = (value) => {
  const group = valueAt(value, ['group']);
  const inner = Array.isArray(group) ? group.flatMap((part: Json) => compared(part)) : [];
  // A dot leads on to the field of another record, which was not read.
  return [...inner, ...nameIn(valueAt(value, ['field'])).filter((name) => !name.includes('.'))];
};

/** `Sqrt(Len(${Email}))` takes part of its own record; what has a dot or a blank in it may be something else. */
const merged: Names = (expression) => {
  if (typeof expression !== 'string') return [];
  return [...new Set(Array.from(expression.matchAll(/\$\{([A-Za-z]\w*)\}/gu), ([, name = '']) => name))];
};

/** What to write in the place of a name that is not there. */
function instead(name: string, known: readonly string[], otherNames: ModuleNames = new Map()): string {
  const byLabel = [...otherNames.keys()]
    .toSorted()
    .find((key) => otherNames.get(key)?.some((one) => fold(one) === fold(name)));
  const meant = byLabel ?? closest(name, known.toSorted());
  if (meant !== undefined) return `Did you mean ${meant}? Write "${meant}" instead of "${name}".`;
  const some = known.toSorted().slice(0, 10);
  return `Use one of: ${some.join(', ')}${known.length > some.length ? ', …' : ''}.`;
}
