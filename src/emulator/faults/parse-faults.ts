import { isList, isObject, parseJson, textOf, type Json } from '../json.ts';
import type { Fault } from './fault.ts';

/** Scripted faults cannot be used; the message says why. */
export class FaultsError extends Error {
  override readonly name = 'FaultsError';
}

/**
 * Reads a file of scripted faults.
 * @throws FaultsError where it is no JSON, or not what {@link parseFaults} takes.
 */
export function parseFaultsFile(text: string): readonly Fault[] {
  const value = parseJson(text);
  if (value === undefined) throw new FaultsError('The faults are not JSON.');
  return parseFaults(value);
}

/**
 * Checks a script from outside the type system. A misspelt key is refused too: a fault that lost its `path` would meet every
 * request.
 * @throws FaultsError that names the fault, by its place in the list, and what is wrong with it.
 */
export function parseFaults(value: Json): readonly Fault[] {
  if (!isList(value)) throw new FaultsError('Faults are a list.');
  for (const [index, fault] of value.entries()) {
    const found = mistakeIn(fault);
    if (found !== undefined) throw new FaultsError(`faults[${index}]${found}.`);
  }
  return value as unknown as readonly Fault[];
}

function mistakeIn(fault: Json): string | undefined {
  if (!isObject(fault)) return ' is no object';
  const kind = textOf(fault, 'kind') ?? '';
  const own = Object.hasOwn(KINDS, kind) ? KINDS[kind as FaultKind] : undefined;
  if (own === undefined) return `.kind is one of: ${Object.keys(KINDS).join(', ')}`;
  const missing = own.needed?.find((key) => !Object.hasOwn(fault, key));
  if (missing !== undefined) return ` needs ${missing}`;
  const keys: Readonly<Record<string, Check>> = { ...EVERY_FAULT, ...own.keys };
  for (const [key, value] of Object.entries(fault)) {
    const check = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (check === undefined)
      return ` has a key that ${kind} does not know; it knows: ${Object.keys(keys).join(', ')}`;
    if (!check.fits(value)) return `.${key} is ${check.words}`;
  }
  return undefined;
}

/** What a key of a fault may hold, and the same in words. */
interface Check {
  readonly words: string;
  readonly fits: (value: Json) => boolean;
}

const text: Check = { words: 'a text', fits: (value) => typeof value === 'string' };
const flag: Check = { words: 'true or false', fits: (value) => typeof value === 'boolean' };
const whole = (from: number, to = Number.MAX_SAFE_INTEGER): Check => ({
  words: `a whole number from ${from}${to === Number.MAX_SAFE_INTEGER ? '' : ` to ${to}`}`,
  fits: (value) => Number.isSafeInteger(value) && Number(value) >= from && Number(value) <= to,
});
const oneOf = (...words: readonly string[]): Check => ({
  words: `one of: ${words.join(', ')}`,
  fits: (value) => words.some((word) => word === value),
});

/** A timer of Node's takes no more milliseconds, and runs at once then. */
const milliseconds = whole(0, 2 ** 31 - 1);
/** Lower ones announce an answer that is still to come. */
const status = whole(200, 599);

/** Which requests a fault meets, and what becomes of them: whatever its kind. */
const EVERY_FAULT: Readonly<Record<string, Check>> = {
  kind: text,
  method: text,
  path: text,
  nth: whole(1),
  every: whole(1),
  probability: {
    words: 'a number from 0 to 1',
    fits: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  },
  seed: whole(0),
  times: whole(0),
  commit: {
    words: '"none", "all", or how many items',
    fits: (value) => value === 'none' || value === 'all' || whole(0).fits(value),
  },
  commitAfterMs: milliseconds,
};

interface Kind {
  /** What it cannot do without. */
  readonly needed?: readonly string[];
  readonly keys?: Readonly<Record<string, Check>>;
}

/** The kinds that can come from a file or over HTTP; `run` needs a function. */
type FaultKind = Exclude<Fault['kind'], 'run'>;

const KINDS: Readonly<Record<FaultKind, Kind>> = {
  status: {
    needed: ['status'],
    keys: {
      status,
      body: text,
      headers: {
        words: 'an object of texts',
        fits: (value) => isObject(value) && Object.values(value).every((one) => text.fits(one)),
      },
    },
  },
  html: { keys: { status } },
  throttle: { keys: { retryAfter: text } },
  redirect: { needed: ['location'], keys: { location: text, status: whole(300, 399) } },
  reset: {},
  hang: {},
  latency: { needed: ['ms'], keys: { ms: milliseconds } },
  truncate: { needed: ['bytes'], keys: { bytes: whole(0) } },
  oversize: { needed: ['bytes'], keys: { bytes: whole(0), gzip: flag } },
  slow: { needed: ['bytesPerSecond'], keys: { bytesPerSecond: whole(1) } },
  body: {
    keys: {
      body: text,
      prefix: text,
      contentType: { words: 'a text, or null', fits: (value) => value === null || text.fits(value) },
    },
  },
  results: { needed: ['change'], keys: { change: oneOf('shuffled', 'short', 'long') } },
  'expire-tokens': {},
};
