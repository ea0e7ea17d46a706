import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommanderError, type Command } from 'commander';
import type { Diagnostic } from '../model/problem.ts';
import { Problem, problem } from '../model/problem.ts';
import { didYouMean } from '../model/closest.ts';
import { shellWord } from '../model/visible.ts';
import { diagnosticsText } from '../report/media/diagnostics.ts';
import { errorDocument } from '../report/media/json.ts';
import { bugReport } from './bug-report.ts';
import { lookOf } from '../run/look.ts';
import { EXIT, exitForProblem } from './exit-code.ts';
import { hideSettings } from '../run/secret-free-io.ts';
import type { Io } from '../machine/io.ts';
import type { Begun } from '../run/begin.ts';
import { makeProgram, showHelp } from './program.ts';
import { secretFree } from '../run/secret-free-io.ts';
import { isManifestName, settledWords } from './words.ts';

/**
 * Runs a command line and gives its exit code; what a command throws is caught here and nowhere else.
 * @param argv the words behind the program's name.
 * @param begun what its command needs, where it is under way already.
 */
export async function main(argv: readonly string[], world: Io, begun?: Begun): Promise<number> {
  hideSettings((name) => world.env[name]);
  const io = secretFree(world);
  let code: number = EXIT.done;
  const program = makeProgram(
    io,
    (result) => {
      code = result;
    },
    begun,
  );
  try {
    if (argv.length === 0) {
      showHelp(program, io);
      return EXIT.usage;
    }
    const commands = program.commands.map((one) => one.name());
    await program.parseAsync([...settledWords(argv, commands)], { from: 'user' });
    return code;
  } catch (error) {
    return tellFailure(strayWord(error, argv, program, io) ?? error, argv, world, helpFor(argv, program));
  }
}

/** The help that knows what was to be typed: that of the command, where one was named. */
function helpFor(argv: readonly string[], program: Command): string {
  let command = program;
  for (const word of argv) {
    const below = command.commands.find((one) => one.name() === word);
    if (below === undefined) break;
    command = below;
  }
  const names = command.parent === null || command.parent === program ? [] : [command.parent.name()];
  return ['zoho-fields', ...names, ...(command === program ? [] : [command.name()]), '--help'].join(' ');
}

/**
 * A file that stands alone behind a command that takes its manifest behind `-f`, or a misspelt command below another.
 * @returns the failure with what to type instead; `undefined` where it is another one.
 */
function strayWord(error: unknown, argv: readonly string[], program: Command, io: Io): Problem | undefined {
  if (!(error instanceof CommanderError) || error.code !== 'commander.excessArguments') return undefined;
  const command = program.commands.find((one) => one.args.length > one.registeredArguments.length);
  if (command !== undefined && command.commands.length > 0) {
    const names = command.commands.map((one) => one.name());
    const typed = command.args[0] ?? '';
    const hint = didYouMean(typed, names) ?? `There is: ${names.join(', ')}.`;
    return problem('usage', 'usage', `"${typed}" is not a command of ${command.name()}.`, hint);
  }
  const word = command?.args.find((one) => isManifestName(one) || existsSync(resolve(io.cwd, one)));
  if (command === undefined || word === undefined) return undefined;
  if (!command.options.some((option) => option.long === '--file')) return undefined;
  const rest = argv.filter((one) => one !== word && one !== command.name());
  // A second manifest is not what was meant.
  if (rest.some((one) => /^(?:-f|--file)/u.test(one))) return undefined;
  const typed = ['zoho-fields', command.name(), '-f', word, ...rest].map(shellWord).join(' ');
  const message = `${command.name()} takes no "${word}": name a manifest with -f.`;
  return problem('usage', 'usage', message, `If that is the manifest: ${typed}`);
}

/** Says what ended a command, in the form that was asked for, without a secret in it, and gives the exit code. */
export function tellFailure(
  error: unknown,
  argv: readonly string[],
  world: Io,
  help = 'zoho-fields --help',
): number {
  const io = secretFree(world);
  const failure = describe(error, io, help);
  if (failure === undefined) return EXIT.done;
  if (wantsJson(argv)) io.stdout.write(errorDocument(failure.diagnostics));
  else {
    const { style, width } = lookOf(io.stderr, io);
    io.stderr.write(diagnosticsText(failure.diagnostics, style, width));
    if (failure.report !== undefined) io.stderr.write(`\n${failure.report}`);
  }
  return failure.code;
}

/** Known from the words alone, because wrong usage has to be told in JSON too. */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  return words.some(
    (word, index) =>
      word === '--json' || word === '--format=json' || (word === 'json' && words[index - 1] === '--format'),
  );
}

interface Failure {
  readonly code: number;
  readonly diagnostics: readonly Diagnostic[];
  /** What a bug report needs. */
  readonly report?: string;
}

/** `undefined` for commander's way of saying that it printed help or the version. */
function describe(error: unknown, io: Io, help: string): Failure | undefined {
  if (error instanceof CommanderError) return error.exitCode === 0 ? undefined : wrongUsage(error, help);
  if (io.interrupt.requested) {
    return {
      code: EXIT.interrupted,
      diagnostics: [
        { severity: 'error', code: 'interrupted', message: 'Interrupted; nothing was written to Zoho.' },
      ],
    };
  }
  if (error instanceof Problem) return { code: exitForProblem(error.kind), diagnostics: error.diagnostics };
  return { code: EXIT.bug, ...bugReport(error) };
}

function wrongUsage(error: CommanderError, help: string): Failure {
  const [first, ...rest] = error.message.replace(/^error: /, '').split('\n');
  const message = `${(first ?? '').charAt(0).toUpperCase()}${(first ?? '').slice(1)}`;
  const hint = rest
    .join(' ')
    .trim()
    .replace(/^\((.*)\)$/u, '$1');
  return {
    code: EXIT.usage,
    diagnostics: [
      {
        severity: 'error',
        code: 'usage',
        message: message.endsWith('.') ? message : `${message}.`,
        remedy: `${hint === '' ? '' : `${hint} `}Run "${help}" to see what there is.`,
      },
    ],
  };
}
