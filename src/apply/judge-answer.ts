import type { Attempt } from './attempt.ts';
import type { ItemAnswer, Refusal, WriteAnswer } from './ports.ts';

/** What one answer means for one field of the request. */
export type Judgement =
  | { readonly verdict: 'created'; readonly id?: string }
  | { readonly verdict: 'refused'; readonly refusal: Refusal }
  /** Nothing was done about it, through no fault of its own: another field spoilt the request (sheet §3.7). */
  | { readonly verdict: 'innocent' };

/** What a parsed answer means for the request as a whole. */
export type Reading =
  | { readonly kind: 'judged'; readonly judgements: readonly Judgement[] }
  /** This Zoho does not take `api_name` in the create body: nothing was done, send it without. */
  | { readonly kind: 'api-name-refused' }
  /** Nothing was done and nothing says which field is to blame. */
  | { readonly kind: 'unattributed'; readonly refusal: Refusal };

/**
 * Reads the answer to a POST of `batch`.
 *
 * Codes and keys count, words do not (sheet §5.2: messages differ between releases).
 */
export function judgeAnswer(
  answer: Extract<WriteAnswer, { kind: 'answered' | 'refused' }>,
  batch: readonly Attempt[],
  withApiName: boolean,
): Reading {
  const refusals = answer.kind === 'refused' ? answer.refusals : answer.items.flatMap(refusalOf);
  const nothingDone = answer.kind === 'refused' || answer.items.every((item) => item.status === 'error');
  if (withApiName && nothingDone && refusals.some(objectsToApiName)) return { kind: 'api-name-refused' };
  if (answer.kind === 'answered') {
    const items = inOrder(answer.items) ? answer.items : answer.items.map((item) => withoutId(item));
    const judgements = items.map((item, index) => judgeItem(item, index, batch, nothingDone));
    // Items that only blame each other would be sent for ever.
    const stuck = judgements.every((one) => one.verdict === 'innocent');
    return {
      kind: 'judged',
      judgements: stuck ? answer.items.map((item) => judgeItem(item, -1, [], false)) : judgements,
    };
  }
  const blamed = new Map(refusals.flatMap((one) => (blames(one, batch) ? [[one.item, one] as const] : [])));
  const [first] = refusals;
  if (blamed.size === 0 && first !== undefined) {
    return { kind: 'unattributed', refusal: first };
  }
  return {
    kind: 'judged',
    judgements: batch.map((_, index) => {
      const refusal = blamed.get(index);
      return refusal === undefined ? { verdict: 'innocent' } : { verdict: 'refused', refusal };
    }),
  };
}

/**
 * Results come in request order (sheet §3.7), and items are created in that order, so their ids rise. Where they do not,
 * which id belongs to which field is only known when live shows it, and no label may be set by such an id.
 */
function inOrder(items: readonly ItemAnswer[]): boolean {
  const ids = items.flatMap((item) => (item.status === 'success' && item.id !== undefined ? [item.id] : []));
  return ids.every((id, index) => {
    const previous = ids[index - 1] ?? '';
    return previous.length < id.length || (previous.length === id.length && previous < id);
  });
}

function withoutId(item: ItemAnswer): ItemAnswer {
  return item.status === 'success' ? { status: 'success' } : item;
}

function judgeItem(
  item: ItemAnswer,
  index: number,
  batch: readonly Attempt[],
  nothingDone: boolean,
): Judgement {
  if (item.status === 'success')
    return { verdict: 'created', ...(item.id === undefined ? {} : { id: item.id }) };
  // A whole-request refusal may be repeated for every item, each pointing at the one culprit.
  const elsewhere = nothingDone && blames(item.refusal, batch) && item.refusal.item !== index;
  return elsewhere ? { verdict: 'innocent' } : { verdict: 'refused', refusal: item.refusal };
}

function refusalOf(item: ItemAnswer): readonly Refusal[] {
  return item.status === 'error' ? [item.refusal] : [];
}

function blames(refusal: Refusal, batch: readonly Attempt[]): refusal is Refusal & { readonly item: number } {
  return refusal.item !== undefined && refusal.item < batch.length;
}

/** The name itself being taken or reserved is about the field, not about the key. */
const ABOUT_THE_NAME: ReadonlySet<string> = new Set(['DUPLICATE_DATA', 'RESERVED_KEYWORD_NOT_ALLOWED']);

function objectsToApiName(refusal: Refusal): boolean {
  return refusal.key === 'api_name' && !ABOUT_THE_NAME.has(refusal.code);
}
