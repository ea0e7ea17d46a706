import { basename } from 'node:path';
import { type Io, lookOf } from '../machine/io.ts';
import { PLAN, refuseSecret, writeKept } from '../machine/kept-file.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { PlanReader, RequestCount } from '../model/live-field.ts';
import type { Plan } from '../model/plan.ts';
import type { Diagnostic } from '../model/problem.ts';
import { workOf, keptNamesLine } from '../plan/earlier-runs.ts';
import { makePlan, type LiveModule } from '../plan/make-plan.ts';
import { planLive } from '../plan/plan-live.ts';
import { isToBeCreated } from '../plan/remarks.ts';
import { serialisePlan } from '../plan/saved-plan.ts';
import { diagnosticsText } from '../report/media/diagnostics.ts';
import { DRIFT_ADVICE } from '../report/plan/totals.ts';
import { planRenders } from '../report/plan/formats.ts';
import type { SnapshotView, Target } from '../report/plan/view.ts';
import type { PlanWish } from '../run/read-manifest.ts';
import { settingsWords, type PlanOptions } from './options.ts';
import { shellWord } from '../model/visible.ts';
import { deliver } from './deliver.ts';
import { EXIT, exitForPlan } from './exit-code.ts';
import { holdsSecret } from '../zoho/redact.ts';
import { scopeGaps } from '../run/scope-gaps.ts';

/** What a plan is made from. */
export interface PlanInput extends PlanWish {
  readonly source: PlanSource;
}

/** What takes the place of Zoho while a plan is made: a connection, or a snapshot. */
export interface PlanSource {
  readonly reader: PlanReader;
  /** What earlier runs noted. */
  readonly journal: readonly JournalEntry[];
  readonly target: () => Promise<Target>;
  /** What the credentials allow; nothing where none are used, or nobody knows. */
  readonly scopes: () => Promise<readonly string[]>;
  /** How many were sent by now. */
  readonly requests: () => RequestCount;
  /** Where it is a snapshot: which one, and what is doubtful about a plan of it. */
  readonly snapshot?: { readonly view: SnapshotView; readonly doubts: (plan: Plan) => readonly Diagnostic[] };
}

/** Reads live, makes the plan, saves it where that is wished, and prints it. */
export async function showPlan(
  { manifest, doubts, base, source }: PlanInput,
  options: PlanOptions,
  io: Io,
): Promise<number> {
  const { journal, snapshot } = source;
  const [target, { plan: made, live, warnings }] = await Promise.all([
    source.target(),
    planLive(manifest, source.reader, journal),
  ]);
  const gaps = scopeGaps(made, await source.scopes());
  if (options.out !== undefined) await savePlan(made, options.out, io);
  const whose = await base?.((before) => makePlan(before, live.modules, live.directory, journal), made);
  const diagnostics = [
    ...(snapshot?.doubts(made) ?? []),
    ...doubts(isToBeCreated(made)),
    ...warnings,
    ...(whose?.warnings ?? []),
  ];
  const next = snapshot === undefined ? nextStep(made, gaps.length > 0, options) : LIVE_FIRST;
  const facts = {
    target,
    requests: source.requests(),
    ...(snapshot === undefined ? {} : { snapshot: snapshot.view }),
    unmanaged: options.unmanaged === true,
    ...(options.unmanaged === true ? { stanzas: await stanzasOf(made, live.modules) } : {}),
    inSync: options.inSync === true,
    diagnostics,
    gaps,
    ...lookOf(io.stdout, io),
    ...(whose?.origins === undefined ? {} : { origins: whose.origins }),
    ...(next === undefined ? {} : { next }),
    ...(workOf(made).length === 0 || gaps.length > 0 || snapshot !== undefined
      ? {}
      : { apply: { command: applyCommand(named(options)), saved: options.out !== undefined } }),
  };
  const told = [...diagnostics, ...gaps];
  if (options.format === 'text' && told.length > 0) {
    io.stderr.write(`${diagnosticsText(told, facts)}\n`);
  }
  io.stderr.write(keptNamesLine(made) ?? '');
  const complete = await deliver(planRenders(made, facts), options, io);
  if (!complete) return EXIT.failed;
  return exitForPlan(made, options.detailedExitcode === true);
}

/** A plan of a snapshot leads to a plan, and to nothing that writes. */
export const LIVE_FIRST =
  'A plan of a snapshot cannot be applied: run "zoho-fields plan" without --from, with credentials, for one that can.';

async function savePlan(plan: Plan, path: string, io: Io): Promise<void> {
  const text = serialisePlan(plan);
  const modules = plan.modules.map(({ module, entries }) => ({
    module,
    fields: entries.map(({ field, differences, reasons }) => ({ ...field, differences, reasons })),
  }));
  refuseSecret({ what: 'plan', text, modules });
  await writeKept(PLAN, path, text, io);
}

/** Reports are read elsewhere: there a saved plan has its name, and not this machine's folders. */
function named(options: PlanOptions): PlanOptions {
  return options.out === undefined ? options : { ...options, out: basename(options.out) };
}

/** Writing stanzas needs all of the YAML library: only where they are asked for. */
async function stanzasOf(plan: Plan, live: readonly LiveModule[]): Promise<ReadonlyMap<string, string>> {
  const { readyStanzas } = await import('../import/import-module.ts');
  // A stanza is pasted and created as it stands: one with a secret, or the gap of one, is none.
  return new Map([...readyStanzas(plan.modules, live)].filter(([, stanza]) => !holdsSecret(stanza)));
}

/**
 * What to type next, with the same options.
 * @param lacksScope whether the credentials could not carry the plan out.
 */
export function nextStep(made: Plan, lacksScope: boolean, options: PlanOptions): string | undefined {
  const { create, conflict, drift } = made.summary;
  if (lacksScope) {
    const login = `zoho-fields auth login${settingsWords(options)}`;
    return `Next: ${login}, with its whole line of scopes, then plan again; with these credentials nothing can be created.`;
  }
  if (conflict > 0) {
    return `Next: resolve the conflicts${create > 0 ? '; until then apply creates nothing, unless it is run with --allow-conflicts' : ''}.`;
  }
  if (workOf(made).length > 0) return `Next: ${applyCommand(options)}${rehearsalHint(options)}`;
  if (drift > 0) return `Nothing to create. ${DRIFT_ADVICE}`;
  return 'Nothing to do: Zoho is as declared.';
}

/** How to see first what Zoho would make of it: where it is a real one, and its manifest can be read again. */
function rehearsalHint(options: PlanOptions): string {
  if (options.emulator === true || options.file === '-') return '';
  const file = options.file === undefined ? '' : ` -f ${shellWord(options.file)}`;
  const subject = options.out === undefined ? file : ` ${shellWord(options.out)}`;
  return [
    '',
    'Or rehearse it first:',
    `  zoho-fields snapshot${file}${settingsWords(options)} --out ${SNAPSHOT}`,
    `  zoho-fields apply${subject} --emulator --seed ${SNAPSHOT}`,
  ].join('\n');
}

const SNAPSHOT = 'zoho.snapshot.json';

/** The command that applies what was just planned, with the same options. */
function applyCommand(options: PlanOptions): string {
  const file = options.file === undefined ? '' : ` -f ${shellWord(options.file)}`;
  const emulator = options.emulator === true ? ' --emulator' : '';
  const subject = options.out === undefined ? file : ` ${shellWord(options.out)}`;
  return `zoho-fields apply${subject}${emulator}${settingsWords(options)}`;
}
