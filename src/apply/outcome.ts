import type { Difference, PlanEntry, Reason } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { given, textOf, type Json, type JsonObject, valueAt } from '../model/json.ts';
import { pathText, writtenAt, type Path } from '../model/manifest.ts';
import type { Refusal } from './ports.ts';

/**
 * What became of a field (contract §7). `finished`: an interrupted run created it, this one set its label; `drift`: it is
 * there and differs, which no apply ever changes.
 */
export type Outcome =
  | 'created'
  | 'created_differs'
  | 'finished'
  | 'failed'
  | 'not_attempted'
  | 'in_sync'
  | 'drift';

/** One field of the plan after applying it. */
export interface FieldOutcome {
  readonly entry: PlanEntry;
  readonly outcome: Outcome;
  /** Id of the live field, where there is one. */
  readonly id?: string;
  /** Zoho's code, where it refused. */
  readonly code?: string;
  /** What of the field Zoho objects to, where it refused. */
  readonly objection?: Objection;
  /** What the read-back shows otherwise than declared. */
  readonly differences: readonly Difference[];
  readonly reasons: readonly Reason[];
}

/** The result of applying a plan. */
export interface ApplyReport {
  readonly fields: readonly FieldOutcome[];
  /** The user stopped it. */
  readonly interrupted: boolean;
  /** Conflicts stopped it before anything was tried. */
  readonly stoppedByConflicts: boolean;
  /** What ended the run early, or kept the read-back from proving it. */
  readonly problem?: Problem;
}

/** Counts of an apply (contract §7): `created` holds `created_differs` too, and what only differs is no matter of an apply. */
type ApplySummary = Readonly<Record<Exclude<Outcome, 'created_differs' | 'drift'>, number>>;

export function summariseOutcomes(fields: readonly FieldOutcome[]): ApplySummary {
  const count = { created: 0, finished: 0, failed: 0, not_attempted: 0, in_sync: 0 };
  for (const { outcome } of fields) {
    if (outcome !== 'drift') count[outcome === 'created_differs' ? 'created' : outcome] += 1;
  }
  return count;
}

/** What a plan wants of its fields, and may get. */
export const AS_WANTED: ReadonlySet<Outcome> = new Set(['created', 'finished', 'in_sync']);

/** True where live has shown the field exactly as declared, so that no later run has anything to finish. */
export function isProven({ outcome, differences, reasons }: FieldOutcome): boolean {
  if (!AS_WANTED.has(outcome)) return false;
  return differences.length === 0 && reasons.every(({ code }) => code !== UNPROVEN);
}

/** The reason of a field that Zoho said to have created, and that nobody has seen. */
export const UNPROVEN = 'unproven';

/** A field that nothing was done about. */
export function notAttempted(entry: PlanEntry): FieldOutcome {
  return {
    entry,
    outcome: 'not_attempted',
    ...given({ id: entry.id }),
    differences: entry.differences,
    reasons: entry.reasons,
  };
}

/** What of a field Zoho objects to, in the manifest's own words. */
export interface Objection {
  /** As the manifest has it, such as `pick_list_values[1]`; the key of Zoho's shape where the manifest leaves it out. */
  readonly key: string;
  /** What is written there; absent where nothing is. */
  readonly value?: Json;
  /** 1-based: of the value, or of the field where only that is known. */
  readonly line: number;
  /** 1-based. */
  readonly column?: number;
}

/**
 * Finds what Zoho objects to (`details.json_path`, sheet §5.2) in what a person wrote.
 *
 * Zoho speaks of the create body, where shorthands are written out, names are ids, and the label may be the API name.
 * @param label the label that was sent.
 * @returns `undefined` where Zoho points at nothing inside the field.
 */
export function objectionOf(
  { field, written }: PlanEntry,
  refusal: Refusal,
  label: string,
): Objection | undefined {
  const told = refusal.path ?? (refusal.key === undefined ? [] : [refusal.key]);
  const isWorkingLabel = told[0] === 'field_label' && label !== field.field_label;
  const path: Path = isWorkingLabel ? ['api_name'] : told;
  if (path.length === 0) return undefined;
  const { api_name, data_type, field_label, line, column } = field;
  const body: JsonObject = {
    api_name,
    data_type,
    ...given({ field_label }),
    ...field.declared,
  };
  const value = valueAt(body, path);
  // Without a path the key may stand anywhere.
  if (value === undefined && refusal.path === undefined) return undefined;
  if (value === undefined) {
    return written === undefined ? { key: pathText(path), line } : { key: pathText(path), line, column };
  }
  const place = written === undefined ? undefined : writtenAt(written, path);
  if (place === undefined || place.key === '') return { key: pathText(path), value, line };
  return { key: place.key, value: place.value, line: place.line, column: place.column };
}

/** `"pick_list_values[1]", which is "Fast" (line 3, column 9 of the manifest)`. */
export function objectionWords({ key, value, line, column }: Objection): string {
  const place = `line ${line}${column === undefined ? '' : `, column ${column}`} of the manifest`;
  const name = `"${beginning(key)}"`;
  if (value === undefined) return `${name}, which the manifest leaves out (${place})`;
  const isScalar = typeof value !== 'object' || value === null;
  return `${name}${isScalar ? `, which is "${beginning(textOf(value))}"` : ''} (${place})`;
}

/** Longer texts are told by their beginning: the place says where the whole of it stands. */
const MOST = 100;

function beginning(text: string): string {
  const shown = Array.from(text.slice(0, MOST * 2))
    .slice(0, MOST)
    .join('');
  return shown.length < text.length ? `${shown}…` : shown;
}
