import { Command, InvalidArgumentError, Option } from 'commander';
import type { Format } from './command.ts';
import type { ApplyOptions } from './commands/apply.ts';
import type { PlanOptions } from './commands/plan.ts';
import type { Io } from './io.ts';
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
  )
    .option('--out <file>', 'save the plan, to apply exactly that one later')
    .option('--detailed-exitcode', 'exit 2 when there is something to create, or something differs')
    .option('--in-sync', 'list every field that is as declared')
    .option('--unmanaged', 'list custom fields in Zoho that the manifest does not name')
    .addHelpText('after', EXIT_CODES)
    .action(async (options: PlanOptions & JsonOption) => {
      const { plan } = await import('./commands/plan.ts');
      done(await plan(settled(options), io));
    });

  live(program.command('apply').description('show the plan, ask, create what is missing, read it back'))
    .argument('[plan]', 'a plan saved by "plan --out": does exactly that')
    .option('--yes', 'do not ask')
    .option('--allow-conflicts', 'create the rest even when some fields cannot be')
    .addHelpText('after', EXIT_CODES)
    .action(async (planPath: string | undefined, options: ApplyOptions & JsonOption) => {
      const { apply } = await import('./commands/apply.ts');
      done(await apply(planPath, settled(options), io));
    });

  reporting(program.command('validate').description('check the manifest alone; no network, no credentials'))
    .addOption(fileOption())
    .action(async (options: { file?: string; format: Format } & JsonOption) => {
      const { validate } = await import('./commands/validate.ts');
      done(await validate(settled(options), io));
    });

  program
    .command('schema')
    .description('print the JSON Schema of the manifest')
    .action(async () => {
      const { schema } = await import('./commands/schema.ts');
      done(await schema(io));
    });

  return program;
}

interface JsonOption {
  readonly json?: boolean;
}

/** `--json` is another word for `--format json`. */
function settled<T extends { readonly format: Format } & JsonOption>(options: T): T {
  return options.json === true ? { ...options, format: 'json' } : options;
}

function reporting(command: Command): Command {
  return command
    .addOption(
      new Option('--format <format>', 'how to print the result').choices(['text', 'json']).default('text'),
    )
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'));
}

function live(command: Command): Command {
  return reporting(command)
    .addOption(fileOption())
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
