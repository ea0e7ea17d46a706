import type { Document } from './document.ts';
import type { Annotation } from './github.ts';

/** Every way in which a result can be written down; each command names those that make sense for it. */
export type Format = 'text' | 'json' | 'markdown' | 'html' | 'github' | 'csv' | 'sarif' | 'patch';

/** One result, several readers: the screen, and files for a comment, an artifact, a dashboard. */
export interface Outputs {
  /** What standard output gets. */
  readonly format: Format;
  readonly files?: readonly OutputFile[];
}

/** A format and the file that it is written to. */
export interface OutputFile {
  readonly format: Format;
  /** As the user named it. */
  readonly path: string;
}

/**
 * How to write one result down in each format; only what is asked for is ever called, and so ever loaded. A page, which may
 * be looked at long after, says when it was made: at `at`, in milliseconds since the epoch.
 */
export type Renders = { readonly [F in Format]?: (at?: number) => string | Promise<string> };

/**
 * A document for everyone who reads reports: as a comment, and as a page.
 * @param longest how many characters a comment may have, where that is not what GitHub takes.
 */
export function pages(
  document: () => Document | Promise<Document>,
  longest?: number,
): Required<Pick<Renders, 'markdown' | 'html'>> {
  return {
    markdown: async () => (await import('./markdown.ts')).markdown(await document(), longest),
    html: async (at) => (await import('./html.ts')).html(await document(), at),
  };
}

/** Remarks on lines of a manifest, as GitHub shows them. */
export function remarks(
  annotations: () => Promise<readonly Annotation[]>,
): Required<Pick<Renders, 'github'>> {
  return { github: async () => (await import('./github.ts')).github(await annotations()) };
}

/** The first line of a report in a format that has no place of its own for the name of what wrote it. */
const MARK = '# zoho-fields report\n';
const UNNAMED: ReadonlySet<string> = new Set(['text', 'github', 'patch']);

/** How much of a file has to be known to tell what it is. */
export const BEGINNING = 1000;

/** A report as it stands in a file: its beginning says what wrote it, so that the next run may write over it. */
export function fileText(format: string, text: string): string {
  return UNNAMED.has(format) && text !== '' ? `${MARK}${text}` : text;
}

/** How reports begin. Snapshots and saved plans are no reports: they are kept, not only read. */
const BEGINNINGS: readonly RegExp[] = [
  new RegExp(`^${MARK}`),
  /^<!-- zoho-fields (?:plan|apply|audit|diff|validate|matrix|probe) manifest="/,
  /^<!doctype html>[^\0]{0,900}<meta name="generator" content="zoho-fields">/,
  /^\{\s*"format_version": "[\d.]+",\s*"kind": "(?:plan|apply|audit|diff|validate|matrix|probe|error)"/,
  /^\{\s*"\$schema": "[^"]*sarif[^"]*"[^\0]{0,300}"name": "zoho-fields"/,
  /^module,api_name,field_label,data_type,/,
];

/** True for the beginning of a file that this tool wrote as a report; an empty one holds nothing that could be lost. */
export function looksLikeReport(beginning: string): boolean {
  return beginning === '' || BEGINNINGS.some((pattern) => pattern.test(beginning));
}
