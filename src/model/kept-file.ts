import { isObject, property, textOf, type Json, type JsonObject } from './json.ts';
import { problem } from './problem.ts';

/** What tells files of one kind, such as snapshots, from all others, and what to do about another one. */
interface KeptFile {
  readonly kind: string;
  /** What this version reads. */
  readonly version: string;
  /** What it is called, also in the codes of problems. */
  readonly noun: string;
  /** What another file is not. */
  readonly is: string;
  readonly otherwise: string;
  readonly otherVersion: string;
}

/**
 * Reads a file that this tool wrote, and that anyone may have changed since: what it holds is still to be checked.
 * @throws Problem `invalid` for a file of another kind or version.
 */
export function readKept(text: string, path: string, file: KeptFile): JsonObject {
  const { kind, version, noun, is, otherwise, otherVersion } = file;
  const value = parseJson(text);
  if (!isObject(value) || property(value, 'kind') !== kind)
    throw problem('invalid', `not-a-${noun}`, `${path} is not a ${is}.`, otherwise);
  const found = property(value, 'format_version');
  if (found === version) return value;
  const message = `${path} is a ${noun} of format version ${textOf(found).slice(0, 40)}; this version of zoho-fields reads ${version}.`;
  throw problem('invalid', `${noun}-version`, message, otherVersion);
}

/** What a text says in JSON; `undefined` for one that is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** True for the beginning of a file that this tool wrote as one of that kind, whatever its version. */
export function looksKept(kind: string, beginning: string): boolean {
  return new RegExp(`^\\{\\s*"format_version": "[\\d.]+",\\s*"kind": "${kind}"`).test(beginning);
}

/* Checks of what a file holds, put together from small ones: what only looks right is refused before it is used. */

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
    withKeys(checks)(value);

/** An object that has at least these keys. */
export const withKeys =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) && Object.entries(checks).every(([key, check]) => check(property(value, key)));
