import { isList, isObject, type Json } from '../json.ts';

/** What a value of the state file has to be: a kind, a list, a record of one shape, or an object with these keys. */
type Shape = 'string' | 'number' | 'boolean' | { readonly list: Shape } | { readonly each: Shape } | Keys;

interface Keys {
  readonly keys: Readonly<Record<string, Shape>>;
}

const TEXT = 'string';
const texts = (...names: readonly string[]): Keys => ({
  keys: Object.fromEntries(names.map((name) => [name, TEXT])),
});

/** As `world.ts` declares it; what may be `null` is left out. */
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
