import type { ReportKind } from '../report/media/document.ts';
import type { ConnectOptions } from '../run/connect.ts';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Format, Outputs, OutputFile } from '../report/media/formats.ts';
import { misuse } from '../model/problem.ts';
import { shellWord } from '../model/visible.ts';

/** Options that every command which reports has. */
export type ReportOptions = Outputs;

/** Options of commands that read a manifest and talk to Zoho. */
export interface LiveOptions extends ReportOptions, ConnectOptions {
  readonly file?: string;
}

export interface PlanOptions extends LiveOptions {
  readonly out?: string;
  readonly detailedExitcode?: boolean;
  readonly inSync?: boolean;
  readonly unmanaged?: boolean;
  /** The revision or file that a change starts from. */
  readonly base?: string;
  /** The snapshot that is planned in the place of what Zoho holds now. */
  readonly from?: string;
  /** Days after which that snapshot is called old. */
  readonly maxAge?: number;
}

interface JsonOption {
  readonly json?: boolean;
}

/** What every command can print that compares something, or ends something. */
export const RESULTS: readonly Format[] = ['text', 'json', 'markdown', 'html', 'github'];

/** Commander collects wishes under the option's name; the commands get what came of them. */
export function resolveFormat<T extends ReportOptions>(options: T & JsonOption): T {
  const wishes = options.format as unknown as FormatWishes | undefined;
  return { ...options, ...settleFormat(wishes, options.json === true) };
}

/** Gives a command the options of all that report. */
export function reporting(command: Command, formats: readonly Format[] = ['text', 'json']): Command {
  const toFiles = formats.length > 2;
  const more = toFiles ? '; FORMAT=FILE writes a file beside it, as often as wanted' : '';
  return command
    .addOption(
      new Option('--format <format>', `how to print the result (default: text)${more}`)
        .choices(formats)
        .argParser(formatParser(formats, toFiles)),
    )
    .addOption(new Option('--json', 'the same as --format json'));
}

/** Gives a command the options of all that talk to Zoho about a manifest. */
export function live(command: Command, formats?: readonly Format[]): Command {
  return connected(command.addOption(fileOption()), formats);
}

/** The same, for a command that reads no manifest. */
export function connected(command: Command, formats?: readonly Format[]): Command {
  return reporting(command, formats)
    .option('--emulator', 'talk to the built-in local Zoho instead of the real one')
    .addOption(settingsOption('read the settings from this file instead of .env'))
    .option('--no-token-cache', 'ask for a new access token, and keep none');
}

/**
 * `--settings FILE`. `--env-file` means the same (contract §3), but Node 20 looks for that file itself, wherever the
 * option stands, and ends with 9 before the command begins where there is none.
 */
export function settingsOption(about: string): Option {
  const option = new Option('--env-file, --settings <file>', about);
  option.flags = '--settings, --env-file <file>';
  return option;
}

export function fileOption(about = 'the manifest; - reads standard input (default: fields.yaml)'): Option {
  return new Option('-f, --file <file>', about);
}

/** Of no option an empty value means anything: where a shell put nothing behind it, a variable was not set. */
export function refuseEmptyValues(command: Command): void {
  for (const option of command.options.filter((one) => one.required && one.parseArg === undefined)) {
    option.argParser((value) => {
      if (value === '') throw new InvalidArgumentError('It is empty.');
      return value;
    });
  }
  for (const one of command.commands) refuseEmptyValues(one);
}

/** What the words of a command line ask for, before `--json` is taken into account. */
interface FormatWishes {
  readonly printed?: Format;
  readonly files: readonly OutputFile[];
}

/**
 * Reads one `--format` after the other: `FORMAT` once, `FORMAT=FILE` as often as wanted.
 * @param toFiles whether the command writes files at all.
 */
function formatParser(
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
function settleFormat(wishes: FormatWishes | undefined, json: boolean): Outputs {
  const wish = wishes?.printed;
  if (json && wish !== undefined && wish !== 'json') {
    throw misuse(
      `"--json" and "--format ${wish}" contradict each other: standard output takes one format.`,
      `Leave one of them out, or write "--format ${wish}=FILE" to get a file beside it.`,
    );
  }
  return { format: json ? 'json' : (wish ?? 'text'), files: wishes?.files ?? [] };
}

/** The words behind a command that make it read the same settings; none where that is `.env`. */
export function settingsWords({ settings }: { readonly settings?: string }): string {
  return settings === undefined ? '' : ` --settings ${shellWord(settings)}`;
}

/** Makes of a command what commander calls: the command gets its options with the format resolved, and the words behind it. */
export type Run = (
  name: ReportKind,
  work: (options: never, words: readonly (string | undefined)[]) => Promise<number>,
) => (...given: unknown[]) => Promise<void>;
