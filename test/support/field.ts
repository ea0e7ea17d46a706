import type { Json, JsonObject } from '../../src/model/json.ts';
import type { LiveField } from '../../src/model/live-field.ts';
import type { DesiredField, Manifest } from '../../src/model/manifest.ts';

/** What a test says of a declared field; the rest is ordinary. */
export interface Wish {
  readonly type?: string;
  readonly label?: string;
  readonly create?: boolean;
  readonly line?: number;
  readonly [key: string]: Json | undefined;
}

/** A declared field: `want('Risk_Level', { type: 'picklist', pick_list_values: [...] })`. */
export function want(api_name: string, wish: Wish = {}): DesiredField {
  const { type = 'text', label, create = true, line = 1, ...declared } = wish;
  return {
    api_name,
    data_type: type,
    create,
    ...(label === undefined && !create ? {} : { field_label: label ?? api_name.replaceAll('_', ' ') }),
    declared: declared as JsonObject,
    line,
    column: 5,
  };
}

/** What a test says of a live field. */
export interface Fact {
  readonly type?: string;
  readonly label?: string;
  readonly display?: string;
  readonly custom?: boolean;
  readonly used?: boolean;
  readonly id?: string;
  readonly [key: string]: Json | undefined;
}

let lastId = 0;

/** A live field: `has('Amount', { type: 'currency', custom: false })`; ids are made up unless given. */
export function has(api_name: string, fact: Fact = {}): LiveField {
  const {
    type = 'text',
    label = api_name.replaceAll('_', ' '),
    display,
    custom = true,
    used = true,
    id,
    ...wire
  } = fact;
  lastId += 1;
  return {
    id: id ?? `60842170000000${String(lastId).padStart(5, '0')}`,
    api_name,
    field_label: label,
    display_label: display ?? label,
    data_type: type,
    custom,
    used,
    wire: wire as JsonObject,
  };
}

/** A manifest of one module. */
export function manifestOf(...fields: readonly DesiredField[]): Manifest {
  return { path: 'fields.yaml', sha256: 'f'.repeat(64), modules: [{ module: 'Deals', fields }] };
}

/** Options as Zoho sends them, `-None-` first. */
export function options(...names: readonly string[]): Json {
  return ['-None-', ...names].map((name) => ({ display_value: name, actual_value: name, type: 'used' }));
}
