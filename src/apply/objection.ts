import { isObject, property, textOf, type Json, type JsonObject } from '../model/json.ts';
import { pathText, writtenAt, type Path } from '../model/manifest.ts';
import type { PlanEntry } from '../model/plan.ts';
import type { Refusal } from './ports.ts';

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
    ...(field_label === undefined ? {} : { field_label }),
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

function valueAt(body: Json, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((here, step) => {
    if (typeof step === 'number') return Array.isArray(here) ? (here as readonly Json[])[step] : undefined;
    return isObject(here) ? property(here, step) : undefined;
  }, body);
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
