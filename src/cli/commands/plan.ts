import { basename } from 'node:path';
import type { Plan } from '../../model/plan.ts';
import { makePlan, type LiveModule } from '../../plan/make-plan.ts';
import { readLive } from '../../plan/read-live.ts';
import { serialisePlan } from '../../plan/saved-plan.ts';
import { workOf } from '../../plan/unfinished.ts';
import { diagnosticsText } from '../../report/diagnostics-text.ts';
import { lookOf, type LiveOptions } from '../command.ts';
import { connect } from '../connect.ts';
import { deliver } from '../deliver.ts';
import { EXIT, exitForPlan } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { openJournal } from '../journal-file.ts';
import { later, onItsWay } from '../later.ts';
import { DEFAULT_MANIFEST, readManifest } from '../read-manifest.ts';
import { applyCommand, nextStep } from '../next-step.ts';
import { writePlanFile } from '../plan-file.ts';
import type { TellOrigins } from '../read-origins.ts';
import { planRenders } from '../renders/plan.ts';

export interface PlanOptions extends LiveOptions {
  readonly out?: string;
  readonly detailedExitcode?: boolean;
  readonly inSync?: boolean;
  readonly unmanaged?: boolean;
  /** The revision or file that a change starts from. */
  readonly base?: string;
}

/** `plan`: reads, compares, prints. Writes nothing to Zoho; the connection would not let it. */
export async function plan(options: PlanOptions, io: Io): Promise<number> {
  const path = options.file ?? DEFAULT_MANIFEST;
  // The token request leaves first and travels while the manifest is parsed; what is wrong with the manifest is told
  // before what is wrong with the credentials, because it is the user's to mend at once.
  const connecting = later(connect(options, 'read', path, io));
  await onItsWay(connecting);
  const [{ manifest, warnings }, base] = await Promise.all([
    readManifest(path, io),
    options.base === undefined ? undefined : originsOf(options.base, path, io),
  ]).catch(async (error: unknown) => {
    await connecting.then((connection) => connection.close()).catch(() => undefined);
    throw error;
  });
  const connection = await connecting;
  try {
    const [target, live] = await Promise.all([connection.target(), readLive(manifest, connection.reader)]);
    const journal = openJournal(path, io).entries;
    const made = makePlan(manifest, live.modules, live.directory, journal);
    if (options.out !== undefined) await writePlanFile(options.out, serialisePlan(made), io);
    const whose = await base?.((before) => makePlan(before, live.modules, live.directory, journal), made);
    const diagnostics = [...warnings, ...(whose?.warnings ?? [])];
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
  } finally {
    await connection.close();
  }
}

/** Reports are read elsewhere: there a saved plan has its name, and not this machine's folders. */
function named(options: PlanOptions): PlanOptions {
  return options.out === undefined ? options : { ...options, out: basename(options.out) };
}

/** Git and the comparison of versions are loaded only where a change is under review. */
async function originsOf(base: string, path: string, io: Io): Promise<TellOrigins> {
  const { readOrigins } = await import('../read-origins.ts');
  return readOrigins(base, path, io);
}

/** Writing stanzas needs all of the YAML library: only where they are asked for. */
async function stanzasOf(plan: Plan, live: readonly LiveModule[]): Promise<ReadonlyMap<string, string>> {
  const { readyStanzas } = await import('../../import/ready-stanzas.ts');
  return readyStanzas(plan.modules, live);
}
