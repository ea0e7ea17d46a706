import { isObject, property, textOf, type Json, type JsonObject } from '../model/json.ts';
import type { Room } from '../model/limits.ts';
import type { DesiredField } from '../model/manifest.ts';
import type { Reason } from '../model/plan.ts';
import { instead, moduleReferences, unknownModules, type ModuleNames } from './references.ts';

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
export function neededNames(field: DesiredField): {
  readonly profiles: boolean;
  readonly globalPicklists: boolean;
  readonly modules: boolean;
} {
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
