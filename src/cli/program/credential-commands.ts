import { Option, type Command } from 'commander';
import type { Io } from '../../machine/io.ts';
import type { StatusOptions } from '../commands/auth-status.ts';
import type { DoctorOptions } from '../commands/doctor.ts';
import { EXIT } from '../exit-code.ts';
import { showHelp } from '../help.ts';
import type { LoginOptions } from '../login/login.ts';
import { reporting, resolveFormat, settingsOption } from '../options.ts';

/** `auth login`, `auth status` and `doctor`: the credentials got, shown and explained. */
export function addCredentialCommands(program: Command, io: Io, done: (code: number) => void): void {
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
      const { authLogin } = await import('../commands/auth-login.ts');
      done(await authLogin(options, io));
    });

  reporting(auth.command('status').description('what is configured and from where; asks Zoho nothing'))
    .addOption(settingsOption('look at this file instead of .env'))
    .option('--online', 'get an access token where none is kept, to show its scopes')
    .option('--no-token-cache', 'neither look at nor keep access tokens')
    .action(async (options: StatusOptions) => {
      const { authStatus } = await import('../commands/auth-status.ts');
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
      const { doctor } = await import('../commands/doctor.ts');
      done(await doctor(resolveFormat(options), io));
    });
}

/** An option whose words are offered by a shell; what is typed is judged by the command, which says more. */
function offering(flags: string, about: string, words: readonly string[]): Option {
  return new Option(flags, about).choices(words).argParser((word) => word);
}
