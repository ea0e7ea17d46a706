import { reportWithoutTrying } from '../../apply/apply-plan.ts';
import type { ApplyReport } from '../../apply/outcome.ts';
import { interrupted, type Diagnostic, Problem, problem } from '../../model/problem.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { Plan } from '../../model/plan.ts';
import { shellWord, visible } from '../../model/visible.ts';
import { workOf, keptNamesLine } from '../../plan/earlier-runs.ts';
import type { RehearsalView } from '../../report/apply/rehearsal.ts';
import { eventText, waitText } from '../../report/apply/text.ts';
import { diagnosticsText } from '../../report/media/diagnostics.ts';
import { wrap, usableWidth } from '../../report/media/layout.ts';
import { planText } from '../../report/plan/text.ts';
import { type Target, ownerText } from '../../report/plan/view.ts';
import { executePlan, makeReceipt } from '../../run/execute-plan.ts';
import { lookOf, type Io } from '../../machine/io.ts';
import { canAsk, saysYes } from '../consent.ts';
import type { LiveOptions } from '../options.ts';
import {
  readSavedPlan,
  refuseElsewhere,
  lookAgain,
  makeReady,
  type Ready,
  type Wanted,
} from '../../run/make-ready.ts';
import { withConnection, type Connection } from '../../run/connect.ts';
import { deliver } from '../deliver.ts';
import { EXIT, exitForApply } from '../exit-code.ts';
import type { JournalFile } from '../../machine/journal-file.ts';
import { DEFAULT_MANIFEST } from '../../machine/read-bytes.ts';
import { readManifest } from '../../run/read-manifest.ts';
import { applyRenders } from '../../report/apply/formats.ts';
import { isOfBuiltInZoho } from '../../run/local-zoho.ts';
import { nobodyElse, takeExclusive } from '../../run/exclusive.ts';
import { count } from '../../model/count.ts';
import { permanentKeys } from '../../plan/compare.ts';

export interface ApplyOptions extends LiveOptions {
  readonly yes?: boolean;
  readonly allowConflicts?: boolean;
  /** The snapshot that the built-in Zoho of a rehearsal holds. */
  readonly seed?: string;
}

/** `apply`: shows the plan, asks, creates what is missing, reads back; with a saved plan does exactly that one. */
export async function apply(planPath: string | undefined, options: ApplyOptions, io: Io): Promise<number> {
  const { seed } = options;
  const rehearsed =
    seed === undefined
      ? undefined
      : await (await import('../../run/rehearsal.ts')).prepareRehearsal(seed, options, io);
  // Nothing that is rehearsed needs anyone's consent.
  const asking = options.yes !== true && rehearsed === undefined;
  if (asking && !canAsk(io)) throw cannotAsk();
  const saved = planPath === undefined ? undefined : await readSavedPlan(planPath, io);
  const manifestPath = options.file ?? DEFAULT_MANIFEST;
  if (
    saved !== undefined &&
    options.file === undefined &&
    options.emulator === true &&
    rehearsed === undefined
  )
    refuseElsewhere(
      saved,
      io.cwd,
      `Name the manifest with -f: zoho-fields apply ${planPath} -f ${saved.manifest.path} --emulator`,
    );
  return withConnection(
    {
      options: rehearsed === undefined ? options : { ...options, rehearsal: rehearsed.rehearsal },
      access: 'write',
      manifestPath,
      io,
    },
    async () => {
      const wanted = await readWanted(saved, options.file, manifestPath, io);
      await rehearsed?.check('plan_id' in wanted ? wanted : wanted.manifest);
      return wanted;
    },
    async (connection, wanted) => {
      const turn = rehearsed === undefined ? await takeExclusive(manifestPath, connection, io) : nobodyElse();
      try {
        const [target, ready] = await Promise.all([
          connection.target(),
          makeReady(wanted, connection, turn.journal.entries, io.now),
        ]);
        const warnings = [...(rehearsed?.doubts(ready.plan) ?? []), ...ready.warnings];
        const view = rehearsed === undefined ? {} : { rehearsal: rehearsed.view };
        const prepared = { ...ready, ...view, warnings, target, journal: turn.journal, asking };
        return await execute(prepared, connection, options, io);
      } finally {
        await turn.end();
      }
    },
  ).catch((error: unknown) => {
    // Not credentials are missing then, but the word that was there when it was planned.
    const isBuiltIn =
      saved !== undefined && options.emulator !== true && isOfBuiltInZoho(saved, manifestPath, io);
    if (isBuiltIn && error instanceof Problem && error.kind === 'configuration')
      throw plannedWithEmulator(planPath ?? '', options.file);
    throw error;
  });
}

/** What is to be done: a saved plan, or what a manifest declares. */
async function readWanted(
  saved: Plan | undefined,
  file: string | undefined,
  manifestPath: string,
  io: Io,
): Promise<Wanted> {
  if (saved !== undefined && file === undefined) return saved;
  const declared = await readManifest(manifestPath, io);
  if (saved === undefined) return declared;
  refuseOtherManifest(saved, declared.manifest);
  return saved;
}

/** All that is known before the question. */
interface Prepared extends Ready {
  /** Whether a person has to agree first. */
  readonly asking: boolean;
  readonly rehearsal?: RehearsalView;
  readonly target: Target;
  readonly journal: JournalFile;
}

async function execute(
  prepared: Prepared,
  connection: Connection,
  options: ApplyOptions,
  io: Io,
): Promise<number> {
  const { plan, warnings, target, asking, rehearsal } = prepared;
  const text = options.format === 'text';
  // Any other format is one document, at the end; until then a person at the terminal reads standard error.
  const screen = text ? io.stdout : io.stderr;
  const look = lookOf(screen, io);
  const requests = connection.session.requests;
  if (warnings.length > 0) io.stderr.write(`${diagnosticsText(warnings, look)}\n`);
  io.stderr.write(keptNamesLine(plan) ?? '');
  if (text || asking) {
    const facts = { target, requests, inSync: false, unmanaged: false, ...look };
    screen.write(
      planText(plan, rehearsal === undefined ? facts : { ...facts, rehearsal: rehearsal.snapshot }),
    );
  }
  const finish = async (
    report: ApplyReport,
    exit: number,
    { diagnostics = [], done = plan }: { diagnostics?: readonly Diagnostic[]; done?: Plan } = {},
  ) => {
    const view = {
      target,
      requests: connection.session.requests,
      diagnostics: [...warnings, ...diagnostics],
      // What a rehearsal created nobody has to take back.
      ...(rehearsal === undefined ? { receipt: await makeReceipt(done, report, io) } : { rehearsal }),
    };
    const complete = await deliver(applyRenders(done, report, view, look), options, io);
    if (text && report.problem !== undefined) {
      io.stderr.write(`\n${diagnosticsText(report.problem.diagnostics, look)}`);
    }
    return complete || exit !== EXIT.done ? exit : EXIT.failed;
  };
  if (plan.summary.conflict > 0 && options.allowConflicts !== true) {
    const report = reportWithoutTrying(plan, true);
    return finish(report, exitForApply(report));
  }
  const asks = workOf(plan).length > 0 && asking;
  if (asks && !(await confirmApply(plan, target, io))) {
    if (io.interrupt.requested) throw interrupted('Interrupted before anything was created.');
    if (!text) return finish(reportWithoutTrying(plan, false), EXIT.failed, { diagnostics: [declined()] });
    screen.write(`${wrap(declined().message, look.width, 0).join('\n')}\n`);
    return EXIT.failed;
  }
  const { entries } = prepared.journal;
  const agreed = asks ? await lookAgain(prepared, connection, entries, io.now) : prepared;
  const report = await run({ ...prepared, ...agreed }, connection, look, io);
  return finish(report, exitForApply(report), { done: agreed.plan });
}

async function run(
  prepared: Prepared,
  connection: Connection,
  look: ReturnType<typeof lookOf>,
  io: Io,
): Promise<ApplyReport> {
  let over = (): void => undefined;
  try {
    return await executePlan(prepared, connection, io, (event) => {
      over();
      const line = eventText(event, look.style);
      if (line !== undefined) io.stderr.write(`${line}\n`);
      const wait = waitText(event);
      over = wait === undefined ? () => undefined : io.busy(wait);
    });
  } finally {
    over();
  }
}

/** Naming a manifest beside a plan is a wish that they belong together. */
function refuseOtherManifest(saved: Plan, manifest: Manifest): void {
  if (saved.manifest.sha256 === manifest.sha256) return;
  throw problem(
    'stale',
    'manifest-changed',
    `Plan ${saved.plan_id} was made from another version of ${manifest.path}.`,
    'Plan again, or leave -f out to apply the plan as it was reviewed.',
  );
}

function declined(): Diagnostic {
  return {
    severity: 'error',
    code: 'declined',
    message: 'Nothing was created: the question was not answered with yes.',
  };
}

function plannedWithEmulator(path: string, file: string | undefined): Problem {
  const words = ['apply', path, ...(file === undefined ? [] : ['-f', file]), '--emulator'];
  return problem(
    'configuration',
    'planned-with-emulator',
    `The plan ${path} is of the built-in Zoho beside the manifest and fits no other, and no real one is configured either.`,
    `Apply it there: zoho-fields ${words.map(shellWord).join(' ')}. For a real organisation plan again without --emulator, once "zoho-fields auth login" has got credentials.`,
  );
}

function cannotAsk(): Problem {
  return problem(
    'usage',
    'cannot-ask',
    'apply asks before it creates anything, and there is no terminal to ask on. Piped input is not taken for an answer.',
    'Review the plan, then run apply with --yes; or run it in a terminal.',
  );
}

/**
 * Asks a person on a terminal, naming what cannot be undone.
 * @returns true only for a typed yes.
 */
async function confirmApply(plan: Plan, target: Target, io: Io): Promise<boolean> {
  const work = workOf(plan);
  const creates = work.filter((entry) => entry.action === 'create');
  const unfinished = work.length - creates.length;
  const choices = creates.reduce((sum, entry) => sum + 2 + permanentKeys(entry.field).length, 0);
  const modules = [...new Set(work.map((entry) => visible(entry.module)))].join(', ');
  const where = visible(ownerText(target));
  const finishing = `sets the label of ${count(unfinished, 'field')} that an earlier run created`;
  const told = [
    creates.length === 0
      ? `This ${finishing}, in ${modules} of ${where}. It creates no field.`
      : `This creates ${count(creates.length, 'field')} in ${modules} of ${where}.`,
    ...(creates.length > 0 && unfinished > 0 ? [`It ${finishing}.`] : []),
    ...(choices > 0
      ? [
          `${count(choices, 'choice')} cannot be undone: API names, data types and whatever else is marked permanent above.`,
        ]
      : []),
    'This tool never deletes a field.',
  ];
  const width = usableWidth(io.stderr.columns);
  io.stderr.write(`\n${told.flatMap((line) => wrap(line, width, 0)).join('\n')}\n`);
  return saysYes(io);
}
