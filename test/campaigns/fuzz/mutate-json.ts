import { isObject, textOf, type Json, type JsonObject } from '../../../src/model/json.ts';
import type { Random } from './random.ts';

/** Values that are not what was asked for; texts and numbers of every awkward kind. */
export const odd: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  2 ** 53 + 2,
  '',
  ' ',
  '0',
  'null',
  '-None-',
  'a\u0000b',
  '\ud800',
  '\u202eabc',
  '\u001b]0;x\u0007',
  '##[error]x',
  '::error::x',
  '</details><script>x</script>',
  '| a | b |\n|---|',
  '@team',
  '..',
  '../../x',
  '__proto__',
  'constructor',
  'x'.repeat(5000),
  '\u{1f600}'.repeat(70),
  [],
  {},
  [null],
  [[[]]],
  { '': '' },
  { toString: 1, valueOf: 1, toJSON: 1 },
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as Json,
];

const oddKeys = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'length',
  '',
  'toJSON',
  'then',
  '\u202e',
];

/** A copy with a few places changed: other types, missing, moved and doubled values, foreign keys. */
export function mutateJson(value: Json, random: Random, most = 4): Json {
  let result = value;
  for (let left = random.between(1, most); left > 0; left -= 1) {
    const path = anyPath(result, random);
    result = changeAt(result, path, (one) => change(one, result, random));
  }
  return result;
}

/** A way to some value, deep ones as often as shallow ones. */
function anyPath(value: Json, random: Random): readonly (string | number)[] {
  const path: (string | number)[] = [];
  let here = value;
  while (random.chance(0.85)) {
    const keys: readonly (string | number)[] = Array.isArray(here)
      ? [...here.keys()]
      : isObject(here)
        ? Object.keys(here)
        : [];
    if (keys.length === 0) break;
    const key = random.pick(keys);
    path.push(key);
    here = at(here, key) ?? null;
  }
  return path;
}

function at(value: Json, key: string | number): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[])[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The value with another one at the end of the path; `undefined` takes it out. */
function changeAt(
  value: Json,
  path: readonly (string | number)[],
  change: (value: Json) => Json | undefined,
): Json {
  const [key, ...rest] = path;
  if (key === undefined) return change(value) ?? null;
  const inner = at(value, key);
  if (inner === undefined) return value;
  const changed = rest.length === 0 ? change(inner) : changeAt(inner, rest, change);
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, index): Json[] =>
      index !== key ? [item] : changed === undefined ? [] : [changed],
    );
  }
  const entries = Object.entries(value as JsonObject).flatMap(([name, item]): [string, Json][] =>
    name !== String(key) ? [[name, item]] : changed === undefined ? [] : [[name, changed]],
  );
  return Object.fromEntries(entries);
}

function change(value: Json, root: Json, random: Random): Json | undefined {
  switch (random.below(9)) {
    case 0:
      return undefined;
    case 1:
    case 2:
      return random.pick(odd);
    case 3: {
      const other = anyPath(root, random).reduce<Json>((inner, key) => at(inner, key) ?? null, root);
      return other;
    }
    case 4:
      return Array.isArray(value)
        ? [...(value as readonly Json[]), ...(value as readonly Json[])]
        : [value, value];
    case 5:
      return isObject(value)
        ? withKey(value, random.pick(oddKeys), random.pick(odd))
        : { [random.pick(oddKeys)]: value };
    case 6:
      return wrapped(value, random.pick([1, 2, 20]));
    case 7:
      return typeof value === 'string'
        ? mutateWord(value, random)
        : typeof value === 'number'
          ? -value
          : random.pick(odd);
    default:
      return isObject(value) ? Object.fromEntries(random.shuffled(Object.entries(value))) : textOf(value);
  }
}

/** Without the setter of `__proto__`: an own key, as JSON.parse makes it. */
function withKey(value: JsonObject, key: string, item: Json): JsonObject {
  return Object.fromEntries([...Object.entries(value), [key, item]]);
}

/** A value inside so many lists. */
export function wrapped(value: Json, depth: number): Json {
  let result = value;
  for (let left = depth; left > 0; left -= 1) result = left % 2 === 0 ? [result] : { nested: result };
  return result;
}

function mutateWord(word: string, random: Random): string {
  switch (random.below(5)) {
    case 0:
      return word.toUpperCase();
    case 1:
      return word.slice(0, random.below(word.length + 1));
    case 2:
      return `${word}${random.pick([' ', '_', '1', '\n', '\u200b', 'ä', "'"])}`;
    case 3:
      return word.repeat(random.pick([2, 5, 60]));
    default:
      return `${random.pick([' ', '-', '0', '\u0000', '"', '<b>'])}${word}`;
  }
}
