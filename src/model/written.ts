import type { Json } from './json.ts';

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
