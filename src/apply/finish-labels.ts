import { FIELDS_PER_CALL } from '../model/limits.ts';
import { fold, labelWhileParked } from '../plan/creation-label.ts';
import { type Attempt, note } from './attempt.ts';
import { areInPlace, isDocumented } from './judge-answer.ts';
import type { ApplyPorts, WriteAnswer } from './ports.ts';

/**
 * Gives fields that a read has shown to be ours, created under their API name, the label that the manifest declares.
 *
 * PATCH never touches the API name (sheet §3.6) and setting a label twice does no harm, so an answer that was lost
 * leaves the label `pending`, to be looked at after the read-back and sent again if need be.
 * @returns true where no later write would do better.
 */
export async function finishLabels(
  module: string,
  attempts: readonly Attempt[],
  ports: ApplyPorts,
): Promise<boolean> {
  const pending = attempts.filter((attempt) => canBeLabelled(attempt, attempts));
  if (pending.length === 0) return false;
  ports.onEvent({ type: 'labelling', module, count: pending.length });
  const { parked, ordered } = inOrder(pending);
  const parking = (attempt: Attempt): string => labelWhileParked(attempt.entry.field);
  const steps = [
    // What parking came to shows when the real label is set.
    ...inBatches(parked).map((batch) => ({ batch, label: parking, report: false })),
    ...inBatches(ordered).map((batch) => ({ batch, label: finalLabel, report: true })),
  ];
  for (const { batch, label, report } of steps) {
    const changes = batch.map((attempt) => ({ id: attempt.id ?? '', field_label: label(attempt) }));
    ports.journal(batch.map((attempt) => note('labelling', attempt)));
    const answer = await ports.writer.relabel(module, changes);
    if (report) record(batch, answer);
    // A parking label that takes effect late must not undo the real one.
    else if (isOpen(answer)) await ports.wait(ports.settleMs);
    if (!isOpen(answer) && 'problem' in answer) return true;
  }
  return false;
}

function finalLabel(attempt: Attempt): string {
  return attempt.entry.field.field_label ?? '';
}

function inBatches(attempts: readonly Attempt[]): readonly (readonly Attempt[])[] {
  return Array.from({ length: Math.ceil(attempts.length / FIELDS_PER_CALL) }, (_, index) =>
    attempts.slice(index * FIELDS_PER_CALL, (index + 1) * FIELDS_PER_CALL),
  );
}

/**
 * True for a field of ours that still shows its working label and can give it up.
 *
 * The label under which a sister is still to be created is not taken away from her: no later run could create her.
 */
export function canBeLabelled(attempt: Attempt, attempts: readonly Attempt[]): boolean {
  if (attempt.state !== 'ours' || attempt.label !== 'pending') return false;
  const wanted = fold(finalLabel(attempt));
  return attempts.every((other) => other.exists || fold(other.workingLabel) !== wanted);
}

/** True where only live can say what came of it (contract §9). */
function isOpen(answer: WriteAnswer): boolean {
  switch (answer.kind) {
    case 'lost':
      return true;
    case 'answered':
      return !areInPlace(answer.items);
    case 'refused':
      return !answer.refusals.every((one) => isDocumented(one.code));
    case 'stopped':
      return false;
  }
}

/** What an answer says of the labels; where it leaves that open they stay `pending`, and live has to say it. */
function record(batch: readonly Attempt[], answer: WriteAnswer): void {
  if (isOpen(answer)) return;
  if (answer.kind === 'answered') {
    batch.forEach((attempt, index) => {
      const item = answer.items[index];
      if (item?.status === 'success') attempt.labelled();
      if (item?.status === 'error') attempt.refuseLabel(item.refusal);
    });
    return;
  }
  const refusals =
    answer.kind === 'stopped' ? [answer.refusal] : answer.kind === 'refused' ? answer.refusals : [];
  batch.forEach((attempt, index) => {
    const refusal = refusals.find((one) => one.item === index) ?? refusals[0];
    if (refusal !== undefined) attempt.refuseLabel(refusal);
  });
}

/**
 * A label can be taken only once its present holder has given it up: a field that still shows the wanted label as its
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
