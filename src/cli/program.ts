import { Command, InvalidArgumentError, Option } from 'commander';
import type { Io } from '../machine/io.ts';
import type { Named } from '../machine/report-file.ts';
import { VERSION } from '../model/version.ts';
import type { ReportKind } from '../report/media/document.ts';
import type { ApplyOptions } from './commands/apply.ts';
import type { AuditOptions } from './commands/audit.ts';
import type { DiffOptions } from './commands/diff.ts';
import type { EmulatorCommandOptions } from './commands/emulator.ts';
import type { ImportOptions } from './commands/import.ts';
import { addCredentialCommands } from './credential-commands.ts';
import { type Format } from '../report/media/formats.ts';
import { formatParser, settleFormat, type FormatWishes } from './format.ts';
import type { PlanOptions, ReportOptions } from './options.ts';

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
    const { checkOutputs } = await import('../machine/report-file.ts');
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

/** What the program lends to its groups of commands. */
export interface AdoptingTools {
  readonly io: Io;
  readonly done: (code: number) => void;
  /** Gives a command the options of all that talk to Zoho about a manifest. */
  readonly live: (command: Command, formats?: readonly Format[]) => Command;
  /** The same, for a command that reads no manifest. */
  readonly connected: (command: Command) => Command;
  readonly settled: <T extends ReportOptions & { readonly json?: boolean }>(options: T) => T;
  readonly told: <T extends ReportOptions & Named>(
    name: ReportKind,
    options: T,
    io: Io,
    command: (options: T) => Promise<number>,
  ) => Promise<number>;
}

const AUDIT_FORMATS: readonly Format[] = ['text', 'json', 'markdown', 'html', 'csv'];

/** `audit` and `import`: what an organisation has, and how it comes under review. */
export function addAdoptingCommands(
  program: Command,
  { io, done, live, connected, settled, told }: AdoptingTools,
): void {
  live(
    program
      .command('audit')
      .description('every field of a module: standard or custom, declared or not, missing'),
    AUDIT_FORMATS,
  )
    .option('--module <name>', 'only this module (default: those of the manifest, or Deals)')
    .option('--custom', 'list only custom fields')
    .option('--missing', 'list only fields that the manifest declares and Zoho lacks')
    .option('--unused', 'list only fields that are in no layout')
    .option('--type <type>', 'list only fields of this data type')
    .action(async (options: AuditOptions) => {
      const { audit } = await import('./commands/audit.ts');
      done(await told('audit', settled(options), io, (settings) => audit(settings, io)));
    });

  connected(
    program.command('import').description('print a manifest of what Zoho has; planning it says "in sync"'),
  )
    .option('--module <name>', 'the module (default: the one of --into, or Deals)')
    .option('--all', "Zoho's standard fields too, as fields that must exist")
    .option('--sort', "by API name instead of in Zoho's order")
    .option('--out <file>', 'write the manifest to a new file')
    .option('--into <file>', 'add what an existing manifest lacks; changes no line of it')
    .action(async (options: ImportOptions) => {
      const { importFields } = await import('./commands/import.ts');
      done(await importFields(settled(options), io));
    });
}

/** `emulator`: the local Zoho for other programs and for tests of pipelines. */
export function addEmulatorCommand(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('emulator')
    .description('run the local Zoho until stopped; prints the environment that points a client at it')
    .option(
      '--port <number>',
      'the port to listen on, on this machine only; 0 is any free one',
      portNumber,
      0,
    )
    .option('--state <file>', 'keep everything in this file (default: in memory)')
    .option('--seed <file>', 'start with these fields: what GET of fields answered for a real organisation')
    .option('--module <name>', 'the module that the seed is of', 'Deals')
    .option(
      '--switch <name=value>',
      'be another Zoho where its sources disagree; may be repeated',
      collected,
      [],
    )
    .option('--faults <file>', 'a JSON list of scripted faults')
    .option('--switches', 'list the switches and their positions, and stop')
    .action(async (options: EmulatorCommandOptions) => {
      const { emulator } = await import('./commands/emulator.ts');
      done(await emulator(options, io));
    });
}

function portNumber(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
}

function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
