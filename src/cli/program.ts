import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import type { Io } from '../machine/io.ts';
import type { Begun } from '../run/begin.ts';
import type { Named } from '../machine/report-file.ts';
import { VERSION } from '../model/version.ts';
import type { ReportKind } from '../report/media/document.ts';
import type { Format } from '../report/media/formats.ts';
import { usableWidth } from '../report/media/layout.ts';
import type { ApplyOptions } from './commands/apply.ts';
import type { AuditOptions } from './commands/audit.ts';
import type { StatusOptions } from './commands/auth-status.ts';
import type { Shell } from './commands/completion.ts';
import type { DiffOptions } from './commands/diff.ts';
import type { DoctorOptions } from './commands/doctor.ts';
import type { EmulatorCommandOptions } from './commands/emulator.ts';
import type { ImportOptions } from './commands/import.ts';
import type { InitOptions } from './commands/init.ts';
import type { MatrixOptions } from './commands/matrix.ts';
import type { ProbeOptions } from './commands/probe.ts';
import type { SnapshotOptions } from './commands/snapshot.ts';
import { EXIT } from './exit-code.ts';
import { addHelp, HELP_LAYOUT } from './help.ts';
import type { LoginOptions } from './login/login.ts';
import {
  connected,
  fileOption,
  live,
  refuseEmptyValues,
  reporting,
  resolveFormat,
  RESULTS,
  settingsOption,
  type PlanOptions,
  type ReportOptions,
} from './options.ts';

/** What a command may print that lists fields. */
const TABLE_FORMATS: readonly Format[] = ['text', 'json', 'markdown', 'html', 'csv'];
/** What a probe may print: for a person, a script, and an issue. */
const PROBE_FORMATS: readonly Format[] = ['text', 'json', 'markdown'];

/**
 * The commands and their options. Each command's code is loaded only when it is run, so that `--help` costs nothing and
 * `validate` never loads an HTTP client.
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
  addMainCommands(program, io, run, begun);
  addAdoptingCommands(program, io, run, done);
  addCredentialCommands(program, io, done);
  addCompletion(program, io, done);
  refuseEmptyValues(program);
  addHelp(program, io.command, width);
  return program;
}

/** Help that nobody asked for by name: on standard error, with its examples. */
export function showHelp(command: Command, io: Io): void {
  command.configureOutput({ writeErr: (text) => io.stderr.write(text) });
  command.outputHelp({ error: true });
}

/** Makes of a command what commander calls: the command gets its options with the format resolved, and the words behind it. */
type Run = (
  name: ReportKind,
  work: (options: never, words: readonly (string | undefined)[]) => Promise<number>,
) => (...given: unknown[]) => Promise<void>;

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
    const { checkOutputs } = await import('../machine/report-file.ts');
    const compared = words.filter((path) => path !== undefined);
    await checkOutputs(options, compared, io);
  }
  try {
    return await work();
  } catch (error) {
    const { reportFailure } = await import('./report-failure.ts');
    await reportFailure(error, name, options, io);
    throw error;
  }
}

/** `plan`, `apply`, and what a manifest alone is enough for. */
function addMainCommands(program: Command, io: Io, run: Run, begun?: Begun): void {
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
    .option('--from <snapshot>', 'plan what a snapshot holds: no network, no credentials, never applied')
    .option('--max-age <days>', 'with --from: days after which to warn of an old snapshot (default: 7)', days)
    .action(
      run('plan', async (options: PlanOptions) => {
        const { from } = options;
        if (from !== undefined) return (await import('./commands/plan-from.ts')).planFrom(from, options, io);
        return (await import('./commands/plan.ts')).plan(options, io, begun);
      }),
    );

  live(
    program.command('apply').description('show the plan, ask, create what is missing, read it back'),
    RESULTS,
  )
    .argument('[plan]', 'a plan saved by "plan --out": does exactly that')
    .option('--yes', 'do not ask')
    .option('--allow-conflicts', 'create the rest even when some fields cannot be')
    .option('--seed <snapshot>', 'with --emulator: rehearse in a throw-away Zoho that holds this snapshot')
    .action(
      run('apply', async (options: ApplyOptions, [plan]) =>
        (await import('./commands/apply.ts')).apply(plan, options, io),
      ),
    );

  reporting(program.command('validate').description('check the manifest alone; no network, no credentials'), [
    ...RESULTS,
    'sarif',
  ])
    .addOption(fileOption())
    .action(
      run('validate', async (options: ReportOptions & Named) =>
        (await import('./commands/validate.ts')).validate(options, io),
      ),
    );

  reporting(
    program
      .command('diff')
      .description('what differs between two manifests, in meaning; no network, no credentials'),
    [...RESULTS, 'patch'],
  )
    .argument('<base>', 'the manifest before: a file, or REV:path of git; /dev/null stands for none')
    .argument('[head]', 'the manifest after, in the same way (default: the one of -f)')
    .addOption(fileOption())
    .action(
      run('diff', async (options: DiffOptions, [base = '', head]) =>
        (await import('./commands/diff.ts')).diff(base, head, options, io),
      ),
    );
}

/** What an organisation has, and how it comes under review. */
function addAdoptingCommands(program: Command, io: Io, run: Run, done: (code: number) => void): void {
  connected(program.command('init').description('write a first fields.yaml and what belongs beside it'))
    .addOption(fileOption('the manifest to write (default: fields.yaml)'))
    .option('--module <name>', 'the module (default: Deals)')
    .option('--from-live', 'start from the custom fields that Zoho has, instead of an example')
    .option('--workflow', 'write a workflow for GitHub too')
    .option('--yes', 'ask nothing')
    .action(async (options: InitOptions) => {
      const { init } = await import('./commands/init.ts');
      done(await init(resolveFormat(options), io));
    });

  program
    .command('schema')
    .description('print the JSON Schema of the manifest')
    .action(async () => done(await (await import('./commands/schema.ts')).schema(io)));

  program
    .command('types')
    .description('print the declared API names and options as TypeScript; no network, no credentials')
    .addOption(fileOption())
    .action(async (options: { readonly file?: string }) =>
      done(await (await import('./commands/types.ts')).printTypes(options, io)),
    );

  live(
    program
      .command('audit')
      .description('every field of a module: standard or custom, declared or not, missing'),
    TABLE_FORMATS,
  )
    .option('--module <name>', 'only this module (default: those of the manifest, or Deals)')
    .option('--custom', 'list only custom fields')
    .option('--missing', 'list only fields that the manifest declares and Zoho lacks')
    .option('--unused', 'list only fields that are in no layout')
    .option('--type <type>', 'list only fields of this data type')
    .action(
      run('audit', async (options: AuditOptions) => (await import('./commands/audit.ts')).audit(options, io)),
    );

  live(
    program
      .command('snapshot')
      .description(
        'keep what plan reads in a file without secrets, for "plan --from"; writes nothing to Zoho',
      ),
  )
    .option('--out <file>', 'write it to this file, instead of an older snapshot (default: print it)')
    .option('--names-only', 'leave options and tooltips out, for repositories that everyone may read')
    .action(async (options: SnapshotOptions) => {
      const { snapshot } = await import('./commands/snapshot.ts');
      done(await snapshot(resolveFormat(options), io));
    });

  reporting(
    program
      .command('matrix')
      .description('every declared field in several organisations, side by side; writes nothing'),
    TABLE_FORMATS,
  )
    .argument('<settings...>', 'two to eight files of settings, each of another organisation')
    .addOption(fileOption())
    .option('--detailed-exitcode', 'exit 2 when an organisation is not as declared')
    .option('--no-token-cache', 'ask for new access tokens, and keep none')
    .action(
      run('matrix', async (options: MatrixOptions, files) =>
        (await import('./commands/matrix.ts')).matrix(
          files.filter((file) => file !== undefined),
          options,
          io,
        ),
      ),
    );

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
      done(await importFields(resolveFormat(options), io));
    });

  connected(
    program
      .command('probe')
      .description('what this Zoho does, held against what is believed of it; reads only, without --create'),
    PROBE_FORMATS,
  )
    .option('--module <name>', 'the module to look at', 'Deals')
    .option(
      '--out <file>',
      'keep the facts in a profile without a name or a secret, for "emulator --profile"',
    )
    .option('--create', 'announce, ask, and learn what only creating shows: at most five text fields')
    .option('--yes', 'with --create: do not ask; in sandbox and developer organisations alone')
    .action(
      run('probe', async (options: ProbeOptions) => {
        if (options.create === true)
          return (await import('./commands/probe-create.ts')).probeCreate(options, io);
        return (await import('./commands/probe.ts')).probe(options, io);
      }),
    );

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
    .option('--profile <file>', 'behave as the organisation did of which "probe --out" wrote this file')
    .option('--faults <file>', 'a JSON list of scripted faults')
    .option('--export', 'put "export" before each line, for a shell that is to source them')
    .option('--switches', 'list the switches and their positions, and stop')
    .action(async (options: EmulatorCommandOptions) => {
      const { emulator } = await import('./commands/emulator.ts');
      done(await emulator(options, io));
    });
}

/** `auth login`, `auth status` and `doctor`: the credentials got, shown and explained. */
function addCredentialCommands(program: Command, io: Io, done: (code: number) => void): void {
  const auth: Command = program
    .command('auth')
    .description('the credentials: get them, see what is configured')
    .helpCommand(false)
    .action(() => {
      showHelp(auth, io);
      done(EXIT.usage);
    });

  auth
    .command('login')
    .description('get a refresh token, step by step, prove it, and write it into .env')
    .addOption(settingsOption('write to this file instead of .env; it is made where there is none'))
    .addOption(
      offering('--dc <name>', 'the data centre', ['us', 'eu', 'in', 'au', 'jp', 'cn', 'ca', 'sa', 'uk']),
    )
    .addOption(offering('--environment <name>', 'which organisation', ['production', 'sandbox', 'developer']))
    .option('--client-id <id>', 'the client id, which is no secret')
    .option('--module <name>', 'the module to read as proof', 'Deals')
    .option('--emulator', 'rehearse it with the built-in local Zoho; nothing is written')
    .option('--keep-old-token', 'leave the refresh token that is replaced in a comment')
    .option('--no-token-cache', 'do not keep the access token that comes along')
    .action(async (options: LoginOptions) => {
      const { authLogin } = await import('./commands/auth-login.ts');
      done(await authLogin(options, io));
    });

  reporting(auth.command('status').description('what is configured and from where; asks Zoho nothing'))
    .addOption(settingsOption('look at this file instead of .env'))
    .option('--online', 'get an access token where none is kept, to show its scopes')
    .option('--no-token-cache', 'neither look at nor keep access tokens')
    .action(async (options: StatusOptions) => {
      const { authStatus } = await import('./commands/auth-status.ts');
      done(await authStatus(resolveFormat(options), io));
    });

  reporting(
    program
      .command('doctor')
      .description('check the credentials from the outside in; says what to fix first'),
  )
    .option('--emulator', 'look at the built-in local Zoho instead of the real one')
    .addOption(settingsOption('read the settings from this file instead of .env'))
    .option('--module <name>', 'the module to read', 'Deals')
    .option('--read-only', 'judge only what plan needs: a token for reviews need not create')
    .option(
      '--try-other-data-centres',
      'where the client is unknown: ask the other data centres too, which sends them the secrets',
    )
    .option('--no-token-cache', 'neither look at nor keep access tokens')
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import('./commands/doctor.ts');
      done(await doctor(resolveFormat(options), io));
    });
}

/** `completion`: what can be typed, for a shell. */
function addCompletion(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('completion')
    .description('print a script that completes commands and options in a shell')
    .addArgument(
      new Argument('<shell>', 'bash, zsh or fish').choices(['bash', 'zsh', 'fish'] satisfies Shell[]),
    )
    .action(async (shell: Shell) =>
      done(await (await import('./commands/completion.ts')).completion(program, shell, io)),
    );
}

/** An option whose words are offered by a shell; what is typed is judged by the command, which says more. */
function offering(flags: string, about: string, words: readonly string[]): Option {
  return new Option(flags, about).choices(words).argParser((word) => word);
}

function portNumber(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('a port is a whole number from 0 to 65535.');
}

function days(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('an age is a whole number of days.');
}

function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
