/** A piece of the manifest's text: offsets in UTF-16 code units, the end not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Who found a problem, from the outside in. What an inner layer says about exactly the same piece of text is only a
 * consequence (an alias is refused, therefore it is not a text either) and is left out.
 */
export type Layer = 'text' | 'yaml' | 'shape' | 'rule';

/** A problem before it has a line, a column and a frame. */
export interface Finding {
  readonly layer: Layer;
  /** An error unless it says otherwise. */
  readonly severity?: 'error' | 'warning';
  /** Only of a warning: the field that is not created without this doubt; where it exists already, there is none. */
  readonly creating?: { readonly module: string; readonly api_name: string };
  /** It stands for several places: a frame would show only one of them. */
  readonly isSum?: true;
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly span: Span;
}

/** Text of the manifest as it may stand in a message: in quotation marks, on one line, not too long. */
export function quote(text: string): string {
  return `"${excerpt(text)}"`;
}

/** Text of the manifest without quotation marks: on one line, not too long. */
export function excerpt(text: string): string {
  return shorten(text.slice(0, 500).replaceAll(/[\r\n\t]+/gu, ' '), 60);
}

/** At most `max` characters, cut between characters. */
export function shorten(text: string, max: number): string {
  const characters = Array.from(text.slice(0, max * 2 + 2));
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}
