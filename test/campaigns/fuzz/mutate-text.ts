import type { Random } from './random.ts';

/**
 * A copy of a text of lines with a few of its words, lines and indentations changed.
 * @param shards what breaks readers of this kind of text.
 */
export function mutateText(text: string, shards: readonly string[], random: Random): string {
  let result = text;
  for (let left = random.between(1, 4); left > 0; left -= 1) result = mutateOnce(result, shards, random);
  return result;
}

function mutateOnce(text: string, shards: readonly string[], random: Random): string {
  switch (random.below(9)) {
    case 0:
      return splice(text, random, () => random.pick(shards), 0);
    case 1:
      return splice(text, random, () => random.pick(shards), random.small(12));
    case 2:
      return splice(text, random, () => '', random.between(1, 30));
    case 3:
      return onWord(text, random, () => random.pick(shards));
    case 4:
      return onWord(text, random, (word, others) => random.pick(others) ?? word);
    case 5:
      return onLines(text, random, (lines, at) => lines.toSpliced(at, 1));
    case 6:
      return onLines(text, random, (lines, at) =>
        lines.toSpliced(random.below(lines.length), 0, lines[at] ?? ''),
      );
    case 7:
      return onLines(text, random, (lines, at) =>
        lines.with(
          at,
          (lines[at] ?? '').replace(/^ */u, random.pick(['', ' ', '   ', '      ', '\t', '  \t', '- '])),
        ),
      );
    default:
      return onLines(text, random, (lines, at) => {
        const other = random.below(lines.length);
        return lines.with(at, lines[other] ?? '').with(other, lines[at] ?? '');
      });
  }
}

function splice(text: string, random: Random, insert: () => string, remove: number): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + insert() + text.slice(at + remove);
}

function onWord(
  text: string,
  random: Random,
  change: (word: string, others: readonly string[]) => string,
): string {
  const words = [...text.matchAll(/[\w.$-]+|[^\w\s]/gu)];
  if (words.length === 0) return text;
  const { 0: word, index } = random.pick(words);
  const others = words.map((one) => one[0]);
  return text.slice(0, index) + change(word, others) + text.slice(index + word.length);
}

function onLines(
  text: string,
  random: Random,
  change: (lines: readonly string[], at: number) => readonly string[],
): string {
  const lines = text.split('\n');
  return change(lines, random.below(lines.length)).join('\n');
}
