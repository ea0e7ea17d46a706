import { count } from '../../model/count.ts';
import type { Diagnostic } from '../../model/problem.ts';

/**
 * A report as a value: what it says, in which order, and nothing about how it looks.
 *
 * Markdown and HTML are two renderings of the same document, so they cannot tell different facts. Every text in it is
 * data to its renderer, our own words included: there is no way to pass markup through.
 */
export interface Document {
  /** The command that it comes from, failed or not; the first word of the hidden marker. */
  readonly kind: ReportKind;
  /** The manifest's path: with the kind it tells one comment from another. */
  readonly manifest: string;
  /** The plan's whole digest: by it a program knows which plan a comment shows. */
  readonly digest?: string;
  /** The page's title; a comment has none, its first sentence is its title. */
  readonly title: string;
  /** The sentences that everybody reads. Never left out. */
  readonly lead: readonly Words[];
  /** The most important first: a renderer with too little room cuts from the end. */
  readonly blocks: readonly Block[];
  /** What comes last and is never left out, such as the plan's id and how to apply it. */
  readonly closing: readonly Block[];
}

export type ReportKind = 'plan' | 'diff' | 'validate' | 'apply' | 'audit' | 'matrix' | 'probe';

/** A line of text: our own words, and what they are about. */
export type Words = readonly (string | Piece)[];

/** `data` is text of a manifest or of Zoho, shown exactly; `strong` is stressed. */
export interface Piece {
  readonly as: 'data' | 'strong';
  readonly text: string;
}

export type Block = Heading | Paragraph | List | Table | Code | Fold;

interface Heading {
  readonly is: 'heading';
  readonly words: Words;
}

interface Paragraph {
  readonly is: 'paragraph';
  readonly words: Words;
}

interface List {
  readonly is: 'list';
  readonly items: readonly Words[];
}

/** What a row is, for renderers with colours; the row's own words always say it too. */
export type Tone = 'good' | 'warn' | 'bad' | 'plain';

export interface Row {
  readonly tone: Tone;
  readonly cells: readonly Words[];
}

export interface Table {
  readonly is: 'table';
  /** Head of each column. */
  readonly head: readonly string[];
  readonly rows: readonly Row[];
  /** What a row is, for telling how many were left out: `field`. */
  readonly unit: string;
}

/** Text in which every line and blank counts. */
interface Code {
  readonly is: 'code';
  readonly text: string;
}

/** Detail that is folded away until a reader opens it. */
interface Fold {
  readonly is: 'fold';
  readonly summary: string;
  readonly blocks: readonly Block[];
}

export function data(text: string, most = 120): Piece {
  return { as: 'data', text: shorten(text, most) };
}

/** The same where there may be none. */
export function dataIf(text: string | undefined, most?: number): Words {
  return text === undefined ? [] : [data(text, most)];
}

export function strong(text: string): Piece {
  return { as: 'strong', text };
}

export function heading(...words: Words): Block {
  return { is: 'heading', words };
}

export function paragraph(...words: Words): Block {
  return { is: 'paragraph', words };
}

export function list(items: readonly Words[]): Block {
  return { is: 'list', items };
}

export function code(text: string): Block {
  return { is: 'code', text };
}

export function fold(summary: string, ...blocks: readonly Block[]): Block {
  return { is: 'fold', summary, blocks };
}

/** Text of others inside a sentence of ours, at a length at which the sentence can still be read. */
export function shorten(text: string, most = 600): string {
  if (text.length <= most) return text;
  const characters = Array.from(text.slice(0, most + 1));
  return `${characters.slice(0, most - 1).join('')}…`;
}

/** `a`, `a and b`, `a, b and c`, with the words between the pieces. */
export function listed(pieces: Words): Words {
  return pieces.flatMap((piece, index) => {
    if (index === 0) return [piece];
    return [index === pieces.length - 1 ? ' and ' : ', ', piece];
  });
}

/** Sentences and facts side by side in one cell. */
export function joined(parts: readonly Words[]): Words {
  return parts.flatMap((part, index) => {
    if (index === 0) return part;
    const before = parts[index - 1]?.at(-1);
    return [typeof before === 'string' && before.endsWith('.') ? ' ' : '; ', ...part];
  });
}

/** Words without what tells the data among them, for media that have one kind of text. */
export function plainText(words: Words): string {
  return words.map((one) => (typeof one === 'string' ? one : one.text)).join('');
}

/** One column of a table: its head, and its cell in the row of something. */
export type Column<Thing> = readonly [head: string, cell: (thing: Thing, index: number) => Words];

/** A table with a row for each of these things. */
export function table<Thing>(
  unit: string,
  things: readonly Thing[],
  tone: (thing: Thing) => Tone,
  columns: readonly Column<Thing>[],
): Table {
  const rows = things.map((thing, at) => ({
    tone: tone(thing),
    cells: columns.map(([, cell]) => cell(thing, at)),
  }));
  return { is: 'table', unit, head: columns.map(([head]) => head), rows };
}

/** Those of the columns that say something of one of these things. */
export function telling<Thing>(
  things: readonly Thing[],
  columns: readonly Column<Thing>[],
): readonly Column<Thing>[] {
  return columns.filter(([, cell]) => things.some((thing, at) => cell(thing, at).some((one) => one !== '')));
}

/** Which module a row is of, where there are several. */
export function moduleColumn(several: boolean): readonly Column<{ readonly module: string }>[] {
  return several ? [['Module', ({ module }) => [data(module)]]] : [];
}

/** Problems as a table: where, what, and what to do; once in the last row of those that it is the same for. */
export function diagnosticTable(diagnostics: readonly Diagnostic[]): Table {
  return table('problem', diagnostics, ({ severity }) => (severity === 'error' ? 'bad' : 'warn'), [
    ['What', ({ severity }) => [severity === 'error' ? '! error' : '~ warning']],
    ['Where', placeOf],
    ['Problem', ({ message }) => [shorten(message, 600)]],
    [
      'What to do',
      ({ remedy }, at) =>
        remedy === undefined || remedy === diagnostics[at + 1]?.remedy ? [] : [shorten(remedy, 600)],
    ],
  ]);
}

/** The lines of the manifest that the problems are about, folded. */
export function frameBlocks(diagnostics: readonly Diagnostic[]): readonly Block[] {
  const framed = diagnostics.filter((one) => one.frame !== undefined);
  if (framed.length === 0) return [];
  const blocks = framed.flatMap((one) => [paragraph(...placeOf(one)), code(one.frame ?? '')]);
  return [fold(`${count(framed.length, 'place')} in the manifest`, ...blocks)];
}

function placeOf({ file, line, column }: Diagnostic): Words {
  if (file === undefined) return [];
  const position = line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column}`}`;
  return [data(`${shorten(file, 100)}${position}`, 140)];
}
