import { InvalidArgumentError } from 'commander';
import { problem } from '../model/problem.ts';
import type { Format, OutputFile, Outputs } from '../report/media/formats.ts';

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
        `after "=" write the name of a file; "--format ${format}" prints to standard output.`,
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
      `standard output takes one format, and ${before.printed} was asked for already; "${format}=FILE" writes a file beside it.`,
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
