import type { LiveField } from '../model/live-field.ts';
import { asExisting, isExisting, without, type Stanza } from './stanza.ts';

/** What becomes of the fields of a module: those that are written, and those that cannot be. */
export interface Draft {
  readonly stanzas: readonly Stanza[];
  readonly leftOut: readonly LeftOut[];
}

/** A live field that no manifest can declare and have in sync, and why. */
export interface LeftOut {
  readonly field: LiveField;
  readonly code: string;
  readonly why: string;
}

/** What was found wrong with a stanza. */
export interface Fault {
  /** The key it is about; absent where it is about the field as a whole. */
  readonly key?: string;
  readonly code: string;
  readonly message: string;
}

/** A field is nothing without these. */
const NEEDED = new Set(['api_name', 'data_type', 'create']);

/**
 * The stanza, or its end, after a fault: first it gives up being created, because creation has the strictest rules and
 * the field exists anyway; then the key at fault; then itself.
 */
export function takeBack(stanza: Stanza, fault: Fault, mayHelp: 'create' | 'key'): Stanza | LeftOut {
  if (mayHelp === 'create' && !isExisting(stanza)) return asExisting(stanza);
  if (fault.key !== undefined && !NEEDED.has(fault.key) && stanza.keys.has(fault.key)) {
    return without(stanza, fault.key);
  }
  return { field: stanza.field, code: fault.code, why: fault.message };
}

/** Applies the faults of each stanza and gives the draft that is left. */
export function takeAllBack(
  draft: Draft,
  faults: ReadonlyMap<Stanza, readonly Fault[]>,
  mayHelp: 'create' | 'key',
): Draft {
  const stanzas: Stanza[] = [];
  const leftOut = [...draft.leftOut];
  for (const before of draft.stanzas) {
    let stanza: Stanza | undefined = before;
    for (const fault of faults.get(before) ?? []) {
      // Several faults of one key end with it.
      if (fault.key !== undefined && before.keys.has(fault.key) && !stanza.keys.has(fault.key)) continue;
      const after: Stanza | LeftOut = takeBack(stanza, fault, mayHelp);
      if ('why' in after) {
        leftOut.push(after);
        stanza = undefined;
        break;
      }
      // The other faults may be rules of creation too: they are looked for again.
      const isMilder: boolean = isExisting(after) && !isExisting(stanza);
      stanza = after;
      if (isMilder) break;
    }
    if (stanza !== undefined) stanzas.push(stanza);
  }
  return { stanzas, leftOut };
}
