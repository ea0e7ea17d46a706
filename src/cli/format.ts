import { InvalidArgumentError } from 'commander';
import { problem } from '../model/problem.ts';

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

/** What the words of a command line ask for, before `--json` is taken into account. */
export interface FormatWishes {
  readonly printed?: Format;
  readonly files: readonly OutputFile[];
}

/**
 * Reads one `--format` after the other: `FORMAT` once, `FORMAT=FILE` as often as wanted.
 * @param toFiles whether the command writes files at all.
 */
export function formatParser(
  allowed: readonly Format[],
  toFiles: boolean,
): (word: string, before?: FormatWishes) => FormatWishes {
  return (word, before = { files: [] }) => {
    const at = word.indexOf('=');
    const name = at === -1 ? word : word.slice(0, at);
    const format = allowed.find((one) => one === name);
    if (format === undefined || (at !== -1 && !toFiles))
      throw new InvalidArgumentError(`Allowed choices are ${allowed.join(', ')}.`);
    if (at === -1) return printed(format, before);
    const path = word.slice(at + 1);
    if (path === '' || path === '-') {
      throw new InvalidArgumentError(
        `Behind "=" belongs a file; "--format ${format}" prints to standard output.`,
      );
    }
    if (before.files.some((file) => file.path === path)) {
      throw new InvalidArgumentError(`${path} was named twice.`);
    }
    return { ...before, files: [...before.files, { format, path }] };
  };
}

function printed(format: Format, before: FormatWishes): FormatWishes {
  if (before.printed !== undefined && before.printed !== format) {
    throw new InvalidArgumentError(
      `Standard output takes one format, and ${before.printed} was asked for already; "${format}=FILE" writes a file beside it.`,
    );
  }
  return { ...before, printed: format };
}

/**
 * Puts `--json`, which is another word for `--format json`, and `--format` together.
 * @throws Problem `usage` where they contradict each other.
 */
export function settleFormat(wishes: FormatWishes | undefined, json: boolean): Outputs {
  const wish = wishes?.printed;
  if (json && wish !== undefined && wish !== 'json') {
    throw problem(
      'usage',
      'usage',
      `"--json" and "--format ${wish}" contradict each other: standard output takes one format.`,
      `Leave one of them out, or write "--format ${wish}=FILE" to get a file beside it.`,
    );
  }
  return { format: json ? 'json' : (wish ?? 'text'), files: wishes?.files ?? [] };
}
