import { isList, isObject, textOf, type Json } from './json.ts';
import type { Field, GlobalPicklist, Profile } from './state/organisation-state.ts';

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
  let value: Json;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new SeedError('The seed is not JSON.', { cause });
  }
  const named = isObject(value) ? value['modules'] : undefined;
  if (!isObject(named)) return { modules: { [module]: fieldsOf(value, module) } };
  const modules = Object.entries(named).map(([name, content]) => [name, fieldsOf(content, name)]);
  return { modules: Object.fromEntries(modules) };
}

function fieldsOf(value: Json, module: string): readonly Field[] {
  const list = isObject(value) ? value['fields'] : value;
  if (!isList(list))
    throw new SeedError(`The seed of ${module} has no list "fields", as GET of fields answers it.`);
  return list.map((field, index) => {
    const missing = REQUIRED.find((key) => textOf(field, key) === undefined);
    if (missing !== undefined)
      throw new SeedError(`The seed of ${module}: fields[${index}] has no "${missing}".`);
    return field as Field;
  });
}

const REQUIRED = ['id', 'api_name', 'field_label', 'data_type'] as const;
