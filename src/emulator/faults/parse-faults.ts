import { isList, isObject, textOf, type Json } from '../json.ts';
import type { Fault } from './fault.ts';

/** The kinds that can come over HTTP; `run` needs a function. */
export const FAULT_KINDS = [
  'status',
  'html',
  'throttle',
  'redirect',
  'reset',
  'hang',
  'latency',
  'truncate',
  'oversize',
  'slow',
  'body',
  'results',
  'expire-tokens',
] as const;

/** What a kind cannot do without. */
const NEEDED: Readonly<Record<string, string>> = {
  status: 'status',
  redirect: 'location',
  latency: 'ms',
  truncate: 'bytes',
  oversize: 'bytes',
  slow: 'bytesPerSecond',
  results: 'change',
};

/** Checks a script from outside the type system; throws a RangeError that names what is wrong. */
export function parseFaults(value: Json): readonly Fault[] {
  if (!isList(value)) throw new RangeError('faults are a list');
  for (const [index, fault] of value.entries()) {
    const kind = textOf(fault, 'kind') ?? '';
    if (!isObject(fault) || !FAULT_KINDS.some((known) => known === kind)) {
      throw new RangeError(`faults[${index}].kind is one of: ${FAULT_KINDS.join(', ')}`);
    }
    const needed = NEEDED[kind];
    if (needed !== undefined && fault[needed] === undefined)
      throw new RangeError(`faults[${index}] needs ${needed}`);
  }
  return value as unknown as readonly Fault[];
}
