import { Command } from 'commander';
import type { Io } from '../machine/io.ts';
import type { Begun } from './begin.ts';
import type { Named } from '../machine/outputs.ts';
import { VERSION } from '../model/version.ts';
import type { ReportKind } from '../report/media/document.ts';
import { usableWidth } from '../report/media/layout.ts';
import { addCommands, type Ground } from './definitions.ts';
import { addHelp, HELP_LAYOUT } from './help.ts';
import { refuseEmptyValues, resolveFormat, type ReportOptions, type Run } from './options.ts';

/**
 * The program, with its commands.
 * @param done takes the exit code of the command that was run.
 * @param begun what a plan needs, where it is under way already.
 */
export function makeProgram(io: Io, done: (code: number) => void, begun?: Begun): Command {
  const width = (error: boolean): number => usableWidth((error ? io.stderr : io.stdout).columns);
  const program = new Command(io.command)
    .description('Declare the fields of a Zoho CRM module in YAML; plan, review, and create what is missing.')
    .version(VERSION, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .showSuggestionAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => width(false),
      getErrHelpWidth: () => width(true),
    })
    .configureHelp(HELP_LAYOUT);
  const run: Run =
    (name, work) =>
    async (...given) => {
      const command = given.at(-1) as Command;
      // An argument that may be repeated comes as a list of its own.
      const words = command.processedArgs.flat() as readonly (string | undefined)[];
      const options = resolveFormat(command.opts<ReportOptions & Named>());
      done(await reportFailures(name, options, words, io, () => work(options as never, words)));
    };
  const simply: Ground['simply'] = (work) => async (options) =>
    done(await work(resolveFormat(options as typeof options & ReportOptions)));
  addCommands(program, { io, run, simply, done, begun });
  refuseEmptyValues(program);
  addHelp(program, io.command, width);
  return program;
}

/**
 * Runs a command; what keeps it from a result is reported in every format that was asked for.
 * @param words the command's arguments, where they are files that no output may take the place of.
 */
async function reportFailures(
  name: ReportKind,
  options: ReportOptions & Named,
  words: readonly (string | undefined)[],
  io: Io,
  work: () => Promise<number>,
): Promise<number> {
  if ((options.files ?? []).length > 0 || options.out !== undefined) {
    const { checkOutputs } = await import('../machine/outputs.ts');
    const compared = words.filter((path) => path !== undefined);
    await checkOutputs(options, compared, io);
  }
  try {
    return await work();
  } catch (error) {
    const { reportFailure } = await import('./deliver.ts');
    await reportFailure(error, name, options, io);
    throw error;
  }
}
