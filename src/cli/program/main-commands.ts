import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { Io } from '../../machine/io.ts';
import type { Named } from '../../machine/report-file.ts';
import type { Begun } from '../../run/begin.ts';
import type { ApplyOptions } from '../commands/apply.ts';
import type { DiffOptions } from '../commands/diff.ts';
import {
  fileOption,
  live,
  reporting,
  RESULTS,
  type PlanOptions,
  type ReportOptions,
  type Run,
} from '../options.ts';

/** `plan`, `apply`, and what a manifest alone is enough for. */
export function addMainCommands(program: Command, io: Io, run: Run, begun?: Begun): void {
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
        if (from !== undefined) return (await import('../commands/plan-from.ts')).planFrom(from, options, io);
        return (await import('../commands/plan.ts')).plan(options, io, begun);
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
        (await import('../commands/apply.ts')).apply(plan, options, io),
      ),
    );

  reporting(program.command('validate').description('check the manifest alone; no network, no credentials'), [
    ...RESULTS,
    'sarif',
  ])
    .addOption(fileOption())
    .action(
      run('validate', async (options: ReportOptions & Named) =>
        (await import('../commands/validate.ts')).validate(options, io),
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
        (await import('../commands/diff.ts')).diff(base, head, options, io),
      ),
    );
}

function days(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('an age is a whole number of days.');
}
