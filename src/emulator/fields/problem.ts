import type { JsonObject } from '../json.ts';
import type { Draft, Field, Module } from '../state/organisation-state.ts';
import type { Zoho } from '../zoho.ts';
import type { DataType } from './data-types.ts';

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

/** A refusal of one item, or of the request because of one item (sheet §5.2). */
export interface Problem {
  /** The HTTP status if nothing else was created. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details: JsonObject;
}

/** Where in the body something is: `$.fields[0].tooltip` and its last key. */
export interface Place {
  readonly api_name: string;
  readonly json_path: string;
}

/** The place of a key inside another place. */
export function at(outer: string, ...keys: readonly (string | number)[]): Place {
  const path = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  const name = keys.findLast((key) => typeof key === 'string');
  return { api_name: name ?? 'fields', json_path: `${outer}${path}` };
}

export function problem(code: string, message: string, details: JsonObject, status = 400): Problem {
  return { status, code, message, details };
}

/* The codes of sheet §5.2. */

export const mandatoryNotFound = (place: Place): Problem =>
  problem('MANDATORY_NOT_FOUND', 'required field not found', { ...place });

export const wrongType = (place: Place, expected: string): Problem =>
  problem('INVALID_DATA', 'invalid data', { expected_data_type: expected, ...place });

/** `extra` may carry `maximum_length`, `minimum_length`, `range`. */
export const invalidData = (place: Place, extra: JsonObject = {}, message = 'invalid data'): Problem =>
  problem('INVALID_DATA', message, { ...place, ...extra });

export const unsupportedValue = (place: Place, supported: readonly (string | number | boolean)[]): Problem =>
  problem('INVALID_DATA', 'Invalid value.', { ...place, supported_values: supported });

export const duplicate = (place: Place, message: string): Problem =>
  problem('DUPLICATE_DATA', message, { ...place });

export const notAllowed = (place: Place, message: string): Problem =>
  problem('NOT_ALLOWED', message, { ...place });

/** A value that does not go with another one, such as a length with the data type. */
export const dependentMismatch = (
  place: Place,
  dependee: Place,
  extra: JsonObject,
  message?: string,
): Problem =>
  problem('DEPENDENT_MISMATCH', message ?? `the given ${place.api_name} value seems to be invalid`, {
    ...place,
    dependee: { ...dependee },
    ...extra,
  });

export const dependentMissing = (place: Place, dependee: Place): Problem =>
  problem('DEPENDENT_FIELD_MISSING', 'dependent field missing', { ...place, dependee: { ...dependee } });

export const ambiguity = (places: readonly Place[]): Problem =>
  problem('AMBIGUITY_DURING_PROCESSING', 'ambiguity while processing the request', {
    ambiguity_due_to: places.map((place) => ({ ...place })),
  });

export const limitReached = (
  code: 'LIMIT_EXCEEDED' | 'FIELD_LIMIT_EXCEEDED',
  limit: number,
  due: Place,
): Problem =>
  problem(code, 'Field limit reached for the given field type in the given module', {
    limit,
    limit_due_to: [{ ...due }],
  });

export const featureMissing = (place: Place, why: 'FEATURE_NOT_SUPPORTED' | 'FEATURE_NOT_ENABLED'): Problem =>
  problem(why, why === 'FEATURE_NOT_ENABLED' ? 'feature not enabled' : 'feature not supported', { ...place });
