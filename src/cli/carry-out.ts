import { applyPlan } from '../apply/apply-plan.ts';
import type { ApplyReport } from '../apply/outcome.ts';
import type { ApplyEvent } from '../apply/ports.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { Plan } from '../model/plan.ts';
import { ZohoWriter } from '../zoho/writer.ts';
import type { Connection } from './connect.ts';
import { EXIT, exitForApply } from './exit-code.ts';
import type { Io } from './io.ts';
import type { JournalFile } from './journal-file.ts';
import type { Ready } from './prepare-apply.ts';

/** Executes a plan that was agreed to, and forgets its journal once all of it is settled. */
export async function carryOut(
  { plan, live, journal }: Pick<Ready, 'plan' | 'live'> & { readonly journal: JournalFile },
  connection: Pick<Connection, 'reader' | 'session' | 'settleMs'>,
  io: Pick<Io, 'interrupt' | 'wait'>,
  onEvent: (event: ApplyEvent) => void,
): Promise<ApplyReport> {
  io.interrupt.beginWriting();
  const open = openIntents(journal.entries);
  const report = await applyPlan(plan, live, {
    reader: connection.reader,
    writer: new ZohoWriter(connection.session),
    wait: io.wait,
    settleMs: connection.settleMs,
    interrupted: () => io.interrupt.requested,
    // An earlier run's POST that nobody heard of again may be the reason why Zoho refuses this one: it stays the last word.
    journal: (entries) =>
      journal.append(entries.filter((entry) => entry.event !== 'refused' || !open.has(nameOf(entry)))),
    onEvent,
  });
  if (exitForApply(report) === EXIT.done && isAllOf(plan, journal)) journal.clear();
  return report;
}

/** Fields that an earlier run sent, and never heard of again. */
function openIntents(entries: readonly JournalEntry[]): ReadonlySet<string> {
  const last = new Map(entries.map((entry) => [nameOf(entry), entry.event]));
  return new Set([...last].flatMap(([name, event]) => (event === 'intent' ? [name] : [])));
}

const nameOf = ({ module, api_name }: JournalEntry): string => `${module} ${api_name}`;

/** Manifests of one folder share a journal: it may be forgotten only when this plan settles all of it. */
function isAllOf(plan: Plan, journal: JournalFile): boolean {
  const names = plan.modules.flatMap((module) =>
    module.entries.map((entry) => `${module.module} ${entry.field.api_name}`),
  );
  const known = new Set(names);
  return journal.entries.every((entry) => known.has(nameOf(entry)));
}
