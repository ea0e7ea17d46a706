import { applyPlan } from '../apply/apply-plan.ts';
import { isProven, type ApplyReport, type FieldOutcome } from '../apply/outcome.ts';
import type { ApplyEvent } from '../apply/ports.ts';
import { fieldOf, lastWords, type JournalEntry } from '../model/journal.ts';
import type { PlanEntry, Plan } from '../model/plan.ts';
import { isToBeFinished } from '../plan/earlier-runs.ts';
import { ZohoWriter } from '../zoho/writer.ts';
import type { Connection } from './connect.ts';
import type { Io } from '../machine/io.ts';
import { forgetLearned } from '../machine/learned-profile.ts';
import type { JournalFile } from '../machine/journal-file.ts';
import type { Ready } from './make-ready.ts';
import { receiptOf, type Receipt } from '../apply/receipt.ts';
import { commitHolding } from '../machine/git.ts';
import type { Manifest } from '../model/manifest.ts';
import { orProblem, Problem } from '../model/problem.ts';

/** Executes a plan that was agreed to, and forgets what the journal holds of each field that is settled by it. */
export async function executePlan(
  { plan, live, journal }: Pick<Ready, 'plan' | 'live'> & { readonly journal: JournalFile },
  connection: Pick<Connection, 'reader' | 'session' | 'settleMs'> & Partial<Pick<Connection, 'stateFolder'>>,
  io: Pick<Io, 'interrupt' | 'now' | 'wait'>,
  onEvent: (event: ApplyEvent) => void,
): Promise<ApplyReport> {
  io.interrupt.beginWriting();
  const open = openIntents(journal.entries);
  // From now on the id decides that this plan has shown: a field that someone makes in its place has another one.
  journal.append(
    plan.modules
      .flatMap((module) => module.entries)
      .flatMap((entry) => (isToBeFinished(entry) ? noteFound(entry) : []))
      .filter((entry) => open.has(fieldOf(entry))),
  );
  let isRefused = false;
  const report = await applyPlan(plan, live, {
    reader: connection.reader,
    writer: new ZohoWriter(connection.session),
    wait: io.wait,
    now: io.now,
    settleMs: connection.settleMs,
    interrupted: () => io.interrupt.requested,
    // An earlier run's POST that nobody heard of again may be the reason why Zoho refuses this one: it stays the last word.
    journal: (entries) =>
      journal.append(entries.filter((entry) => entry.event !== 'refused' || !open.has(fieldOf(entry)))),
    onEvent: (event) => {
      isRefused ||= event.type === 'without-api-name';
      onEvent(event);
    },
  });
  if (isRefused || report.fields.some((field) => showsOtherName(field)))
    forgetLearned(connection.stateFolder);
  const proven = new Set(
    report.fields
      .filter((field) => isProven(field))
      .map(({ entry }) => fieldOf({ ...entry, ...entry.field })),
  );
  // What Zoho refused is on its way no more.
  journal.forget((last) => last.event === 'refused' || proven.has(fieldOf(last)));
  return report;
}

/** True where a read shows that a name did not count that a probe had seen to count: it is believed no more. */
function showsOtherName({ entry, differences }: FieldOutcome): boolean {
  return entry.field.keepsName === true && differences.some(({ key }) => key === 'api_name');
}

function noteFound({ module, field: { api_name }, id }: PlanEntry): readonly JournalEntry[] {
  return id === undefined ? [] : [{ event: 'created', module, api_name, id }];
}

/** Fields that an earlier run sent, and never heard of again. */
function openIntents(entries: readonly JournalEntry[]): ReadonlySet<string> {
  const told = lastWords(entries.filter(({ event }) => event !== 'waited'));
  return new Set([...told].flatMap(([field, { event }]) => (event === 'intent' ? [field] : [])));
}

/** The receipt of a run that is just over; none where nothing was created. */
export async function makeReceipt(
  plan: Plan,
  report: ApplyReport,
  io: Pick<Io, 'cwd' | 'env' | 'now'>,
): Promise<Receipt | undefined> {
  const receipt = receiptOf(plan, report, { at: new Date(io.now()).toISOString() });
  if (receipt === undefined) return undefined;
  const commit = await commitOf(plan.manifest, io);
  return commit === undefined ? receipt : { ...receipt, commit };
}

/**
 * The commit that is checked out, where its manifest is the one that was planned. Where git cannot say, as in a container
 * without it, GitHub's own word counts.
 */
async function commitOf(
  { path, sha256 }: Pick<Manifest, 'path' | 'sha256'>,
  io: Pick<Io, 'cwd' | 'env'>,
): Promise<string | undefined> {
  const held = await orProblem(commitHolding(path, sha256, io));
  if (!(held instanceof Problem)) return held;
  const told = io.env['GITHUB_SHA'] ?? '';
  return COMMIT.test(told) ? told : undefined;
}

/** A commit's name, in either of git's two digests. */
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u;
