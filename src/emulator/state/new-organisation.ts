import deals from '../seeds/deals.json' with { type: 'json' };
import everyModule from '../seeds/every-module.json' with { type: 'json' };
import leads from '../seeds/leads.json' with { type: 'json' };
import partner from '../seeds/partner.json' with { type: 'json' };
import file from '../seeds/field-shapes.json' with { type: 'json' };
import globalPicklists from '../seeds/global-picklists.json' with { type: 'json' };
import standardModules from '../seeds/modules.json' with { type: 'json' };
import { asText, isObject, parseJson, type Json, type JsonObject, isList, textOf } from '../json.ts';
import {
  newId,
  putModule,
  type Draft,
  STATE_VERSION,
  type Field,
  type Layout,
  type Module,
  type Organisation,
  type Profile,
  type World,
  type Client,
  type RefreshToken,
  type GlobalPicklist,
} from './organisation-state.ts';

/** What a new world is made of. */
interface Planting extends Access {
  readonly seed: Seed;
  readonly organisation: Organisation;
}

/** The prefix of all ids in the seed files. */
export const SEED_PREFIX = '6084217';

/** Where counting starts, unless a seed reaches higher; stock ids lie below. */
const FIRST_ID = 2_500_000;

const STOCK_PROFILES: readonly Profile[] = [
  { id: `${SEED_PREFIX}000000026011`, name: 'Administrator', custom: false },
  { id: `${SEED_PREFIX}000000026014`, name: 'Standard', custom: false },
];

/** The world on its first day. */
export function plant(planting: Planting): World {
  const { seed, organisation, client, refreshToken } = planting;
  // Tests start emulators by the hundred; a world is a value, so its ground can be shared.
  const ground = seed === DEFAULT_SEED ? stockGround(organisation) : layGround(seed, organisation);
  return { ...ground, organisation, clients: [client], refreshTokens: [refreshToken] };
}

const stockGrounds = new Map<string, World>();

function stockGround(organisation: Organisation): World {
  const ground = stockGrounds.get(organisation.idPrefix) ?? layGround(DEFAULT_SEED, organisation);
  stockGrounds.set(organisation.idPrefix, ground);
  return ground;
}

/** Everything that depends on nothing but the seed and the prefix of ids. */
function layGround(seed: Seed, organisation: Organisation): World {
  const draft: Draft = {
    world: {
      version: STATE_VERSION,
      lastId: Math.max(FIRST_ID, highestId(seed, organisation.idPrefix)),
      organisation,
      modules: {},
      profiles: seed.profiles ?? profilesOf(seed) ?? STOCK_PROFILES,
      globalPicklists: seed.globalPicklists ?? globalPicklists,
      clients: [],
      refreshTokens: [],
      accessTokens: [],
      grantCodes: [],
    },
  };
  for (const name of namesOf(seed)) putModule(draft, plantModule(draft, name, seed));
  return withPrefix(draft.world, organisation.idPrefix);
}

function plantModule(draft: Draft, name: string, seed: Seed): Module {
  const standard = standardModules.find((module) => module.api_name === name);
  const given = Object.hasOwn(seed.modules, name) ? seed.modules[name] : undefined;
  const layouts = typeof given === 'object' ? layoutsOf(given) : [];
  const layout = layouts[0] ?? { id: layoutId(draft, name), name: 'Standard', api_name: 'Standard__s' };
  const module = {
    id: standard?.id ?? newId(draft),
    api_name: name,
    singular_label: standard?.singular_label ?? name.replaceAll('_', ' '),
    plural_label: standard?.plural_label ?? name.replaceAll('_', ' '),
    generated_type: standard === undefined ? 'custom' : 'default',
    layouts: layouts.length > 0 ? layouts : [layout],
    usedElsewhere: [],
  };
  if (typeof given === 'object') return { ...module, fields: given };
  return { ...module, fields: stockFields(draft, module, { seed, layout, stock: given === 'stock' }) };
}

/** A fresh organisation's Deals (sheet §8), or its Leads, whose names and kinds are public knowledge and details follow Deals. */
function stockFields(
  draft: Draft,
  module: { readonly api_name: string; readonly singular_label: string },
  { seed, layout, stock }: { readonly seed: Seed; readonly layout: Layout; readonly stock: boolean },
): readonly Field[] {
  const around = { profiles: draft.world.profiles, layout };
  if (stock && module.api_name === 'Deals')
    return expand([...deals.fields, ...(seed.partner === true ? partner.fields : [])], around);
  if (stock && module.api_name === 'Leads') return expand(leads.fields, around);
  return systemFields(around, module.singular_label, () => newId(draft));
}

/** The sample's id for the standard layout of Deals, fresh ones elsewhere. */
const layoutId = (draft: Draft, module: string): string =>
  module === 'Deals' ? `${SEED_PREFIX}000000091023` : newId(draft);

const namesOf = (seed: Seed): readonly string[] => [
  ...new Set([...standardModules.map((module) => module.api_name), ...Object.keys(seed.modules)]),
];

/** A real organisation's profiles, read off its fields, so that names and ids agree. */
function profilesOf(seed: Seed): readonly Profile[] | undefined {
  const found = entriesOf(seed, 'profiles').map(({ id, name }) => ({ id, name, custom: false }));
  return found.length > 0 ? found : undefined;
}

const layoutsOf = (fields: readonly Field[]): readonly Layout[] =>
  entriesOf({ modules: { any: fields } }, 'layout_associations');

function entriesOf(seed: Seed, key: string): readonly Layout[] {
  const found = new Map<string, Layout>();
  for (const fields of Object.values(seed.modules)) {
    for (const field of typeof fields === 'object' ? fields : []) {
      const list: Json | undefined = field[key];
      for (const entry of Array.isArray(list) ? list : []) {
        if (isObject(entry)) found.set(asText(entry['id']), named(entry));
      }
    }
  }
  return [...found.values()];
}

const named = (entry: { readonly [key: string]: Json }): Layout => ({
  id: asText(entry['id']),
  name: asText(entry['name']),
  api_name: asText(entry['api_name'] ?? entry['name']),
});

/** New ids must not meet those of a seed. */
function highestId(seed: Seed, prefix: string): number {
  const ids = JSON.stringify(seed).matchAll(new RegExp(`"${prefix}(\\d{12})"`, 'g'));
  return Math.max(0, ...Array.from(ids, (match) => Number(match[1])));
}

function withPrefix(world: World, prefix: string): World {
  if (prefix === SEED_PREFIX) return world;
  return JSON.parse(
    JSON.stringify(world).replaceAll(new RegExp(`"${SEED_PREFIX}(\\d{12})"`, 'g'), `"${prefix}$1"`),
  );
}

/** Who may come in: a client and the refresh token that it holds. */
export interface Access {
  readonly client: Client;
  readonly refreshToken: RefreshToken;
}

/**
 * Lets the credentials of this start into a world that may come from a file: what the caller is told to use must
 * work, whatever an earlier start was told, and with the scopes of this one.
 */
export function admit(draft: Draft, { client, refreshToken }: Access): void {
  const { clients, refreshTokens } = draft.world;
  const known = refreshTokens.find((token) => token.token === refreshToken.token);
  const hasClient = clients.some((other) => other.id === client.id && other.secret === client.secret);
  if (hasClient && known?.scope === refreshToken.scope) return;
  draft.world = {
    ...draft.world,
    clients: [...clients.filter((other) => other.id !== client.id), client],
    refreshTokens: [...refreshTokens.filter((token) => token !== known), refreshToken],
  };
}

/** What the organisation holds at the start. */
export interface Seed {
  /** Per module the fields as GET answered them, or `stock` for a fresh organisation's (Deals, Leads). */
  readonly modules: Readonly<Record<string, 'stock' | readonly Field[]>>;
  /** The custom lookup `Partner` on Deals; default false. */
  readonly partner?: boolean;
  /** Default: the two sets `Source` and `Regions`. */
  readonly globalPicklists?: readonly GlobalPicklist[];
  /** Default: those that the given fields name, or `Administrator` and `Standard`. */
  readonly profiles?: readonly Profile[];
}

/** Fresh Deals with a custom lookup `Partner`, and fresh Leads. */
export const DEFAULT_SEED: Seed = { modules: { Deals: 'stock', Leads: 'stock' }, partner: true };

/** A seed file cannot be used; the message says why. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
}

/**
 * Reads what `GET /crm/v8/settings/fields?module=…&type=all` answered for a real organisation. Such a file does not
 * say which module it is, so the caller does; a file `{"modules":{"Deals":{"fields":[…]},…}}` names them itself.
 */
export function parseSeedFile(text: string, module = 'Deals'): Seed {
  const value = parseJson(text.replace(/^\uFEFF/, ''));
  if (value === undefined) throw new SeedError('The seed is not JSON.');
  const named = isObject(value) ? value['modules'] : undefined;
  if (!isObject(named)) return { modules: { [module]: fieldsOf(value, module) } };
  const modules = Object.entries(named).map(([name, content]) => [name, fieldsOf(content, name)]);
  if (modules.length === 0) throw new SeedError('The seed has no module.');
  return { modules: Object.fromEntries(modules) };
}

function fieldsOf(value: Json, module: string): readonly Field[] {
  const list = isObject(value) ? value['fields'] : value;
  if (!isList(list))
    throw new SeedError(`The seed of ${module} has no list "fields", as GET of fields answers it.`);
  // Every module has fields of Zoho's own: an empty list is an answer that went wrong.
  if (list.length === 0) throw new SeedError(`The seed of ${module} has no field.`);
  return list.map((field, index) => {
    const missing = REQUIRED.find((key) => textOf(field, key) === undefined);
    if (missing !== undefined)
      throw new SeedError(`The seed of ${module}: fields[${index}] has no "${missing}".`);
    return field as Field;
  });
}

const REQUIRED = ['id', 'api_name', 'field_label', 'data_type'] as const;

/**
 * The stock fields. A row of a seed file holds only what differs from the complete object of its type (`like`),
 * because that is how the sheet describes them (§2.4), and because the whole objects would be ten times the size.
 */
interface Surroundings {
  readonly profiles: readonly Profile[];
  readonly layout: Layout;
}

/** The few system fields that every module has; ids are the caller's. */
function systemFields(around: Surroundings, owner: string, id: () => string): readonly Field[] {
  return expand(
    everyModule.fields.map((row) => ({ ...row, id: id() })),
    around,
  ).map((field) => {
    const label = field.api_name === 'Owner' ? `${owner} Owner` : field.field_label;
    return { ...field, field_label: label, display_label: label };
  });
}

function expand(rows: readonly unknown[], around: Surroundings): readonly Field[] {
  return rows.filter(isObject).map((row) => expandRow(row, around));
}

function expandRow(row: JsonObject, { profiles, layout }: Surroundings): Field {
  const { like, permission, without, ...differences } = row;
  const whole: Record<string, Json> = {
    ...shapeOf(typeof like === 'string' ? like : 'text'),
    custom_field: false,
    display_label: textOf(row, 'field_label') ?? '',
    profiles: profiles.map(({ name, id }) => ({ permission_type: permission ?? 'read_write', name, id })),
    layout_associations: [{ api_name: layout.api_name, name: layout.name, id: layout.id }],
    ...differences,
  };
  for (const key of Array.isArray(without) ? without : []) delete whole[String(key)];
  return whole as unknown as Field;
}

/**
 * The complete object of a data type without its identity, every key with its empty value (sheet §2.3, §2.4).
 * `kind` is the data type, for text areas `textarea_small`, `textarea_large`, `textarea_rich_text`.
 */
export function shapeOf(kind: string): JsonObject {
  const types: Readonly<Record<string, object>> = file.types;
  const differences = Object.hasOwn(types, kind) ? types[kind] : {};
  return { ...file.base, ...differences };
}
