import { excerpt } from './finding.ts';
import type { Finding } from './finding.ts';

/** Names that a line about many fields still has room for. */
const MOST = 5;

/**
 * Doubts about creating fields in one line a kind, for whoever does not know which fields are there already.
 *
 * A manifest of an organisation that has grown for years is full of labels that Zoho would hardly take today; none of
 * that is news to anyone, and it must not bury what is.
 */
export function summedUp(doubts: readonly Finding[]): readonly Finding[] {
  const kinds = new Map<string, Finding[]>();
  for (const doubt of doubts) {
    const kind = kinds.get(doubt.code);
    if (kind === undefined) kinds.set(doubt.code, [doubt]);
    else kind.push(doubt);
  }
  return [...kinds.values()].flatMap((kind) => {
    const [first, ...others] = kind;
    return first === undefined || others.length === 0 ? kind : [sum(first, others)];
  });
}

function sum(first: Finding, others: readonly Finding[]): Finding {
  const names = [...new Set([first, ...others].map(({ creating }) => excerpt(creating?.api_name ?? '')))];
  const shown = `${names.slice(0, MOST).join(', ')}${names.length > MOST ? ', …' : ''}`;
  const more = others.length === 1 ? 'There is 1 more' : `There are ${others.length} more`;
  return {
    ...first,
    message: `${first.message} ${more} of this kind (${shown}).`,
    remedy: `${first.remedy ?? ''} It matters only for fields that Zoho does not have yet.`.trim(),
    isSum: true,
  };
}
