import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '../../../../src/machine/journal-file.ts';
import type { JournalEntry } from '../../../../src/model/journal.ts';
import type { Json } from '../../../../src/model/json.ts';
import type { LiveField } from '../../../../src/model/live-field.ts';
import { makePlan } from '../../../../src/plan/make-plan.ts';
import { isToBeFinished } from '../../../../src/plan/earlier-runs.ts';
import { unsettled } from '../../../../src/plan/earlier-runs.ts';
import { has, manifestOf, want } from '../../../support/field.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { mutateJson } from '../mutate-json.ts';
import type { Random } from '../random.ts';
import { withoutPieces } from '../shrink.ts';
import { law, type Flaw, type Target, type Trial, type Verdict } from '../trial.ts';

const now = Date.UTC(2026, 0, 15, 12);
const settleMs = 5000;
const ours = '6084217000000999001';

/** A field that an interrupted run left under its API name: whether it is ours, only the journal can say. */
const made = now - 3_600_000;
const left = has('PartnerCode', {
  id: ours,
  label: 'PartnerCode',
  type: 'text',
  created_time: '2026-01-15T03:00:00-08:00',
});
const manifest = manifestOf(want('PartnerCode', { label: 'Partner Code' }));

const MOST_BYTES = 5 * 1024 * 1024;

/** How the file lies there. */
type Lie = 'own' | 'open to others' | 'a link';

/** Journals of every kind, on a real disk: they may make a run wait or finish a label, and nothing else. */
export function journalsTarget(deals: readonly LiveField[]): Target {
  let folder: string | undefined;
  const live = [...deals, left];
  const trialOf = (bytes: Uint8Array, lie: Lie): Trial => ({
    shown: bytes,
    judge: () => {
      folder ??= mkdtempSync(join(tmpdir(), 'zoho-fields-fuzz-'));
      return judge(place(folder, bytes, lie), bytes, lie, live);
    },
    smaller: () => smaller(bytes, (fewer) => trialOf(fewer, lie)),
  });
  return {
    name: 'journals',
    trial: (random) =>
      trialOf(
        anyJournal(live, random),
        random.chance(0.95) ? 'own' : random.pick(['open to others', 'a link']),
      ),
    close: () => {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
      folder = undefined;
    },
  };
}

function place(folder: string, bytes: Uint8Array, lie: Lie): string {
  const own = join(folder, 'zoho-fields', 'key');
  const file = join(own, 'journal.jsonl');
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const target = lie === 'a link' ? join(folder, 'elsewhere') : file;
  writeFileSync(target, bytes, { mode: 0o600 });
  if (lie === 'a link') symlinkSync(target, file);
  if (lie === 'open to others') chmodSync(file, 0o666);
  return own;
}

function anyJournal(live: readonly LiveField[], random: Random): Uint8Array {
  const text = Array.from({ length: 1 + random.small(8) }, () => line(live, random)).join('');
  const kind = random.below(1000);
  if (kind < 500) return Buffer.from(text);
  if (kind < 900) return mutateBytes(Buffer.from(text), random);
  if (kind < 995) return Buffer.from(text.slice(0, random.below(text.length)));
  const unit = random.pick([text, '\n', '{', '[', '"', '{\n']);
  // Somewhat more than what is read of a journal; the peak memory is to be that of the reader, not of such texts.
  return Buffer.from(unit.repeat(Math.min(random.pick([1000, 20_000]), Math.ceil(MOST_BYTES / unit.length))));
}

function line(live: readonly LiveField[], random: Random): string {
  const entry: Record<string, Json> = {
    event: random.pick(['intent', 'created', 'labelling', 'labelled', 'refused', 'waited', 'limit']),
    module: random.pick(['Deals', 'Deals', 'Deals', 'Leads']),
    api_name: random.pick(['PartnerCode', 'PartnerCode', 'Other', '']),
    limit: random.pick([0, 1, 155, -1]),
    working_label: random.pick(['PartnerCode', 'Partner Code']),
    id: random.pick([ours, ours, '1']),
    beside: random.pick(live).id,
    at: random.pick([now, now - 1000, now + 1000, now - 100_000_000, now + 100_000_000, 0]),
  };
  for (const key of random.some(['working_label', 'id', 'beside', 'at', 'limit'], 0.2)) delete entry[key];
  const value = random.chance(0.7) ? entry : mutateJson(entry, random);
  return `${random.pick(['', '\n'])}${JSON.stringify(value)}${random.pick(['\n', '\n', '\r\n', ''])}`;
}

function judge(stateFolder: string, bytes: Uint8Array, lie: Lie, live: readonly LiveField[]): Verdict {
  const io = { cwd: stateFolder, now: () => now, stderr: { write: () => undefined } };
  const place = { stateFolder, manifestPath: 'fields.yaml' };
  const { entries } = openJournal(place, io as unknown as Parameters<typeof openJournal>[1]);
  const flaws: Flaw[] = [];
  if (lie !== 'own' && entries.length > 0) flaws.push(law(`a journal that is ${lie} is believed`));
  if (!entries.every((entry) => typeof entry.module === 'string' && typeof entry.api_name === 'string'))
    flaws.push(law('an entry about nothing'));
  const waitMs = Math.max(0, ...unsettled(entries, now, settleMs).map((one) => one.waitMs));
  if (!(waitMs >= 0 && waitMs <= settleMs)) flaws.push(law(`it waits ${waitMs} ms`));
  const plan = makePlan(manifest, [{ module: 'Deals', fields: live }], {}, entries);
  const isTaken = plan.modules.some((module) => module.entries.some((entry) => isToBeFinished(entry)));
  if (isTaken && !isProven(bytes, live))
    flaws.push(law('a field that nothing proves to be ours would be changed'));
  if (plan.summary.create > 0) flaws.push(law('it would create a field that is there'));
  return { flaws, kinds: [isTaken ? 'ours' : entries.length > 0 ? 'read' : 'nothing'] };
}

/** A second opinion on contract §1: the last word about the field says that it is ours, here, by this very id. */
function isProven(bytes: Uint8Array, live: readonly LiveField[]): boolean {
  const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\n');
  const told = lines.flatMap((one): Partial<JournalEntry>[] => {
    try {
      const value = JSON.parse(one) as Partial<JournalEntry> | null;
      return value === null ? [] : [value];
    } catch {
      return [];
    }
  });
  const known: readonly unknown[] = ['intent', 'created', 'labelling', 'labelled', 'refused'];
  const story = told.filter(
    (one) => known.includes(one.event) && one.module === 'Deals' && one.api_name === 'PartnerCode',
  );
  const last = story.at(-1);
  const since = story.slice(story.findLastIndex((one) => one.event === 'refused') + 1);
  // Made before all of it, or after: someone else's.
  if (!since.some(({ at }) => Number.isFinite(at) && Math.abs(Number(at) - made) <= 86_400_000)) return false;
  if (last?.event === 'created' || last?.event === 'labelling') return last.id === ours;
  const isHere = live.some((field) => field.id === last?.beside);
  return last?.event === 'intent' && last.working_label === 'PartnerCode' && isHere;
}

function* smaller(bytes: Uint8Array, trialOf: (bytes: Uint8Array) => Trial): Generator<Trial> {
  for (const fewer of withoutPieces(Buffer.from(bytes).toString('latin1')))
    yield trialOf(Buffer.from(fewer, 'latin1'));
}
