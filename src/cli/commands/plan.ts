import type { Plan } from '../../model/plan.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { readLive } from '../../plan/read-live.ts';
import { serialisePlan } from '../../plan/saved-plan.ts';
import { workOf } from '../../plan/unfinished.ts';
import { diagnosticsText } from '../../report/diagnostics-text.ts';
import { jsonText, visible } from '../../report/escape.ts';
import { planJson } from '../../report/plan-json.ts';
import { planText } from '../../report/plan-text.ts';
import { lookOf, type LiveOptions } from '../command.ts';
import { connect } from '../connect.ts';
import { exitForPlan } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { openJournal } from '../journal-file.ts';
import { later, onItsWay } from '../later.ts';
import { DEFAULT_MANIFEST, readManifest } from '../read-manifest.ts';
import { writePlanFile } from '../plan-file.ts';

export interface PlanOptions extends LiveOptions {
  readonly out?: string;
  readonly detailedExitcode?: boolean;
  readonly inSync?: boolean;
  readonly unmanaged?: boolean;
}

/** `plan`: reads, compares, prints. Writes nothing to Zoho; the connection would not let it. */
export async function plan(options: PlanOptions, io: Io): Promise<number> {
  const path = options.file ?? DEFAULT_MANIFEST;
  // The token request leaves first and travels while the manifest is parsed; what is wrong with the manifest is told
  // before what is wrong with the credentials, because it is the user's to mend at once.
  const connecting = later(connect(options, 'read', path, io));
  await onItsWay(connecting);
  const { manifest, warnings } = await readManifest(path, io).catch(async (error: unknown) => {
    await connecting.then((connection) => connection.close()).catch(() => undefined);
    throw error;
  });
  const connection = await connecting;
  try {
    const [target, live] = await Promise.all([connection.target(), readLive(manifest, connection.reader)]);
    const made = makePlan(manifest, live.modules, live.directory, openJournal(path, io).entries);
    if (options.out !== undefined) await writePlanFile(options.out, serialisePlan(made), io);
    const requests = connection.session.requests;
    const unmanaged = options.unmanaged === true;
    if (options.format === 'json') {
      io.stdout.write(jsonText(planJson(made, { target, requests, diagnostics: warnings, unmanaged })));
    } else {
      const next = nextStep(made, options);
      const view = {
        target,
        requests,
        unmanaged,
        inSync: options.inSync === true,
        ...lookOf(io.stdout, io.env),
      };
      if (warnings.length > 0) io.stderr.write(`${diagnosticsText(warnings, view.style, view.width)}\n`);
      io.stdout.write(planText(made, { ...view, ...(next === undefined ? {} : { next }) }));
    }
    return exitForPlan(made, options.detailedExitcode === true);
  } finally {
    await connection.close();
  }
}

/** What to type next, with the same options. */
function nextStep(made: Plan, options: PlanOptions): string | undefined {
  const { create, conflict, drift } = made.summary;
  const file = options.file === undefined ? '' : ` -f ${shellWord(options.file)}`;
  const emulator = options.emulator === true ? ' --emulator' : '';
  const envFile = options.envFile === undefined ? '' : ` --env-file ${shellWord(options.envFile)}`;
  const subject = options.out === undefined ? file : ` ${shellWord(options.out)}`;
  if (conflict > 0) {
    return `Next: mend the conflicts${create > 0 ? '; until then apply creates nothing, unless it is run with --allow-conflicts' : ''}.`;
  }
  if (workOf(made).length > 0) return `Next: zoho-fields apply${subject}${emulator}${envFile}`;
  if (drift > 0)
    return 'Nothing to create. What differs is left alone: change it in Zoho, or write in the manifest what Zoho has.';
  return 'Nothing to do: Zoho is as declared.';
}

/** A file's name as it can be pasted into a shell, and without anything that acts on a terminal. */
function shellWord(text: string): string {
  return /^[\w./@:+-]+$/.test(text) ? text : visible(`'${text.replaceAll("'", "'\\''")}'`);
}
