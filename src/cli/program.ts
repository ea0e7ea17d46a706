import { Command, InvalidArgumentError, Option } from 'commander';
import type { ReportOptions } from './command.ts';
import type { ApplyOptions } from './commands/apply.ts';
import type { DiffOptions } from './commands/diff.ts';
import type { PlanOptions } from './commands/plan.ts';
import { addAdoptingCommands } from './adopting-commands.ts';
import { addCredentialCommands } from './credential-commands.ts';
import { addEmulatorCommand } from './emulator-command.ts';
import { formatParser, settleFormat, type Format, type FormatWishes } from './format.ts';
import type { Io } from './io.ts';
import type { ReportKind } from '../report/document.ts';
import type { Named } from './report-file.ts';
import { VERSION } from './version.ts';

/**
 * The commands and their options. Each command's code is loaded only when it is run, so that `--help` costs nothing and
 * `validate` never loads an HTTP client.
 * @param done takes the exit code of the command that was run.
 */
export function makeProgram(io: Io, done: (code: number) => void): Command {
  const program = new Command('zoho-fields')
    .description('Declare the fields of a Zoho CRM module in YAML; plan, review, and create what is missing.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => io.stdout.columns ?? 80,
    })
    .addHelpText('after', EXAMPLES);

  live(
    program
      .command('plan')
      .description('compare the manifest with Zoho and print what differs; writes nothing'),
    RESULTS,
  )
    .option('--out <file>', 'save the plan, to apply exactly that one later')
    .option('--detailed-exitcode', 'exit 2 when there is something to create, or something differs')
    .option('--in-sync', 'list every field that is as declared')
    .option('--unmanaged', 'list custom fields in Zoho that the manifest does not name')
    .option(
      '--base <rev>',
      'tell whose change each row is: planned also for the manifest of REV, REV:path or a file',
    )
    .addHelpText('after', EXIT_CODES)
    .action(async (options: PlanOptions & JsonOption) => {
      const { plan } = await import('./commands/plan.ts');
      done(await told('plan', settled(options), io, (settings) => plan(settings, io)));
    });

  live(
    program.command('apply').description('show the plan, ask, create what is missing, read it back'),
    RESULTS,
  )
    .argument('[plan]', 'a plan saved by "plan --out": does exactly that')
    .option('--yes', 'do not ask')
    .option('--allow-conflicts', 'create the rest even when some fields cannot be')
    .addHelpText('after', EXIT_CODES)
    .action(async (planPath: string | undefined, options: ApplyOptions & JsonOption) => {
      const { apply } = await import('./commands/apply.ts');
      done(
        await told('apply', settled(options), io, (settings) => apply(planPath, settings, io), [planPath]),
      );
    });

  reporting(program.command('validate').description('check the manifest alone; no network, no credentials'), [
    ...RESULTS,
    'sarif',
  ])
    .addOption(fileOption())
    .action(async (options: { file?: string } & ReportOptions & JsonOption) => {
      const { validate } = await import('./commands/validate.ts');
      done(await told('validate', settled(options), io, (settings) => validate(settings, io)));
    });

  reporting(
    program
      .command('diff')
      .description('what differs between two manifests, in meaning; no network, no credentials'),
    [...RESULTS, 'patch'],
  )
    .argument('<base>', 'the manifest before: a file, or REV:path of git; /dev/null stands for none')
    .argument('[head]', 'the manifest after, in the same way (default: the one of -f)')
    .addOption(fileOption())
    .action(async (base: string, head: string | undefined, options: DiffOptions & JsonOption) => {
      const { diff } = await import('./commands/diff.ts');
      done(
        await told('diff', settled(options), io, (settings) => diff(base, head, settings, io), [base, head]),
      );
    });

  program
    .command('schema')
    .description('print the JSON Schema of the manifest')
    .action(async () => {
      const { schema } = await import('./commands/schema.ts');
      done(await schema(io));
    });

  addAdoptingCommands(program, { io, done, live, connected, settled, told });
  addEmulatorCommand(program, io, done);
  addCredentialCommands(program, { io, done, reporting: (command) => reporting(command), settled });
  return program;
}

interface JsonOption {
  readonly json?: boolean;
}

/** What every command can print that compares something, or ends something. */
const RESULTS: readonly Format[] = ['text', 'json', 'markdown', 'html', 'github'];

/** Commander collects wishes under the option's name; the commands get what came of them. */
function settled<T extends ReportOptions & JsonOption>(options: T): T {
  const wishes = options.format as unknown as FormatWishes | undefined;
  return { ...options, ...settleFormat(wishes, options.json === true) };
}

/**
 * Runs a command; what keeps it from a result is told in every format that was asked for.
 * @param named the command's arguments, where they are files that no output may take the place of.
 */
async function told<T extends ReportOptions & Named>(
  name: ReportKind,
  options: T,
  io: Io,
  command: (options: T) => Promise<number>,
  named: readonly (string | undefined)[] = [],
): Promise<number> {
  if ((options.files ?? []).length > 0 || options.out !== undefined) {
    const { checkOutputs } = await import('./report-file.ts');
    const compared = named.filter((path) => path !== undefined);
    await checkOutputs(options, compared, io);
  }
  try {
    return await command(options);
  } catch (error) {
    const { reportFailure } = await import('./report-failure.ts');
    await reportFailure(error, name, options, io);
    throw error;
  }
}

function reporting(command: Command, formats: readonly Format[] = ['text', 'json']): Command {
  const toFiles = formats.length > 2;
  const more = toFiles ? '; FORMAT=FILE writes a file beside it, as often as wanted' : '';
  return command
    .addOption(
      new Option(
        '--format <format>',
        `how to print the result: ${formats.join(', ')} (default: text)${more}`,
      ).argParser(formatParser(formats, toFiles)),
    )
    .addOption(new Option('--json', 'the same as --format json'));
}

function live(command: Command, formats?: readonly Format[]): Command {
  return connected(command.addOption(fileOption()), formats);
}

function connected(command: Command, formats?: readonly Format[]): Command {
  return reporting(command, formats)
    .option('--emulator', 'talk to the built-in local Zoho instead of the real one')
    .option('--env-file <file>', 'read the settings from this file instead of .env')
    .option('--no-token-cache', 'ask for a new access token, and keep none');
}

function fileOption(): Option {
  return new Option(
    '-f, --file <file>',
    'the manifest; - reads standard input (default: fields.yaml)',
  ).argParser((value) => {
    if (value === '') throw new InvalidArgumentError('it is empty.');
    return value;
  });
}

const EXAMPLES = `
Examples:
  zoho-fields plan --emulator         try it without credentials
  zoho-fields validate                check fields.yaml
  zoho-fields plan --out deals.plan   read Zoho, save what would be done
  zoho-fields apply deals.plan        do exactly that
  zoho-fields diff main:fields.yaml   what changed in the manifest since main

The settings ZOHO_CLIENT_ID, ZOHO_CLIENT_SECRET, ZOHO_REFRESH_TOKEN and ZOHO_DC come from the environment or from .env.`;

const EXIT_CODES = `
Exit codes:
   0  done                              66  manifest or plan not found
   1  failed; answered no               69  Zoho unreachable or overloaded
   2  changes (--detailed-exitcode)     70  a bug of zoho-fields
   3  conflicts                         75  the saved plan no longer fits
   4  created, but not all as declared  77  credentials or permission refused
  64  wrong usage                       78  not configured
  65  manifest or plan invalid         130  interrupted`;
