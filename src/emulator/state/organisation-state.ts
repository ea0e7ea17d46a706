import { type JsonObject, isList, isObject, type Json } from '../json.ts';

/** Changes when an older program could not read the file any more. */
export const STATE_VERSION = 1;

/** A field as GET shows it (sheet §2.3); the keys that the emulator itself reads are named. */
export interface Field extends JsonObject {
  readonly id: string;
  readonly api_name: string;
  readonly field_label: string;
  readonly data_type: string;
}

export interface Layout {
  readonly id: string;
  readonly name: string;
  readonly api_name: string;
}

/** One module: what the modules endpoint shows, and the fields in Zoho's order. */
export interface Module {
  readonly id: string;
  readonly api_name: string;
  readonly singular_label: string;
  readonly plural_label: string;
  readonly generated_type: string;
  readonly layouts: readonly Layout[];
  readonly fields: readonly Field[];
  /** Ids of fields that a workflow, an approval or the like uses, so that DELETE is refused (sheet §4.2). */
  readonly usedElsewhere: readonly string[];
}

export type Edition = 'free' | 'standard' | 'professional' | 'enterprise' | 'ultimate';

export interface Organisation {
  /** The seven digits that begin every id of this organisation (sheet §13.4). */
  readonly idPrefix: string;
  readonly name: string;
  readonly edition: Edition;
  readonly type: 'production' | 'sandbox' | 'developer' | 'bigin';
  readonly userCount: number;
  readonly hipaa: boolean;
  readonly gdpr: boolean;
}

export interface Profile {
  readonly id: string;
  readonly name: string;
  readonly custom: boolean;
}

export interface GlobalPicklist {
  readonly id: string;
  readonly api_name: string;
  readonly display_label: string;
  readonly values: readonly JsonObject[];
}

/** An access token is bound to the refresh token that it came from (sheet §1.4). */
export interface AccessToken {
  readonly token: string;
  readonly refreshToken: string;
  readonly scope: string;
  readonly expiresAt: number;
}

export interface RefreshToken {
  readonly token: string;
  readonly clientId: string;
  readonly scope: string;
}

export interface GrantCode {
  readonly code: string;
  readonly clientId: string;
  readonly scope: string;
  readonly expiresAt: number;
  readonly redirectUri: string | null;
  /** False when the user did not ask for offline access: no refresh token comes back (sheet §11). */
  readonly offline: boolean;
  /** Another data centre's code is answered with `other_dc` (sheet §1.3). */
  readonly elsewhere: boolean;
}

export interface Client {
  readonly id: string;
  readonly secret: string;
  /** `null` for a self client, which needs none (sheet §1.2). */
  readonly redirectUri: string | null;
}

/** Everything that outlives a request. A value: changes make a new one. */
export interface World {
  readonly version: number;
  readonly lastId: number;
  readonly organisation: Organisation;
  readonly modules: Readonly<Record<string, Module>>;
  readonly profiles: readonly Profile[];
  readonly globalPicklists: readonly GlobalPicklist[];
  readonly clients: readonly Client[];
  readonly refreshTokens: readonly RefreshToken[];
  readonly accessTokens: readonly AccessToken[];
  readonly grantCodes: readonly GrantCode[];
}

/** A world under change: the box is mutable, what is in it is not, so that a failed change leaves no trace. */
export interface Draft {
  world: World;
}

/** A fresh id: the organisation's prefix and a counter of twelve digits (sheet §13.4). */
export function newId(draft: Draft): string {
  const lastId = draft.world.lastId + 1;
  draft.world = { ...draft.world, lastId };
  return `${draft.world.organisation.idPrefix}${String(lastId).padStart(12, '0')}`;
}

/** Own module by API name; never something from the prototype. */
export function moduleOf(world: World, apiName: string): Module | undefined {
  return Object.hasOwn(world.modules, apiName) ? world.modules[apiName] : undefined;
}

export function putModule(draft: Draft, module: Module): void {
  draft.world = { ...draft.world, modules: { ...draft.world.modules, [module.api_name]: module } };
}

export function removeModule(draft: Draft, apiName: string): void {
  const { [apiName]: _gone, ...modules } = draft.world.modules;
  draft.world = { ...draft.world, modules };
}

/** Replaces the fields of a module that exists; does nothing for one that does not. */
export function changeFields(
  draft: Draft,
  module: string,
  change: (fields: readonly Field[]) => readonly Field[],
): void {
  const found = moduleOf(draft.world, module);
  if (found !== undefined) putModule(draft, { ...found, fields: change(found.fields) });
}

export function addField(draft: Draft, module: string, field: Field): void {
  changeFields(draft, module, (fields) => [...fields, field]);
}

export function replaceField(draft: Draft, module: string, field: Field): void {
  changeFields(draft, module, (fields) => fields.map((old) => (old.id === field.id ? field : old)));
}

export function removeField(draft: Draft, module: string, id: string): void {
  changeFields(draft, module, (fields) => fields.filter((field) => field.id !== id));
}

/** What a value of the state file has to be: a kind, a list, a record of one shape, or an object with these keys. */
type Shape = 'string' | 'number' | 'boolean' | { readonly list: Shape } | { readonly each: Shape } | Keys;

interface Keys {
  readonly keys: Readonly<Record<string, Shape>>;
}

const TEXT = 'string';
const texts = (...names: readonly string[]): Keys => ({
  keys: Object.fromEntries(names.map((name) => [name, TEXT])),
});

/** As this file declares it; what may be `null` is left out. */
const WORLD: Keys = {
  keys: {
    lastId: 'number',
    organisation: {
      keys: {
        ...texts('idPrefix', 'name', 'edition', 'type').keys,
        userCount: 'number',
        hipaa: 'boolean',
        gdpr: 'boolean',
      },
    },
    modules: {
      each: {
        keys: {
          ...texts('id', 'api_name', 'singular_label', 'plural_label', 'generated_type').keys,
          layouts: { list: texts('id', 'name', 'api_name') },
          fields: { list: texts('id', 'api_name', 'field_label', 'data_type') },
          usedElsewhere: { list: TEXT },
        },
      },
    },
    profiles: { list: { keys: { ...texts('id', 'name').keys, custom: 'boolean' } } },
    globalPicklists: {
      list: { keys: { ...texts('id', 'api_name', 'display_label').keys, values: { list: { keys: {} } } } },
    },
    clients: { list: texts('id', 'secret') },
    refreshTokens: { list: texts('token', 'clientId', 'scope') },
    accessTokens: {
      list: { keys: { ...texts('token', 'refreshToken', 'scope').keys, expiresAt: 'number' } },
    },
    grantCodes: { list: { keys: { ...texts('code', 'clientId', 'scope').keys, expiresAt: 'number' } } },
  },
};

/** What keeps a value from being a world, in words; a world that is not whole would fail at some request, as a bug. */
export function damageOf(value: Json): string | undefined {
  return misfit(value, WORLD, 'it');
}

function misfit(value: Json | undefined, shape: Shape, where: string): string | undefined {
  if (typeof shape === 'string') return typeof value === shape ? undefined : `${where} is no ${shape}`;
  if ('list' in shape) {
    if (!isList(value)) return `${where} is no list`;
    return firstOf(value.map((item, index) => [`${where}[${index}]`, item, shape.list]));
  }
  if (value === undefined || !isObject(value)) return `${where} is no object`;
  if ('each' in shape)
    return firstOf(Object.entries(value).map(([key, item]) => [`${where}.${key}`, item, shape.each]));
  return firstOf(Object.entries(shape.keys).map(([key, one]) => [`${where}.${key}`, value[key], one]));
}

function firstOf(
  parts: readonly (readonly [where: string, value: Json | undefined, shape: Shape])[],
): string | undefined {
  for (const [where, value, shape] of parts) {
    const found = misfit(value, shape, where);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A moment as Zoho writes it: ISO 8601 with the offset of the organisation (sheet §2.3). */
export function zohoTime(milliseconds: number): string {
  return `${new Date(milliseconds - OFFSET_MS).toISOString().slice(0, 19)}-08:00`;
}

/** The organisation's clock stands in Los Angeles, as in Zoho's samples; summer time is left out. */
const OFFSET_MS = 8 * 60 * 60 * 1000;
