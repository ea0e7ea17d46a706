import { isObject, property, type Json } from './json.ts';

/** Checks of what a file holds, put together from small ones: what only looks right is refused before it is used. */

/** True for a value that is nested no deeper than anything that was ever saved, so that walking it is safe. */
export function isShallow(value: unknown, levels = 100): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

export type Check = (value: Json | undefined) => boolean;

export const isText: Check = (value) => typeof value === 'string';
/** An id of Zoho's is digits (sheet §2.3). */
export const isId: Check = (value) => typeof value === 'string' && /^\d+$/.test(value);
export const isFlag: Check = (value) => typeof value === 'boolean';
export const isPlace: Check = (value) => typeof value === 'number';
export const isRecord: Check = (value) => isObject(value);
export const isAny: Check = (value) => value !== undefined;

export const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((item: Json) => check(item));

export const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.some((word) => word === value);

/** An object with these keys and no others: what a key means that no plan has, nobody knows. */
export const record =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) &&
    Object.keys(value).every((key) => Object.hasOwn(checks, key)) &&
    Object.entries(checks).every(([key, check]) => check(property(value, key)));

/** An object that has at least these keys. */
export const withKeys =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) && Object.entries(checks).every(([key, check]) => check(property(value, key)));
