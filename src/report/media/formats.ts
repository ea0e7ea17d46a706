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
