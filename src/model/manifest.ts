import type { Json, JsonObject } from './json.ts';

/** Keys of mappings and indexes of lists: a way into a value in the shapes of Zoho's create body. */
export type Path = readonly (string | number)[];

/** A value of a stanza as a person wrote it, shorthands included, with its place. */
export interface Written {
  /** As the manifest has it, such as `lookup` or `pick_list_values[1]`; empty for the stanza itself. */
  readonly key: string;
  readonly value: Json;
  /** 1-based. */
  readonly line: number;
  /** 1-based, counted in UTF-16 code units. */
  readonly column: number;
  /** What is in it, by the steps that Zoho's shape takes. */
  readonly parts: ReadonlyMap<string | number, Written>;
}

/**
 * What is written at a path of Zoho's shape, or the last thing on the way there: in `tooltip: text` the `tooltip.value` is
 * the text itself.
 */
export function writtenAt(stanza: Written, path: Path): Written {
  let here = stanza;
  for (const step of path) {
    const next = here.parts.get(step);
    if (next === undefined) return here;
    here = next;
  }
  return here;
}

/** `pick_list_values[1].display_value`. */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

/**
 * One field as the manifest wishes it, after every shorthand was expanded (contract §2).
 *
 * This is the only form that planning and applying ever see: Zoho's own keys in Zoho's own shapes.
 */
export interface DesiredField {
  readonly api_name: string;
  readonly data_type: string;
  /** False for a field that someone else owns: it must exist, and is never created. */
  readonly create: boolean;
  /** Always there when `create` is true. */
  readonly field_label?: string;
  /** For people only; never sent to Zoho. */
  readonly description?: string;
  /** The field of leads that fills this one when a lead is converted: `Leads.X`. Read and reported, never sent. */
  readonly maps_from?: string;
  /**
   * All other declared keys (`length`, `tooltip`, `pick_list_values`, …) in the shape of Zoho's create body
   * (sheet §3.3, §3.4). Two of them may hold names that only a live organisation can turn into ids:
   * `profiles: [{name, permission_type}]` and `global_picklist: {api_name}`; both also occur with `id`.
   * `lookup.display_label` is left out when the manifest did not write it: its default is a matter of
   * creation, not a wish to compare.
   */
  readonly declared: JsonObject;
  /**
   * Only of a field that is planned to be created: this user's own probe has shown that the organisation keeps `api_name`.
   * It is never read from a file.
   */
  readonly keepsName?: true;
  /** Where the field's stanza starts in the manifest; 1-based. */
  readonly line: number;
  readonly column: number;
}

/** The fields that one CRM module must have: one YAML document. */
export interface ModuleManifest {
  readonly module: string;
  /** Where the module's name stands in the manifest, 1-based; nothing where the manifest was not read from text. */
  readonly at?: { readonly line: number; readonly column: number };
  readonly fields: readonly DesiredField[];
  /** How the fields that may be created are written, by API name; nothing where the manifest was not read from text. */
  readonly written?: ReadonlyMap<string, Written>;
}

/** A whole manifest file; several documents may describe several modules. */
export interface Manifest {
  /** As the user named it; `-` for standard input. */
  readonly path: string;
  /** Lower-case hex digest of the file's bytes. */
  readonly sha256: string;
  readonly modules: readonly ModuleManifest[];
}
