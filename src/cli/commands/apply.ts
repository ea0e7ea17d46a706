import { applyPlan, reportWithoutTrying } from '../../apply/apply-plan.ts';
import type { ApplyReport } from '../../apply/outcome.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { Plan } from '../../model/plan.ts';
import { Problem, problem } from '../../model/problem.ts';
import { makePlan, type LiveModule } from '../../plan/make-plan.ts';
import { readLive } from '../../plan/read-live.ts';
import { intent, refreshPlan } from '../../plan/stale.ts';
import { applyJson } from '../../report/apply-json.ts';
import { applyText, eventText } from '../../report/apply-text.ts';
import { diagnosticsText } from '../../report/diagnostics-text.ts';
import { jsonText } from '../../report/escape.ts';
import { planText, type Target } from '../../report/plan-text.ts';
import { ZohoWriter } from '../../zoho/writer.ts';
import { lookOf, type LiveOptions } from '../command.ts';
import { canAsk, confirmApply } from '../confirm.ts';
import { connect, type Connection } from '../connect.ts';
import { EXIT, exitForApply } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { later, onItsWay } from '../later.ts';
import { readPlanFile } from '../plan-file.ts';
import { DEFAULT_MANIFEST, readManifest } from '../read-manifest.ts';

export interface ApplyOptions extends LiveOptions {
  readonly yes?: boolean;
  readonly allowConflicts?: boolean;
}

/** A plan ready to be executed, with what it was made from. */
interface Ready {
  readonly plan: Plan;
  readonly live: readonly LiveModule[];
  readonly warnings: readonly Diagnostic[];
}

/** `apply`: shows the plan, asks, creates what is missing, reads back; with a saved plan does exactly that one. */
export async function apply(planPath: string | undefined, options: ApplyOptions, io: Io): Promise<number> {
  if (options.yes !== true && !canAsk(io)) throw cannotAsk();
  const saved = planPath === undefined ? undefined : await readPlanFile(planPath, io);
  const manifestPath = options.file ?? saved?.manifest.path ?? DEFAULT_MANIFEST;
  const connecting = later(connect(options, 'write', manifestPath, io));
  await onItsWay(connecting);
  try {
    const wanted =
      saved === undefined || options.file !== undefined ? await readManifest(manifestPath, io) : undefined;
    if (saved !== undefined && wanted !== undefined) refuseOtherManifest(saved, wanted.manifest);
    const connection = await connecting;
    const reading = saved === undefined ? readyFrom(wanted, connection) : readyFromSaved(saved, connection);
    const [target, ready] = await Promise.all([connection.target(), reading]);
    return await execute(ready, target, connection, options, io);
  } finally {
    await connecting.then((connection) => connection.close()).catch(() => undefined);
  }
}

async function readyFrom(
  wanted: Awaited<ReturnType<typeof readManifest>> | undefined,
  connection: Connection,
): Promise<Ready> {
  if (wanted === undefined) throw new Error('neither a plan nor a manifest was read');
  const live = await readLive(wanted.manifest, connection.reader);
  const plan = makePlan(wanted.manifest, live.modules, live.directory);
  return { plan, live: live.modules, warnings: wanted.warnings };
}

async function readyFromSaved(saved: Plan, connection: Connection): Promise<Ready> {
  const { modules } = await readLive(intent(saved), connection.reader);
  return { plan: refreshPlan(saved, modules), live: modules, warnings: [] };
}

async function execute(
  ready: Ready,
  target: Target,
  connection: Connection,
  options: ApplyOptions,
  io: Io,
): Promise<number> {
  const { plan, live, warnings } = ready;
  const json = options.format === 'json';
  // The one document of --json comes at the end; until then a person at the terminal reads standard error.
  const screen = json ? io.stderr : io.stdout;
  const look = lookOf(screen, io.env);
  const requests = connection.session.requests;
  if (warnings.length > 0) io.stderr.write(`${diagnosticsText(warnings, look.style, look.width)}\n`);
  if (!json || options.yes !== true) {
    screen.write(planText(plan, { target, requests, inSync: false, unmanaged: false, ...look }));
  }
  const finish = (report: ApplyReport, diagnostics: readonly Diagnostic[] = []): void => {
    const view = {
      target,
      requests: connection.session.requests,
      diagnostics: [...warnings, ...diagnostics],
    };
    if (json) io.stdout.write(jsonText(applyJson(plan, report, view)));
    else io.stdout.write(`\n${applyText(report, look)}`);
    if (!json && report.problem !== undefined) {
      io.stderr.write(`\n${diagnosticsText(report.problem.diagnostics, look.style, look.width)}`);
    }
  };
  if (plan.summary.conflict > 0 && options.allowConflicts !== true) {
    const report = reportWithoutTrying(plan, true);
    finish(report);
    return exitForApply(report);
  }
  if (plan.summary.create > 0 && options.yes !== true && !(await confirmApply(plan, target, io))) {
    if (io.interrupt.requested)
      throw problem('interrupted', 'interrupted', 'Interrupted before anything was created.');
    if (json) finish(reportWithoutTrying(plan, false), [declined()]);
    else screen.write('Nothing was created: the question was not answered with yes.\n');
    return EXIT.failed;
  }
  const report = await run(plan, live, connection, look, io);
  finish(report);
  return exitForApply(report);
}

async function run(
  plan: Plan,
  live: readonly LiveModule[],
  connection: Connection,
  look: ReturnType<typeof lookOf>,
  io: Io,
): Promise<ApplyReport> {
  io.interrupt.beginWriting();
  return applyPlan(plan, live, {
    reader: connection.reader,
    writer: new ZohoWriter(connection.session),
    wait: io.wait,
    settleMs: connection.settleMs,
    interrupted: () => io.interrupt.requested,
    onEvent: (event) => {
      const line = eventText(event, look.style);
      if (line !== undefined) io.stderr.write(`${line}\n`);
    },
  });
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
    message: 'The question was not answered with yes, so nothing was created.',
  };
}

function cannotAsk(): Problem {
  return problem(
    'usage',
    'cannot-ask',
    'apply asks before it creates anything, and there is no terminal to ask on. Piped input is not taken for an answer.',
    'Review the plan, then run apply with --yes; or run it in a terminal.',
  );
}
