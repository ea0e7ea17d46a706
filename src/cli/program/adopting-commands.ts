import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { Io } from '../../machine/io.ts';
import type { Format } from '../../report/media/formats.ts';
import type { AuditOptions } from '../commands/audit.ts';
import type { EmulatorCommandOptions } from '../commands/emulator.ts';
import type { ImportOptions } from '../commands/import.ts';
import type { InitOptions } from '../commands/init.ts';
import type { MatrixOptions } from '../commands/matrix.ts';
import type { ProbeOptions } from '../commands/probe.ts';
import type { SnapshotOptions } from '../commands/snapshot.ts';
import { connected, fileOption, live, reporting, resolveFormat, type Run } from '../options.ts';

/** What a command may print that lists fields. */
const TABLE_FORMATS: readonly Format[] = ['text', 'json', 'markdown', 'html', 'csv'];
/** What a probe may print: for a person, a script, and an issue. */
const PROBE_FORMATS: readonly Format[] = ['text', 'json', 'markdown'];

/** What an organisation has, and how it comes under review. */
export function addAdoptingCommands(program: Command, io: Io, run: Run, done: (code: number) => void): void {
  connected(program.command('init').description('write a first fields.yaml and what belongs beside it'))
    .addOption(fileOption('the manifest to write (default: fields.yaml)'))
    .option('--module <name>', 'the module (default: Deals)')
    .option('--from-live', 'start from the custom fields that Zoho has, instead of an example')
    .option('--workflow', 'write a workflow for GitHub too')
    .option('--yes', 'ask nothing')
    .action(async (options: InitOptions) => {
      const { init } = await import('../commands/init.ts');
      done(await init(resolveFormat(options), io));
    });

  program
    .command('schema')
    .description('print the JSON Schema of the manifest')
    .action(async () => done(await (await import('../commands/schema.ts')).schema(io)));

  program
    .command('types')
    .description('print the declared API names and options as TypeScript; no network, no credentials')
    .addOption(fileOption())
    .action(async (options: { readonly file?: string }) =>
      done(await (await import('../commands/types.ts')).printTypes(options, io)),
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
      run('audit', async (options: AuditOptions) =>
        (await import('../commands/audit.ts')).audit(options, io),
      ),
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
      const { snapshot } = await import('../commands/snapshot.ts');
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
        (await import('../commands/matrix.ts')).matrix(
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
      const { importFields } = await import('../commands/import.ts');
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
          return (await import('../commands/probe-create.ts')).probeCreate(options, io);
        return (await import('../commands/probe.ts')).probe(options, io);
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
      const { emulator } = await import('../commands/emulator.ts');
      done(await emulator(options, io));
    });
}

function portNumber(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('a port is a whole number from 0 to 65535.');
}

function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
