import type { ConnectOptions } from '../run/connect.ts';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Format, Outputs } from '../report/media/formats.ts';
import { formatParser, settleFormat, type FormatWishes } from './format.ts';

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
