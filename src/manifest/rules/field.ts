import type { DataType } from '../../model/data-types.ts';
import { valueAt as below, type Json, type JsonObject } from '../../model/json.ts';
import type { Finding, Span } from '../finding.ts';
import { find, keySpan, type Tree } from '../tree.ts';
import type { Path } from '../../model/manifest.ts';

/** One field as the rules see it: shorthands written out, not yet known to be free of mistakes. */
export interface Field {
  readonly module: string;
  readonly values: JsonObject;
  /** What the table knows about its type; absent for unknown types. */
  readonly type: DataType | undefined;
  /** False with `create: false`: then the limits of creation do not bind (contract §2). */
  readonly mayBeCreated: boolean;
  readonly tree: Tree;
}

/** Looks at one field. Shapes are the schema's business: a value of a wrong shape is passed over. */
export type FieldRule = (field: Field) => readonly Finding[];

/** A rule about creating: with `create: false` the limits of creation do not bind (contract §2). */
export function ofCreating(rule: FieldRule): FieldRule {
  return (field) => (field.mayBeCreated ? rule(field) : []);
}

/** The value at `path`, or `undefined`. */
export function valueAt(field: Field, ...path: readonly string[]): Json | undefined {
  return below(field.values, path);
}

/** The text at `path`, or `undefined` where there is none. */
export function textAt(field: Field, ...path: readonly string[]): string | undefined {
  const value = valueAt(field, ...path);
  return typeof value === 'string' ? value : undefined;
}

/** The number at `path`, or `undefined` where there is none. */
export function numberAt(field: Field, ...path: readonly string[]): number | undefined {
  const value = valueAt(field, ...path);
  return typeof value === 'number' ? value : undefined;
}

/** Where the value at `path` is written. */
export function valueSpan(field: Field, ...path: Path): Span {
  return find(field.tree, path).span;
}

/** Where the key at `path` is written. */
export function keyAt(field: Field, ...path: Path): Span {
  return keySpan(field.tree, path);
}

/** How messages call the field. */
export function nameOf(field: Field): string {
  return textAt(field, 'api_name') ?? textAt(field, 'field_label') ?? 'This field';
}

/** A finding of a rule. */
export function finding(span: Span, code: string, message: string, remedy: string): Finding {
  return { layer: 'rule', code, message, remedy, span };
}

/** A finding that does not stop anything, and that matters only where the field is still to be created. */
export function doubt(field: Field, span: Span, code: string, message: string, remedy: string): Finding {
  const creating = { module: field.module, api_name: textAt(field, 'api_name') ?? '' };
  return { ...finding(span, code, message, remedy), severity: 'warning', creating };
}
