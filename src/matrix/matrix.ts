import type { LiveField, Organisation } from '../model/live-field.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Action, Difference, Plan, Reason } from '../model/plan.ts';
import type { Diagnostic, ProblemKind } from '../model/problem.ts';
import { given } from '../model/json.ts';

/** One manifest held against several organisations: what `plan` says of each declared field in each of them. */
export interface Matrix {
  readonly manifest: Plan['manifest'];
  /** In the order in which they were named; no two have the same name. */
  readonly columns: readonly MatrixColumn[];
  /** Every declared field, in the manifest's order. */
  readonly fields: readonly MatrixField[];
  /** Custom fields that the manifest does not name, and that only some of the organisations have. */
  readonly only_some: readonly PartlyThere[];
  readonly summary: MatrixSummary;
}

/** One organisation. */
export interface MatrixColumn {
  readonly name: string;
  /** `us`, `eu`, …, as the settings say. */
  readonly dataCentre: string;
  readonly apiHost?: string;
  /** Absent where the scopes of the credentials do not tell it, or nothing could be read. */
  readonly organisation?: Organisation;
  /** The plan of this organisation by itself; absent where it could not be read. */
  readonly plan?: Plan;
  /** Why it could not be read. */
  readonly failure?: ReadFailure;
}

/** What kept an organisation from being read. */
export interface ReadFailure {
  readonly kind: ProblemKind;
  readonly diagnostics: readonly Diagnostic[];
}

/** A declared field in every organisation. */
export interface MatrixField {
  readonly module: string;
  readonly api_name: string;
  readonly data_type: string;
  readonly field_label?: string;
  readonly line: number;
  /** By the name of the column. */
  readonly cells: Readonly<Record<string, MatrixCell>>;
}

/** What a plan says of one field in one organisation; `unknown` where that could not be read. */
export interface MatrixCell {
  readonly action: Action | 'unknown';
  readonly differences: readonly Difference[];
  readonly reasons: readonly Reason[];
}

/** A custom field that the manifest does not name. */
export interface PartlyThere {
  readonly module: string;
  readonly api_name: string;
  readonly data_type: string;
  readonly field_label: string;
  /** The columns that have it, and those that were read and lack it. */
  readonly in: readonly string[];
  readonly missing_from: readonly string[];
}

/** How the organisations stand to each other. */
export interface MatrixSummary {
  readonly fields: number;
  /** Fields that are as declared in every organisation that was read. */
  readonly in_sync: number;
  /** Fields that are as declared in some, and that nothing known keeps from being created in all the others. */
  readonly ready_to_promote: number;
  /** By the name of the column. */
  readonly columns: Readonly<Record<string, CellCounts>>;
}

/** How many fields there are of each kind in one organisation. */
export type CellCounts = Readonly<Record<MatrixCell['action'], number>>;

/** An organisation with what was read of it. */
export interface ReadColumn extends Omit<MatrixColumn, 'plan'> {
  readonly plan?: Plan;
  readonly live: readonly { readonly module: string; readonly fields: readonly LiveField[] }[];
}

/**
 * Puts plans of one manifest side by side. Nothing is compared here: every cell is that field's row of the plan.
 * @param read plans of `manifest`, each with the fields that it was made from.
 */
export function makeMatrix(manifest: Manifest, read: readonly ReadColumn[]): Matrix {
  const columns = read.map(({ live: _live, ...column }): MatrixColumn => column);
  const fields = manifest.modules.flatMap(({ module, fields }, at) =>
    fields.map((field, index): MatrixField => {
      const cells = columns.map((column) => [column.name, cellOf(column, at, index)] as const);
      const { api_name, data_type, field_label, line } = field;
      const label = field_label === undefined ? {} : { field_label };
      return { module, api_name, data_type, ...label, line, cells: Object.fromEntries(cells) };
    }),
  );
  const names = columns.filter(({ plan }) => plan !== undefined).map(({ name }) => name);
  return {
    manifest: { path: manifest.path, sha256: manifest.sha256 },
    columns,
    fields,
    only_some: partlyThere(manifest, read),
    summary: {
      fields: fields.length,
      in_sync: fields.filter((field) => actionsOf(field, names).every((one) => one === 'in_sync')).length,
      ready_to_promote: fields.filter((field) => isReady(actionsOf(field, names))).length,
      columns: Object.fromEntries(columns.map(({ name }) => [name, countsOf(name, fields)])),
    },
  };
}

/** The planner keeps the order of the manifest, so that a field's row is found by its place. */
function cellOf({ plan, failure }: MatrixColumn, module: number, field: number): MatrixCell {
  const entry = plan?.modules[module]?.entries[field];
  if (entry !== undefined) {
    const { action, differences, reasons } = entry;
    return { action, differences, reasons };
  }
  const reasons = (failure?.diagnostics ?? []).map(({ code, message, remedy }) => ({
    code,
    message,
    ...given({ remedy }),
  }));
  return { action: 'unknown', differences: [], reasons };
}

function actionsOf({ cells }: MatrixField, names: readonly string[]): readonly MatrixCell['action'][] {
  return names.map((name) => cells[name]?.action ?? 'unknown');
}

/** It has been tried somewhere, and elsewhere it is only missing. */
function isReady(actions: readonly MatrixCell['action'][]): boolean {
  return (
    actions.includes('in_sync') &&
    actions.includes('create') &&
    actions.every((action) => action === 'in_sync' || action === 'create')
  );
}

function countsOf(name: string, fields: readonly MatrixField[]): CellCounts {
  const counts = { create: 0, in_sync: 0, drift: 0, conflict: 0, unknown: 0 };
  for (const { cells } of fields) counts[cells[name]?.action ?? 'unknown'] += 1;
  return counts;
}

function partlyThere(manifest: Manifest, columns: readonly ReadColumn[]): readonly PartlyThere[] {
  const read = columns.filter(({ plan }) => plan !== undefined);
  return manifest.modules.flatMap(({ module }, at) => {
    const found = read.flatMap(({ plan }) => plan?.modules[at]?.unmanaged ?? []);
    const names = [...new Set(found.map(({ api_name }) => api_name))].toSorted();
    return names.flatMap((api_name): readonly PartlyThere[] => {
      const first = found.find((field) => field.api_name === api_name);
      const having = read.filter((column) => hasField(column, module, api_name)).map(({ name }) => name);
      if (first === undefined || having.length === read.length) return [];
      const { data_type, field_label } = first;
      const lacking = read.filter(({ name }) => !having.includes(name)).map(({ name }) => name);
      return [{ module, api_name, data_type, field_label, in: having, missing_from: lacking }];
    });
  });
}

/** Also where it is a field of Zoho's own there, which no plan lists. */
function hasField({ live }: ReadColumn, module: string, apiName: string): boolean {
  return live.some((one) => one.module === module && one.fields.some(({ api_name }) => api_name === apiName));
}

/** Whether an organisation has a field that the manifest does not name. */
export function standingIn(field: PartlyThere, column: string): 'there' | 'missing' | 'unknown' {
  if (field.in.includes(column)) return 'there';
  return field.missing_from.includes(column) ? 'missing' : 'unknown';
}

/** The names of two columns that are one organisation; nothing where there are none. */
export function sameOrganisation(
  columns: readonly Pick<MatrixColumn, 'name' | 'organisation' | 'plan'>[],
): readonly [string, string] | undefined {
  for (const [index, one] of columns.entries())
    for (const other of columns.slice(index + 1)) if (isSame(one, other)) return [one.name, other.name];
  return undefined;
}

/** By the organisation's own id where both are known; otherwise by ids of fields, which no two share (contract §8). */
function isSame(
  one: Pick<MatrixColumn, 'organisation' | 'plan'>,
  other: Pick<MatrixColumn, 'organisation' | 'plan'>,
): boolean {
  if (one.organisation !== undefined && other.organisation !== undefined)
    return one.organisation.id === other.organisation.id;
  const anchorsOf = ({ plan }: Pick<MatrixColumn, 'plan'>): readonly string[] =>
    plan?.modules.flatMap(({ anchors }) => anchors) ?? [];
  const ids = new Set(anchorsOf(one));
  return anchorsOf(other).some((id) => ids.has(id));
}
