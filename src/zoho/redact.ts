import type { HttpAnswer } from './http/transport.ts';
import { inspect } from 'node:util';

/** What stands in the place of a secret. */
const REDACTED = '[redacted]';

/** Shorter values are words of a test or a slip; credentials of Zoho's have 42 characters and more (sheet §1.2). */
const SHORTEST = 8;
/** So many characters of a secret in a row are not there by chance, and too many to be shown. */
const RUN = 12;
/** A program that uses this as a library may see many tokens; those not used for so long are not good any more. */
const MOST_SECRETS = 32;

/** The secrets that this process has seen, the one not used for longest first. */
const secrets = new Set<string>();
const shown = new Set<string>();
let net: Net | undefined;
/** True once an answer of the API has lost a secret. */
let hadEcho = false;

/**
 * Remembers a value that must never be seen in any output.
 *
 * One memory for the whole process, on purpose: a net that has to be handed from place to place has holes.
 */
export function hide(value: string): void {
  if (value.length < SHORTEST) return;
  const isNew = !secrets.delete(value);
  secrets.add(value);
  if (!isNew) return;
  const [oldest] = secrets;
  if (secrets.size > MOST_SECRETS && oldest !== undefined) secrets.delete(oldest);
  net = undefined;
}

/** Lets a value be seen that only looks like a secret: those of the local Zoho are there to be told. */
export function show(value: string): void {
  shown.add(value);
  net = undefined;
}

/**
 * A text as it may be written to any output: without the secrets that were seen, and without whatever has the form of a
 * token of Zoho's, known or not.
 *
 * It is the second net. What is handed on as a `Secret` prints as `[redacted]` by itself; this one catches what comes
 * back from outside, or in a foreign error.
 */
export function redact(text: string): string {
  return withoutSecrets(text).replace(TOKEN, (token) => (shown.has(token) ? token : REDACTED));
}

/**
 * True for a text that must not be kept, to be used later as it is: it holds what {@link redact} takes out, or a gap where
 * {@link withoutEcho} took a secret out. Where nothing was taken out of any answer, the words of a gap are only words, which
 * people in Zoho, or an older manifest, may have written themselves.
 */
export function holdsSecret(text: string): boolean {
  return redact(text) !== text || (hadEcho && text.includes(REDACTED));
}

/** The text without the secrets that were seen, whole or cut, as they are, in JSON, in an address and in base64. */
export function withoutSecrets(text: string): string {
  net ??= makeNet([...secrets].filter((value) => !shown.has(value)));
  return withoutRuns(text, net);
}

/**
 * Access tokens, refresh tokens and codes alike: `1000.` and hex digits, perhaps cut (sheet §1.2). With a letter among
 * them, and as whole words only, so that no number and no id is taken for one.
 */
const TOKEN = /(?<![\w.])1000\.(?=\d*[a-f])[0-9a-f]{16,}(?:\.\w+)?(?!\w)/g;

/** Finds the next stretch of a text, from a place on, that has to be taken out. */
type Net = (text: string, from: number) => Run | undefined;

interface Run {
  readonly from: number;
  readonly to: number;
}

function makeNet(values: readonly string[]): Net {
  const forms = [...new Set(values.flatMap((value) => formsOf(value)))];
  const runs = netOfRuns(forms);
  const words = netOfWords(forms.filter((form) => piecesOf(form).length === 0));
  return (text, from) => {
    const run = runs(text, from);
    const word = words(text, from);
    return run === undefined || (word !== undefined && word.from < run.from) ? word : run;
  };
}

interface Place {
  readonly form: string;
  readonly start: number;
}

/** Long forms are cut into pieces; where one of them is found, the stretch around it is looked at. */
function netOfRuns(forms: readonly string[]): Net {
  // Equal pieces may begin different forms.
  const places = new Map<string, Place[]>();
  for (const form of forms) {
    for (const start of piecesOf(form)) {
      const piece = form.slice(start, start + RUN);
      places.set(piece, [...(places.get(piece) ?? []), { form, start }]);
    }
  }
  const find = pieceFinder(new Set(places.keys()), RUN);
  return (text, from) => {
    const at = find(text, from);
    // At -1 nothing was found, and no piece begins there either.
    const found = places.get(text.slice(at, at + RUN));
    if (found === undefined) return undefined;
    const runs = found.map((place) => runAround(text, at, place));
    // The longest: the plain form would cut an escape of JSON in two.
    return { from: Math.min(...runs.map((run) => run.from)), to: Math.max(...runs.map((run) => run.to)) };
  };
}

/**
 * Where the pieces of a form begin that are not there by chance. Digits alone may be: an id of Zoho's has a dozen zeros in a
 * row, and one that lost them would be the id of nothing.
 */
function piecesOf(form: string): readonly number[] {
  if (form.length < RUN) return [];
  const starts = Array.from({ length: Math.ceil(form.length / RUN) }, (_, index) =>
    Math.min(index * RUN, form.length - RUN),
  );
  return starts.filter((start) => !/^\d+$/.test(form.slice(start, start + RUN)));
}

/** A short secret, or one of digits, counts only where it stands alone: within a longer word it may well be part of an id. */
function netOfWords(forms: readonly string[]): Net {
  if (forms.length === 0) return () => undefined;
  const quoted = forms.map((form) => form.replaceAll(/[^\w]/g, String.raw`\$&`));
  const words = new RegExp(String.raw`(?<!\w)(?:${quoted.join('|')})(?!\w)`, 'g');
  return (text, from) => {
    words.lastIndex = from;
    const match = words.exec(text);
    return match === null ? undefined : { from: match.index, to: words.lastIndex };
  };
}

function formsOf(value: string): readonly string[] {
  const inJson = JSON.stringify(value).slice(1, -1);
  return [
    value,
    inJson,
    encodeURIComponent(value.toWellFormed()),
    ...(value.length < RUN ? [] : base64Of(value)),
  ];
}

/** Within a longer text base64 begins at one of three places; what its neighbours have a share in is left out. */
function base64Of(value: string): readonly string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]);
    return bytes.toString('base64').slice(Math.ceil((before * 4) / 3), Math.floor((bytes.length * 4) / 3));
  });
}

/** Takes out every stretch of the text that is one of a secret. */
function withoutRuns(text: string, next: Net): string {
  let clean = '';
  let done = 0;
  for (let run = next(text, 0); run !== undefined; run = next(text, done)) {
    clean += `${text.slice(done, run.from)}${REDACTED}`;
    done = run.to;
  }
  return clean + text.slice(done);
}

function runAround(text: string, at: number, { form, start }: Place): Run {
  // Where the whole form would begin; before its first character and behind its last one no text is like it.
  const origin = at - start;
  let from = at;
  while (from > 0 && text[from - 1] === form[from - 1 - origin]) from -= 1;
  let to = at + RUN;
  while (to < text.length && text[to] === form[to - origin]) to += 1;
  return { from, to };
}

/** Where in a text the next of many pieces of equal length begins, from a place on; -1 where none does. */
type FindPiece = (text: string, from: number) => number;

/** Characters that are looked at together: with fewer too many places look like a piece, with more tables grow. */
const BLOCK = 3;
const BUCKETS = 1 << 15;

/**
 * Prepares a search for any of many pieces at once, after Wu and Manber: the last characters of a window tell how far the
 * next piece can at least be away, so that most of a text is never looked at. A regular expression of a thousand words
 * takes a hundred times as long, and every answer of the API is searched.
 * @param length of every piece.
 */
export function pieceFinder(pieces: ReadonlySet<string>, length: number): FindPiece {
  const farthest = length - BLOCK + 1;
  const shifts = new Uint8Array(BUCKETS).fill(farthest);
  for (const piece of pieces) {
    for (let end = BLOCK; end <= length; end += 1) {
      const bucket = bucketOf(piece, end);
      shifts[bucket] = Math.min(shifts[bucket] ?? 0, length - end);
    }
  }
  return (text, from) => {
    let end = from + length;
    while (end <= text.length) {
      const shift = shifts[bucketOf(text, end)] ?? 1;
      if (shift === 0 && pieces.has(text.slice(end - length, end))) return end - length;
      end += Math.max(1, shift);
    }
    return -1;
  };
}

/** Of the block that ends there. */
function bucketOf(text: string, end: number): number {
  const hash = (text.charCodeAt(end - 3) << 10) ^ (text.charCodeAt(end - 2) << 5) ^ text.charCodeAt(end - 1);
  return hash & (BUCKETS - 1);
}

/**
 * An answer of the API without the secrets of the request, should the server send them back: whatever is made of it, a
 * message, a field's label, a report, has none in it then.
 *
 * Not for answers of the token endpoint, whose tokens are what is wanted.
 */
export function withoutEcho(answer: HttpAnswer): HttpAnswer {
  const told = spelledOut(answer.text);
  const text = withoutSecrets(told);
  if (text !== told) hadEcho = true;
  return { ...answer, text };
}

/** No encoder of JSON escapes letters, digits and dots; written as `\u0031` they would hide a secret from a search. */
function spelledOut(json: string): string {
  if (!json.includes(String.raw`\u00`)) return json;
  return json.replaceAll(/\\(?:\\|u00([2-7][\da-f]))/gi, (written: string, hex: string | undefined) => {
    // A backslash that is escaped itself has no number, and stays.
    const character = String.fromCharCode(Number(`0x${hex}`));
    return /[\w.]/.test(character) ? character : written;
  });
}

/**
 * A credential that cannot be printed by accident: whatever turns it into text gets `[redacted]`.
 *
 * Only `reveal` gives the value; it is called where a request is built, and nowhere else. What comes back from there, such as
 * an echo of the request, is searched for the value (see {@link hide}).
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    hide(value);
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
