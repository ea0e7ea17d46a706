import type { JsonObject } from '../json.ts';
import file from '../seeds/field-shapes.json' with { type: 'json' };

/**
 * The complete object of a data type without its identity, every key with its empty value (sheet §2.3, §2.4).
 * `kind` is the data type, for text areas `textarea_small`, `textarea_large`, `textarea_rich_text`.
 */
export function shapeOf(kind: string): JsonObject {
  const types: Readonly<Record<string, object>> = file.types;
  const differences = Object.hasOwn(types, kind) ? types[kind] : {};
  return { ...file.base, ...differences };
}
