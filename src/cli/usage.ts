import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Argument, Command, CommanderError, Option } from 'commander';
import type { Io } from '../machine/io.ts';
import { didYouMean, meantOrAll } from '../model/closest.ts';
import { misuse, type Problem } from '../model/problem.ts';
import { shellWord } from '../model/visible.ts';
import { firstExample } from './help.ts';
import { isManifestName } from './words.ts';

/** What was typed, and what it was held against. */
interface Typed {
  readonly argv: readonly string[];
  readonly program: Command;
  /** The innermost command that was named. */
  readonly command: Command;
  readonly io: Pick<Io, 'cwd'>;
}

/** What is wrong, and what to do about it. */
interface Told {
  readonly message: string;
  readonly remedy?: string;
}

/**
 * What commander found wrong with a command line, in this tool's words: which word, why, and what to type instead. Commander
 * tells what it is about in its message alone, so that the words in quotes are taken from there.
 */
export function wrongUsage(
  error: CommanderError,
  argv: readonly string[],
  program: Command,
  io: Pick<Io, 'cwd'>,
): Problem {
  const typed = { argv, program, command: commandOf(argv, program), io };
  const text = error.message.replace(/^error: /, '');
  const told = WORDS[error.code]?.(text, typed) ?? { message: text };
  const help = `Run "zoho-fields ${[...pathOf(typed.command), '--help'].join(' ')}" to see what there is.`;
  const remedy =
    told.remedy === undefined
      ? help
      : told.remedy.includes('zoho-fields ')
        ? told.remedy
        : `${told.remedy} ${help}`;
  return misuse(told.message, remedy);
}

const WORDS: Readonly<Record<string, (text: string, typed: Typed) => Told | undefined>> = {
  'commander.unknownCommand': (text, { program }) => noCommand(quoted(text), program),
  'commander.unknownOption': (text, typed) => noOption(quoted(text), typed),
  'commander.missingArgument': (text, { command }) => {
    const argument = command.registeredArguments.find((one) => one.name() === quoted(text));
    return argument === undefined ? undefined : withoutArgument(argument, command);
  },
  'commander.optionMissingArgument': (text, { command }) => {
    const option = optionOf(text, command);
    return option === undefined ? undefined : withoutValue(option);
  },
  'commander.excessArguments': (_, typed) => wordTooMany(typed),
  'commander.invalidArgument': (text, { command }) => {
    const argument = command.registeredArguments.find((one) =>
      text.includes(` for argument '${one.name()}'`),
    );
    return wrongValue(text, argument ?? optionOf(text, command));
  },
};

/** The innermost command that the words name. */
function commandOf(argv: readonly string[], program: Command): Command {
  let command = program;
  for (const word of argv) {
    const below = command.commands.find((one) => one.name() === word);
    if (below !== undefined) command = below;
    if (below !== undefined && below.commands.length === 0) break;
  }
  return command;
}

/** The words that call a command; none for the program itself. */
function pathOf(command: Command): readonly string[] {
  return command.parent === null ? [] : [...pathOf(command.parent), command.name()];
}

const quoted = (text: string): string => /'([\s\S]*?)'/u.exec(text)?.[1] ?? '';

function optionOf(text: string, command: Command): Option | undefined {
  return command.options.find((one) => text.startsWith(`option '${one.flags}'`));
}

function noCommand(word: string, above: Command): Told {
  const names = above.commands.map((one) => one.name());
  const [owner] = pathOf(above);
  return {
    message: `"${word}" is not a command${owner === undefined ? '' : ` of ${owner}`}.`,
    ...remedyOf(
      didYouMean(word, names) ?? (owner === undefined ? undefined : `There are: ${names.join(', ')}.`),
    ),
  };
}

function noOption(word: string, { command, program }: Typed): Told {
  const name = word.split('=')[0] ?? word;
  if (name !== word && command.options.some((one) => one.long === name)) {
    return {
      message: `"${name}" takes no value, and "${word}" gives it one.`,
      remedy: `Write only "${name}".`,
    };
  }
  const owner = pathOf(command).join(' ');
  if (longOptions(command).includes(name)) {
    return {
      message: `"${name}" stands before the command, and belongs behind it.`,
      remedy: `Write, for instance: zoho-fields ${owner} ${word}`,
    };
  }
  const hint = didYouMean(name, longOptions(command));
  const others = withOption(name, program).filter((one) => one !== command);
  const also =
    others.length > 0 ? `It is one of ${others.map((one) => pathOf(one).join(' ')).join(', ')}.` : undefined;
  if (owner !== '') return { message: `${owner} has no option "${name}".`, ...remedyOf(also ?? hint) };
  return {
    message: `"${name}" is an option of no command here.`,
    remedy: also ?? hint ?? 'Write the command first, then its options.',
  };
}

const remedyOf = (remedy: string | undefined): Pick<Told, 'remedy'> =>
  remedy === undefined ? {} : { remedy };

function longOptions(command: Command): readonly string[] {
  return command.options.flatMap(({ long }) => (long === null || long === undefined ? [] : [long]));
}

function withOption(name: string, command: Command): readonly Command[] {
  const below = command.commands.flatMap((one) => withOption(name, one));
  return longOptions(command).includes(name) ? [command, ...below] : below;
}

function withoutArgument(argument: Argument, command: Command): Told {
  const path = pathOf(command).join(' ');
  const example = firstExample(path);
  return {
    message: `${path} needs a word behind it, <${argument.name()}>: ${argument.description}.`,
    ...remedyOf(example === undefined ? undefined : `Write, for instance: zoho-fields ${example}`),
  };
}

function withoutValue(option: Option): Told {
  const value = /<.*>/u.exec(option.flags)?.[0] ?? '';
  const choices = option.argChoices === undefined ? '' : `: ${option.argChoices.join(', ')}`;
  return { message: `"${option.long ?? option.flags}" needs its ${value} behind it${choices}.` };
}

/**
 * A word where none belongs: a misspelt command below another, a file that stands alone behind a command that takes its
 * manifest behind `-f`, or one word more than a command takes.
 */
function wordTooMany({ argv, command, io }: Typed): Told {
  if (command.commands.length > 0) return noCommand(command.args[0] ?? '', command);
  const path = pathOf(command).join(' ');
  const taken = command.registeredArguments;
  const manifest = command.args.find((one) => isManifestName(one) || existsSync(resolve(io.cwd, one)));
  if (taken.length === 0 && manifest !== undefined && longOptions(command).includes('--file')) {
    const rest = argv.filter((one) => one !== manifest && one !== command.name());
    // A second manifest is not what was meant.
    if (!rest.some((one) => /^(?:-f|--file)/u.test(one))) {
      const typed = ['zoho-fields', command.name(), '-f', manifest, ...rest].map(shellWord).join(' ');
      return {
        message: `${path} takes no "${manifest}": name a manifest with -f.`,
        remedy: `If that is the manifest: ${typed}`,
      };
    }
  }
  const extra = command.args[taken.length] ?? '';
  const names = taken.map((one) => one.name()).join(', then ');
  return {
    message:
      names === ''
        ? `${path} takes no argument, and "${extra}" is one.`
        : `${path} takes no more arguments than ${names}, and "${extra}" is one too many.`,
  };
}

/** A value that an option or an argument does not take: one of a closed set, or what its reader says of it. */
function wrongValue(text: string, of: Option | Argument | undefined): Told | undefined {
  if (of === undefined) return undefined;
  const name = 'flags' in of ? (of.long ?? of.flags) : `<${of.name()}>`;
  const found = /(?:argument|value) '([\s\S]*)' is invalid(?: for argument '[^']*')?\. ([\s\S]*)$/u.exec(
    text,
  );
  const [, value = '', why = ''] = found ?? [];
  if (value === '') return { message: `${name} is empty.`, remedy: 'Write its value, or leave it out.' };
  const choices = of.argChoices;
  if (choices === undefined || !why.startsWith('Allowed choices are'))
    return { message: `${name} ${value}: ${why}` };
  return {
    message: `"${value}" is not a value of ${name}.`,
    remedy: meantOrAll(value, choices),
  };
}
