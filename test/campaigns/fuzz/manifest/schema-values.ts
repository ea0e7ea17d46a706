import type { Json } from '../../../../src/model/json.ts';
import type { Random } from '../random.ts';

/** A piece of JSON Schema, as far as the manifest's schema uses the language. */
export interface Shape {
  readonly type?: string | readonly string[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly minProperties?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape | true>>;
  readonly additionalProperties?: boolean | Shape;
  readonly items?: Shape;
}

/** Texts that have to follow a pattern, by the pattern's own text. */
export type Writer = (random: Random, most: number) => string;

/**
 * A value that fits all of several shapes at once: what a key may hold, what creation asks of it, and what its type
 * does. So a key that is added to the schema is tried without a word here.
 */
export function valueOf(
  shapes: readonly Shape[],
  writers: ReadonlyMap<string, Writer>,
  random: Random,
): Json {
  const fixed = shapes.find((shape) => shape.const !== undefined)?.const;
  if (fixed !== undefined) return fixed;
  const lists = shapes.flatMap((shape) => (shape.enum === undefined ? [] : [shape.enum]));
  const type = random.pick(typesOf(shapes));
  const allowed = lists.reduce<readonly Json[] | undefined>(
    (all, list) => (all === undefined ? list : all.filter((one) => list.includes(one))),
    undefined,
  );
  if (allowed !== undefined && type !== 'object') return random.pick(allowed);
  if (type === 'boolean') return random.chance(0.5);
  if (type === 'integer') return wholeNumber(shapes, random);
  if (type === 'array') return listOf(shapes, writers, random);
  if (type === 'object') return objectOf(shapes, writers, random);
  const most = Math.min(...shapes.map((shape) => shape.maxLength ?? 60));
  const pattern = shapes.findLast((shape) => shape.pattern !== undefined)?.pattern ?? '';
  const words = /^\^\(([\w|]+)\)\$$/u.exec(pattern)?.[1];
  if (words !== undefined) return random.pick(words.split('|'));
  const write = writers.get(pattern);
  if (write === undefined) throw new Error(`nobody writes texts of the form ${pattern}`);
  return write(random, most);
}

function typesOf(shapes: readonly Shape[]): readonly string[] {
  const sets = shapes.flatMap((shape) => (shape.type === undefined ? [] : [[shape.type].flat()]));
  const [first = ['string'], ...others] = sets;
  return first.filter((type) => others.every((set) => set.includes(type)));
}

function wholeNumber(shapes: readonly Shape[], random: Random): number {
  const least = Math.max(...shapes.map((shape) => shape.minimum ?? Number.NEGATIVE_INFINITY));
  const most = Math.min(...shapes.map((shape) => shape.maximum ?? Infinity));
  const from = Number.isFinite(least) ? least : 1;
  return random.between(from, Math.min(most, from + 300));
}

function listOf(shapes: readonly Shape[], writers: ReadonlyMap<string, Writer>, random: Random): Json {
  const items = shapes.flatMap((shape) => (shape.items === undefined ? [] : [shape.items]));
  const least = Math.max(1, ...shapes.map((shape) => shape.minItems ?? 0));
  return Array.from({ length: least + random.small(5) }, () => valueOf(items, writers, random));
}

function objectOf(shapes: readonly Shape[], writers: ReadonlyMap<string, Writer>, random: Random): Json {
  const closed = shapes.filter(
    (shape) => shape.additionalProperties === false && shape.properties !== undefined,
  );
  const keys = [...new Set(shapes.flatMap((shape) => Object.keys(shape.properties ?? {})))].filter((key) =>
    closed.every((shape) => Object.hasOwn(shape.properties ?? {}, key)),
  );
  const required = new Set(shapes.flatMap((shape) => shape.required ?? []));
  const open = shapes.flatMap(({ additionalProperties }) =>
    typeof additionalProperties === 'object' ? [additionalProperties] : [],
  );
  const wanted = keys.filter((key) => required.has(key) || random.chance(0.6));
  const isEmpty =
    wanted.length === 0 && shapes.some((shape) => (shape.minProperties ?? 0) > 0) && keys.length > 0;
  const entries = (isEmpty ? [random.pick(keys)] : wanted).map((key): [string, Json] => [
    key,
    valueOf(shapesOf(shapes, key), writers, random),
  ]);
  if (open.length > 0) {
    entries.push(
      ...['Standard', 'Administrator'].map((key): [string, Json] => [key, valueOf(open, writers, random)]),
    );
  }
  if (keys.length === 0 && entries.length === 0)
    entries.push(['comparator', 'equal'], ['value', random.below(9)]);
  return Object.fromEntries(entries);
}

/** What several shapes say about one of their keys. */
export function shapesOf(shapes: readonly Shape[], key: string): readonly Shape[] {
  return shapes.flatMap((shape) => {
    const inner = shape.properties?.[key];
    return inner === undefined || inner === true ? [] : [inner];
  });
}
