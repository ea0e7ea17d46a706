import type { Command } from 'commander';
import type { ReportOptions } from './command.ts';
import type { AuditOptions } from './commands/audit.ts';
import type { ImportOptions } from './commands/import.ts';
import type { Format } from './format.ts';
import type { Io } from './io.ts';
import type { ReportKind } from '../report/document.ts';
import type { Named } from './report-file.ts';

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
