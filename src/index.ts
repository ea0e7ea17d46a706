/**
 * `zoho-fields` as a library: the engine of the command, without a screen.
 *
 * Nothing here prints, asks, or ends the process; what is expected to fail throws a {@link Problem}.
 */
export { apply, type ApplyOptions } from './library/apply.ts';
export {
  loadManifest,
  matrix,
  plan,
  snapshot,
  type LoadOptions,
  type MatrixOptions,
  type MatrixSettings,
  type SnapshotOptions,
} from './library/read.ts';
export type { PlanOptions, ZohoOptions } from './library/with-connection.ts';
export { types } from './types/types.ts';
export type { ApplyReport, FieldOutcome, Outcome } from './apply/outcome.ts';
export type { ApplyEvent, Refusal } from './apply/ports.ts';
export type {
  Organisation as MatrixOrganisation,
  Organisation as SnapshotOrganisation,
} from './model/live-field.ts';
export type { Diagnostic } from './model/problem.ts';
export type { Json, JsonObject } from './model/json.ts';
export type { DesiredField, Manifest, ModuleManifest } from './model/manifest.ts';
export type {
  CellCounts,
  Matrix,
  MatrixCell,
  MatrixColumn,
  MatrixField,
  MatrixSummary,
  PartlyThere,
  ReadFailure,
} from './matrix/matrix.ts';
export type {
  Action,
  Difference,
  ModulePlan,
  Plan,
  PlanEntry,
  PlanSummary,
  Reason,
  UnmanagedField,
} from './model/plan.ts';
export { Problem, type ProblemKind } from './model/problem.ts';
export type { Snapshot, SnapshotField, SnapshotModule } from './snapshot/snapshot.ts';
