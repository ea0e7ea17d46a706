import { FIELDS_PER_CALL } from '../model/limits.ts';
import { fold } from '../plan/naming.ts';
import type { Attempt } from './attempt.ts';
import type { ApplyPorts, WriteAnswer } from './ports.ts';

/**
 * Gives fields that were created under their API name the label that the manifest declares.
 *
 * PATCH never touches the API name (sheet §3.6) and setting a label twice does no harm, so an answer that was lost
 * leaves the label `pending`, to be looked at after the read-back and sent again if need be.
 */
export async function finishLabels(
  module: string,
  attempts: readonly Attempt[],
  ports: ApplyPorts,
): Promise<WriteAnswer['kind'] | undefined> {
  const pending = attempts.filter((attempt) => awaitsLabel(attempt));
  if (pending.length === 0) return undefined;
  ports.onEvent({ type: 'labelling', module, count: pending.length });
  const { parked, ordered } = inOrder(pending);
  const steps = [
    // What parking came to shows when the real label is set.
    ...inBatches(parked).map((batch) => ({ batch, label: parkingLabel, report: false })),
    ...inBatches(ordered).map((batch) => ({ batch, label: finalLabel, report: true })),
  ];
  for (const { batch, label, report } of steps) {
    const changes = batch.map((attempt) => ({ id: attempt.id ?? '', field_label: label(attempt) }));
    const answer = await ports.writer.relabel(module, changes);
    if (report) record(batch, answer);
    if (answer.kind === 'stopped') return 'stopped';
  }
  return 'answered';
}

function finalLabel(attempt: Attempt): string {
  return attempt.entry.field.field_label ?? '';
}

/** A label that hardly anybody wants; should somebody, Zoho refuses it and the read-back tells. */
function parkingLabel(attempt: Attempt): string {
  return `${attempt.workingLabel.slice(0, 40)} (renaming)`;
}

function inBatches(attempts: readonly Attempt[]): readonly (readonly Attempt[])[] {
  return Array.from({ length: Math.ceil(attempts.length / FIELDS_PER_CALL) }, (_, index) =>
    attempts.slice(index * FIELDS_PER_CALL, (index + 1) * FIELDS_PER_CALL),
  );
}

/** True for a field of ours that still shows its working label. */
export function awaitsLabel(attempt: Attempt): boolean {
  return attempt.state === 'created' && attempt.id !== undefined && attempt.label === 'pending';
}

function record(batch: readonly Attempt[], answer: WriteAnswer): void {
  batch.forEach((attempt, index) => {
    if (answer.kind === 'lost') return;
    const item = answer.kind === 'answered' ? answer.items[index] : undefined;
    if (item?.status === 'success') attempt.label = 'final';
    const refusal =
      answer.kind === 'refused'
        ? (answer.refusals.find((one) => one.item === index) ?? answer.refusals[0])
        : answer.kind === 'stopped'
          ? answer.refusal
          : item?.status === 'error'
            ? item.refusal
            : undefined;
    if (refusal !== undefined) {
      attempt.label = 'refused';
      attempt.labelRefusal = refusal;
    }
  });
}

/**
 * A label can be taken only once its present holder has given it up: whoever still shows the wanted label as its
 * working label goes first. Where the wishes run in a circle, one field of it is parked under another label before.
 */
function inOrder(pending: readonly Attempt[]): {
  readonly parked: readonly Attempt[];
  readonly ordered: readonly Attempt[];
} {
  const holders = new Map(pending.map((attempt) => [fold(attempt.workingLabel), attempt]));
  const ordered = new Set<Attempt>();
  const parked = new Set<Attempt>();
  const visit = (attempt: Attempt, trail: ReadonlySet<Attempt>): void => {
    if (ordered.has(attempt)) return;
    const holder = holders.get(fold(finalLabel(attempt)));
    if (holder !== undefined && holder !== attempt) {
      if (trail.has(holder)) parked.add(holder);
      else visit(holder, new Set([...trail, attempt]));
    }
    ordered.add(attempt);
  };
  for (const attempt of pending) visit(attempt, new Set());
  return { parked: [...parked], ordered: [...ordered] };
}
