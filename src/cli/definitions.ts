import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import type { Shell } from './commands/completion.ts';
import type { Io } from '../machine/io.ts';
import type { Named } from '../machine/outputs.ts';
import type { Begun } from './begin.ts';
import type { ApplyOptions } from './commands/apply.ts';
import type { DiffOptions } from './commands/diff.ts';
import {
  fileOption,
  live,
  reporting,
  RESULTS,
  type PlanOptions,
  type ReportOptions,
  type Run,
  connected,
  settingsOption,
} from './options.ts';
import type { Format } from '../report/media/formats.ts';
import type { AuditOptions } from './commands/audit.ts';
import type { EmulatorCommandOptions } from './commands/emulator.ts';
import type { ImportOptions } from './commands/import.ts';
import type { InitOptions } from './commands/init.ts';
import type { MatrixOptions } from './commands/matrix.ts';
import type { ProbeOptions } from './commands/probe.ts';
import type { SnapshotOptions } from './commands/snapshot.ts';
import type { StatusOptions } from './commands/auth-status.ts';
import type { DoctorOptions } from './commands/doctor.ts';
import { EXIT } from './exit-code.ts';
import { showHelp } from './help.ts';
import type { LoginOptions } from './login/form.ts';

/** What the commands stand on. */
export interface Ground {
  readonly io: Io;
  /** Makes the action of a command that reports, also what keeps it from a result. */
  readonly run: Run;
  /** Makes the action of any other command. */
  readonly simply: <Options extends object>(
    work: (options: Options) => Promise<number>,
  ) => (options: Options) => Promise<void>;
  /** Takes the exit code of the command that was run. */
  readonly done: (code: number) => void;
  /** What a plan needs, where it is under way already. */
  readonly begun: Begun | undefined;
}

/**
 * The commands and their options, in the order of the help. Each command's code is loaded only when it is run, so that
 * `--help` costs nothing and `validate` never loads an HTTP client.
 */
export function addCommands(program: Command, ground: Ground): void {
  addMainCommands(program, ground);
  addAdoptingCommands(program, ground);
  addCredentialCommands(program, ground);
  addCompletion(program, ground);
}

/** `plan`, `apply`, and what a manifest alone is enough for. */
function addMainCommands(program: Command, { io, run, begun }: Ground): void {
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

function days(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('an age is a whole number of days.');
}

/** What a command may print that lists fields. */
const TABLE_FORMATS: readonly Format[] = ['text', 'json', 'markdown', 'html', 'csv'];
/** What a probe may print: for a person, a script, and an issue. */
const PROBE_FORMATS: readonly Format[] = ['text', 'json', 'markdown'];

/** What an organisation has, and how it comes under review. */
function addAdoptingCommands(program: Command, { io, run, simply }: Ground): void {
  connected(program.command('init').description('write a first fields.yaml and what belongs beside it'))
    .addOption(fileOption('the manifest to write (default: fields.yaml)'))
    .option('--module <name>', 'the module (default: Deals)')
    .option('--from-live', 'start from the custom fields that Zoho has, instead of an example')
    .option('--workflow', 'write a workflow for GitHub too')
    .option('--yes', 'ask nothing')
    .action(simply(async (options: InitOptions) => (await import('./commands/init.ts')).init(options, io)));

  program
    .command('schema')
    .description('print the JSON Schema of the manifest')
    .action(simply(async () => (await import('./commands/schema-types.ts')).schema(io)));

  program
    .command('types')
    .description('print the declared API names and options as TypeScript; no network, no credentials')
    .addOption(fileOption())
    .action(
      simply(async (options: { readonly file?: string }) =>
        (await import('./commands/schema-types.ts')).printTypes(options, io),
      ),
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
    .action(
      simply(async (options: SnapshotOptions) =>
        (await import('./commands/snapshot.ts')).snapshot(options, io),
      ),
    );

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
    .action(
      simply(async (options: ImportOptions) =>
        (await import('./commands/import.ts')).importFields(options, io),
      ),
    );

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
    .action(
      simply(async (options: EmulatorCommandOptions) =>
        (await import('./commands/emulator.ts')).emulator(options, io),
      ),
    );
}

function portNumber(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('a port is a whole number from 0 to 65535.');
}

function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** `auth login`, `auth status` and `doctor`: the credentials got, shown and explained. */
function addCredentialCommands(program: Command, { io, simply, done }: Ground): void {
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
    .action(
      simply(async (options: LoginOptions) =>
        (await import('./commands/auth-login.ts')).authLogin(options, io),
      ),
    );

  reporting(auth.command('status').description('what is configured and from where; asks Zoho nothing'))
    .addOption(settingsOption('look at this file instead of .env'))
    .option('--online', 'get an access token where none is kept, to show its scopes')
    .option('--no-token-cache', 'neither look at nor keep access tokens')
    .action(
      simply(async (options: StatusOptions) =>
        (await import('./commands/auth-status.ts')).authStatus(options, io),
      ),
    );

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
    .action(
      simply(async (options: DoctorOptions) => (await import('./commands/doctor.ts')).doctor(options, io)),
    );
}

/** An option whose words are offered by a shell; what is typed is judged by the command, which says more. */
function offering(flags: string, about: string, words: readonly string[]): Option {
  return new Option(flags, about).choices(words).argParser((word) => word);
}

/** `completion`: what can be typed, for a shell. */
function addCompletion(program: Command, { io, done }: Ground): void {
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
