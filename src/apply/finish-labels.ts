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
  const pending = inOrder(attempts.filter((attempt) => awaitsLabel(attempt)));
  if (pending.length === 0) return undefined;
  ports.onEvent({ type: 'labelling', module, count: pending.length });
  for (let start = 0; start < pending.length; start += FIELDS_PER_CALL) {
    const batch = pending.slice(start, start + FIELDS_PER_CALL);
    const answer = await ports.writer.relabel(
      module,
      batch.map((attempt) => ({ id: attempt.id ?? '', field_label: attempt.entry.field.field_label ?? '' })),
    );
    record(batch, answer);
    if (answer.kind === 'stopped') return 'stopped';
  }
  return 'answered';
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
 * working label goes first.
 */
function inOrder(pending: readonly Attempt[]): readonly Attempt[] {
  const holders = new Map(pending.map((attempt) => [fold(attempt.workingLabel), attempt]));
  const ordered = new Set<Attempt>();
  const visit = (attempt: Attempt, trail: ReadonlySet<Attempt>): void => {
    if (ordered.has(attempt) || trail.has(attempt)) return;
    const holder = holders.get(fold(attempt.entry.field.field_label ?? ''));
    if (holder !== undefined && holder !== attempt) visit(holder, new Set([...trail, attempt]));
    ordered.add(attempt);
  };
  for (const attempt of pending) visit(attempt, new Set());
  return [...ordered];
}
