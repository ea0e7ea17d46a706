import { InvalidArgumentError, type Command } from 'commander';
import type { EmulatorCommandOptions } from './commands/emulator.ts';
import type { Io } from './io.ts';

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
