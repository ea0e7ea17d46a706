import type { Argument, Command, Option } from 'commander';

/** What can be typed behind some words: those of a command, or none for the program itself. */
export interface Page {
  /** `/auth/login` for `auth login`; empty for the program. */
  readonly path: string;
  readonly commands: readonly Word[];
  readonly options: readonly Flag[];
  /** What stands there without a dash; `files` where the command takes some. */
  readonly operands: Operands;
}

/** A word with a line about it. */
export interface Word {
  readonly name: string;
  readonly about: string;
}

/** An option under all its names. */
export interface Flag {
  readonly names: readonly string[];
  readonly about: string;
  /** What comes behind it: nothing, a file, one of some words, or what only the person knows. */
  readonly value: 'none' | 'other' | Operands;
}

type Operands = 'files' | readonly string[];

/** Everything that can be typed, from the definitions that commander reads the command line with. */
export function pagesOf(command: Command, path = ''): readonly Page[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command).map((one) => ({
    name: one.name(),
    about: brief(one.description()),
  }));
  const own: Page = {
    path,
    commands,
    options: help.visibleOptions(command).map((one) => flagOf(one)),
    operands: operandsOf(command.registeredArguments),
  };
  return [own, ...help.visibleCommands(command).flatMap((one) => pagesOf(one, `${path}/${one.name()}`))];
}

function operandsOf(taken: readonly Argument[]): Operands {
  const choices = taken.flatMap(({ argChoices }) => argChoices ?? []);
  return taken.length > 0 && choices.length === 0 ? 'files' : choices;
}

function flagOf(option: Option): Flag {
  const { short, long, description, flags } = option;
  return {
    names: [short, long].filter((name) => name !== undefined),
    about: brief(description),
    value: option.required || option.optional ? (option.argChoices ?? kindOf(flags)) : 'none',
  };
}

/** The names under which our options take a file. */
const kindOf = (flags: string): 'files' | 'other' => (/<(?:file|snapshot)>$/.test(flags) ? 'files' : 'other');

/** The first thing that a description says: there is one line for it. */
const brief = (about: string): string => /^.*?(?=; |: | \(|$)/.exec(about)?.[0] ?? about;
