import { basename } from 'node:path';
import type { LoadedManifest } from '../manifest/load.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Plan } from '../model/plan.ts';
import { makePlan, type LiveModule } from '../plan/make-plan.ts';
import { planLive } from '../plan/plan-live.ts';
import { serialisePlan } from '../plan/saved-plan.ts';
import { isToBeCreated } from '../plan/to-be-created.ts';
import { workOf } from '../plan/unfinished.ts';
import { diagnosticsText } from '../report/diagnostics-text.ts';
import { lookOf } from './command.ts';
import type { PlanOptions } from './commands/plan.ts';
import type { Connection } from './connect.ts';
import { deliver } from './deliver.ts';
import { EXIT, exitForPlan } from './exit-code.ts';
import type { Io } from './io.ts';
import { openJournal } from './journal-file.ts';
import { DEFAULT_MANIFEST } from './read-manifest.ts';
import { applyCommand, nextStep } from './next-step.ts';
import { writePlanFile } from './plan-file.ts';
import type { TellOrigins } from './read-origins.ts';
import { planRenders } from './renders/plan.ts';

/** What a plan is made from. */
export interface PlanInput {
  readonly manifest: Manifest;
  readonly doubts: LoadedManifest['doubts'];
  /** Tells whose change each row is, where a base was named. */
  readonly base: TellOrigins | undefined;
  readonly connection: Connection;
}

/** Reads live, makes the plan, saves it where that is wished, and prints it. */
export async function showPlan(
  { manifest, doubts, base, connection }: PlanInput,
  options: PlanOptions,
  io: Io,
): Promise<number> {
  const path = options.file ?? DEFAULT_MANIFEST;
  const journal = openJournal({ ...connection, manifestPath: path }, io).entries;
  const [target, { plan: made, live, warnings }] = await Promise.all([
    connection.target(),
    planLive(manifest, connection.reader, journal),
  ]);
  if (options.out !== undefined) await writePlanFile(options.out, serialisePlan(made), io);
  const whose = await base?.((before) => makePlan(before, live.modules, live.directory, journal), made);
  const diagnostics = [...doubts(isToBeCreated(made)), ...warnings, ...(whose?.warnings ?? [])];
  const next = nextStep(made, options);
  const facts = {
    target,
    requests: connection.session.requests,
    unmanaged: options.unmanaged === true,
    ...(options.unmanaged === true ? { stanzas: await stanzasOf(made, live.modules) } : {}),
    inSync: options.inSync === true,
    diagnostics,
    ...lookOf(io.stdout, io.env),
    ...(whose?.origins === undefined ? {} : { origins: whose.origins }),
    ...(next === undefined ? {} : { next }),
    ...(workOf(made).length === 0
      ? {}
      : { apply: { command: applyCommand(named(options)), saved: options.out !== undefined } }),
  };
  if (options.format === 'text' && diagnostics.length > 0) {
    io.stderr.write(`${diagnosticsText(diagnostics, facts.style, facts.width)}\n`);
  }
  const complete = await deliver(planRenders(made, facts), options, io);
  if (!complete) return EXIT.failed;
  return exitForPlan(made, options.detailedExitcode === true);
}

/** Reports are read elsewhere: there a saved plan has its name, and not this machine's folders. */
function named(options: PlanOptions): PlanOptions {
  return options.out === undefined ? options : { ...options, out: basename(options.out) };
}

/** Writing stanzas needs all of the YAML library: only where they are asked for. */
async function stanzasOf(plan: Plan, live: readonly LiveModule[]): Promise<ReadonlyMap<string, string>> {
  const { readyStanzas } = await import('../import/ready-stanzas.ts');
  return readyStanzas(plan.modules, live);
}
