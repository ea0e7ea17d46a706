import type { JsonObject } from '../json.ts';
import type { Draft } from '../state/draft.ts';
import type { Field, Module } from '../state/world.ts';
import type { Zoho } from '../zoho.ts';
import type { DataType } from './data-types.ts';
import type { Place, Problem } from './problem.ts';

/** One entry of `fields` in a create or update body, with all that judging it needs. */
export interface Item {
  readonly body: JsonObject;
  /** `$.fields[0]`. */
  readonly path: string;
  readonly dataTypeName: string;
  readonly dataType: DataType;
  /** The module as it is at this moment, with what earlier items of the request created. */
  readonly module: Module;
  readonly draft: Draft;
  readonly zoho: Zoho;
  /** The field under update; absent on creation. */
  readonly existing?: Field;
}

/** One rule about one item. Rules are lists, so that their order is visible. */
export type Rule = (item: Item) => Problem | undefined;

/** The first problem that a list of rules finds. */
export function firstProblem(rules: readonly Rule[], item: Item): Problem | undefined {
  for (const rule of rules) {
    const found = rule(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The place of a key of the item. */
export function placeOf(item: Item, key: string): Place {
  return { api_name: key, json_path: `${item.path}.${key}` };
}
