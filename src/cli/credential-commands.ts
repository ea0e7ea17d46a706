import type { Command } from 'commander';
import type { ReportOptions } from './options.ts';

import type { StatusOptions } from './commands/auth-status.ts';
import type { DoctorOptions } from './commands/doctor.ts';
import { EXIT } from './exit-code.ts';
import type { Io } from '../machine/io.ts';
import type { LoginOptions } from './login/login.ts';

/** What the program lends to its groups of commands. */
export interface ProgramTools {
  readonly io: Io;
  readonly done: (code: number) => void;
  /** Gives a command the options of all that report. */
  readonly reporting: (command: Command) => Command;
  readonly settled: <T extends ReportOptions & { readonly json?: boolean }>(options: T) => T;
}

/** `auth login`, `auth status` and `doctor`: the credentials got, shown and explained. */
export function addCredentialCommands(
  program: Command,
  { io, done, reporting, settled }: ProgramTools,
): void {
  const auth: Command = program
    .command('auth')
    .description('the credentials: get them, see what is configured')
    .helpCommand(false)
    .action(() => {
      io.stderr.write(auth.helpInformation());
      done(EXIT.usage);
    });

  auth
    .command('login')
    .description('get a refresh token, step by step, prove it, and write it into .env')
    .option('--env-file <file>', 'write to this file instead of .env')
    .option('--dc <name>', 'the data centre: us, eu, in, au, jp, cn, ca, sa or uk')
    .option('--environment <name>', 'production, sandbox or developer')
    .option('--client-id <id>', 'the client id, which is no secret')
    .option('--module <name>', 'the module to read as proof', 'Deals')
    .option('--keep-old-token', 'leave the refresh token that is replaced in a comment')
    .option('--no-token-cache', 'do not keep the access token that comes along')
    .addHelpText('after', LOGIN_HELP)
    .action(async (options: LoginOptions) => {
      const { authLogin } = await import('./commands/auth-login.ts');
      done(await authLogin(options, io));
    });

  reporting(auth.command('status').description('what is configured and from where; asks Zoho nothing'))
    .option('--env-file <file>', 'look at this file instead of .env')
    .option('--online', 'get an access token where none is kept, to show its scopes')
    .option('--no-token-cache', 'neither look at nor keep access tokens')
    .action(async (options: StatusOptions) => {
      const { authStatus } = await import('./commands/auth-status.ts');
      done(await authStatus(settled(options), io));
    });

  reporting(
    program
      .command('doctor')
      .description('check the credentials from the outside in; says what to mend first'),
  )
    .option('--emulator', 'look at the built-in local Zoho instead of the real one')
    .option('--env-file <file>', 'read the settings from this file instead of .env')
    .option('--module <name>', 'the module to read', 'Deals')
    .option('--read-only', 'judge only what plan needs: a token for reviews need not create')
    .option(
      '--try-other-data-centres',
      'where the client is unknown: ask the other data centres too, which sends them the secrets',
    )
    .option('--no-token-cache', 'neither look at nor keep access tokens')
    .addHelpText('after', DOCTOR_HELP)
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import('./commands/doctor.ts');
      done(await doctor(settled(options), io));
    });
}

const LOGIN_HELP = `
At a terminal it asks for whatever is missing. Elsewhere the client id and secret
come from the environment, the file or --client-id, and the code from standard
input:
  zoho-fields auth login --dc eu < code.txt
No secret is taken from the command line, where other users could read it.`;

const DOCTOR_HELP = `
Exit codes:
   0  ready (there may be warnings)     77  credentials or permission refused
   1  the module cannot be read         78  a variable is missing or malformed
  69  Zoho unreachable or overloaded`;
