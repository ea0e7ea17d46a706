import type { Diagnostic } from '../model/diagnostic.ts';
import type { Json } from '../model/json.ts';
import type { Draft } from './draft.ts';
import { asExisting, isExisting, without, type Stanza } from './stanza.ts';

/** How much of a manifest's room lists of options may take before they have to go. */
const bulky = 64;

/**
 * What helps against errors that stand in no stanza of the draft: the file as a whole has become too large, or what was
 * added crowds out what stood there, as a third unique field does (sheet §3.1).
 */
export function relieve(draft: Draft, errors: readonly Diagnostic[]): Draft {
  const codes = new Set(errors.map((error) => error.code));
  if (codes.has('too-large')) {
    const lighter = lighten(draft);
    if (lighter !== undefined) return lighter;
  }
  if (codes.has('too-many-unique') && draft.stanzas.some((stanza) => stanza.keys.has('unique'))) {
    return { ...draft, stanzas: draft.stanzas.map((stanza) => without(stanza, 'unique')) };
  }
  const isCrowding = (stanza: Stanza): boolean =>
    codes.has('too-many-autonumbers') && stanza.keys.get('data_type') === 'autonumber';
  const crowding = draft.stanzas.some((stanza) => isCrowding(stanza));
  // Nothing of ours is known to help: then nothing of ours stays.
  const goes = draft.stanzas.filter((stanza) => !crowding || isCrowding(stanza));
  const why = errors[0]?.message ?? 'The manifest has no room for it.';
  return {
    stanzas: draft.stanzas.filter((stanza) => !goes.includes(stanza)),
    leftOut: [
      ...draft.leftOut,
      ...goes.map(({ field }) => ({ field, code: errors[0]?.code ?? 'no-room', why })),
    ],
  };
}

/** The draft without its longest lists; they alone can make a manifest of real fields too large. */
function lighten(draft: Draft): Draft | undefined {
  const sizes = draft.stanzas.map((stanza) => sizeOf(stanza.keys.get('pick_list_values')));
  const longest = Math.max(0, ...sizes);
  if (longest < bulky) return undefined;
  return {
    ...draft,
    stanzas: draft.stanzas.map((stanza, index) => {
      if ((sizes[index] ?? 0) * 2 < longest) return stanza;
      const lighter = without(stanza, 'pick_list_values');
      return isExisting(lighter) ? lighter : asExisting(lighter);
    }),
  };
}

function sizeOf(value: Json | undefined): number {
  return value === undefined ? 0 : JSON.stringify(value).length;
}
