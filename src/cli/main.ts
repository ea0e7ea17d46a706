import { CommanderError } from 'commander';
import { interrupted, type Diagnostic, Problem } from '../model/problem.ts';
import { diagnosticsText } from '../report/media/diagnostics.ts';
import { lookOf, type Io } from '../machine/io.ts';
import { EXIT, exitForProblem } from './exit-code.ts';
import { hideSettings, secretFree } from '../run/secret-free-io.ts';
import type { Begun } from './begin.ts';
import { bugReport } from './bug-report.ts';
import { showHelp } from './help.ts';
import { makeProgram } from './program.ts';
import { settledWords } from './words.ts';
import { errorDocument } from '../report/media/escape.ts';

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
    if (!(error instanceof CommanderError) || error.exitCode === 0) return tellFailure(error, argv, world);
    const { wrongUsage } = await import('./usage.ts');
    return tellFailure(wrongUsage(error, argv, program, io), argv, world);
  }
}

/** Says what ended a command, in the form that was asked for, without a secret in it, and gives the exit code. */
export function tellFailure(error: unknown, argv: readonly string[], world: Io): number {
  const io = secretFree(world);
  const failure = describe(error, io);
  if (failure === undefined) return EXIT.done;
  if (wantsJson(argv)) io.stdout.write(errorDocument(failure.diagnostics));
  else {
    io.stderr.write(diagnosticsText(failure.diagnostics, lookOf(io.stderr, io)));
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
function describe(error: unknown, io: Io): Failure | undefined {
  if (error instanceof CommanderError && error.exitCode === 0) return undefined;
  if (io.interrupt.requested) return { code: EXIT.interrupted, diagnostics: interrupted().diagnostics };
  if (error instanceof Problem) return { code: exitForProblem(error.kind), diagnostics: error.diagnostics };
  return { code: EXIT.bug, ...bugReport(error) };
}
