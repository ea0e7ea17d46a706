import { findDataType } from '../model/data-types.ts';
import { type Json, given } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import { declaredKeys } from './declared-keys.ts';
import type { Diagnostic } from '../model/problem.ts';
import { loadManifest } from '../manifest/load.ts';
import type { ModulePlan } from '../model/plan.ts';
import { makePlan } from '../plan/make-plan.ts';

/** A live field on its way into a manifest, as its keys in the order in which they are written. */
export interface Stanza {
  readonly field: LiveField;
  readonly keys: ReadonlyMap<string, Json>;
}

/**
 * The stanza that a person would write for a live field: shorthands where they fit, nothing that is Zoho's default, no
 * ids.
 *
 * Zoho's own fields, and types that nobody can create through the API (sheet §3.2), are declared as the fields of
 * someone else. What creation would refuse for other reasons is left to the manifest's own rules; see {@link settle}.
 */
export function stanzaOf(field: LiveField, module: string): Stanza {
  const type = findDataType(field.data_type);
  const isOurs = field.custom && type?.creatable === true;
  // Zoho trims labels, and so does every comparison; the untranslated one is the same for every user (sheet §2.2).
  const label = HIDDEN.test(field.display_label) ? '' : field.display_label.trim();
  return {
    field,
    keys: new Map<string, Json>([
      ['api_name', field.api_name],
      ...(label === '' ? [] : [['field_label', label] as const]),
      ['data_type', field.data_type],
      ...(isOurs && label !== '' ? [] : [['create', false] as const]),
      ...(isOurs ? declaredKeys({ wire: field.wire, type, module }) : []),
    ]),
  };
}

/** What no manifest may hold, because no reviewer sees it; emoji are joined by one of these, which is fine. */
const HIDDEN = /(?!\u200d)[\p{C}\p{Zl}\p{Zp}]/u;

/** The same field, declared as one that must exist and is never created. */
function asExisting(stanza: Stanza): Stanza {
  const entries = [...stanza.keys].flatMap(([key, value]): [string, Json][] =>
    key === 'data_type'
      ? [
          [key, value],
          ['create', false],
        ]
      : [[key, value]],
  );
  return { ...stanza, keys: new Map(entries) };
}

/** The same field, with one key less. */
function without(stanza: Stanza, key: string): Stanza {
  return { ...stanza, keys: new Map([...stanza.keys].filter(([name]) => name !== key)) };
}

/** True for a stanza that leaves the field to others. */
export function isExisting(stanza: Stanza): boolean {
  return stanza.keys.get('create') === false;
}

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
interface Fault {
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
function takeBack(stanza: Stanza, fault: Fault, mayHelp: 'create' | 'key'): Stanza | LeftOut {
  if (mayHelp === 'create' && !isExisting(stanza)) return asExisting(stanza);
  if (fault.key !== undefined && !NEEDED.has(fault.key) && stanza.keys.has(fault.key)) {
    return without(stanza, fault.key);
  }
  return { field: stanza.field, code: fault.code, why: fault.message };
}

/** Applies the faults of each stanza and gives the draft that is left. */
function takeAllBack(
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

/** A list of options shorter than this, in characters, is no burden to a manifest. */
const bulky = 64;

/**
 * What helps against errors that stand in no stanza of the draft: the file as a whole has become too large, or what was
 * added crowds out what stood there, as a third unique field does (sheet §3.1).
 */
function relieve(draft: Draft, errors: readonly Diagnostic[]): Draft {
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

/**
 * The draft without its longest lists, which alone can make a manifest of real fields too large. A third of the bulk goes
 * at a time, so that not much more goes than has to.
 */
function lighten(draft: Draft): Draft | undefined {
  const sizes = new Map(draft.stanzas.map((one) => [one, sizeOf(one.keys.get('pick_list_values'))]));
  const longest = [...sizes].filter(([, size]) => size >= bulky).sort(([, a], [, b]) => b - a);
  let left = longest.reduce((sum, [, size]) => sum + size, 0);
  const enough = left * (2 / 3);
  const going = new Set<Stanza>();
  for (const [stanza, size] of longest) {
    if (left <= enough) break;
    going.add(stanza);
    left -= size;
  }
  if (going.size === 0) return undefined;
  return {
    ...draft,
    stanzas: draft.stanzas.map((stanza) => {
      if (!going.has(stanza)) return stanza;
      const lighter = without(stanza, 'pick_list_values');
      return isExisting(lighter) ? lighter : asExisting(lighter);
    }),
  };
}

function sizeOf(value: Json | undefined): number {
  return value === undefined ? 0 : JSON.stringify(value).length;
}

/** A manifest's text with a draft's stanzas in it. */
export interface Written {
  readonly text: string;
  /** The line in which each stanza begins, 1-based and rising; undefined where a line tells nothing. */
  readonly starts: readonly number[];
  /** How many lines each stanza takes. */
  readonly heights: readonly number[];
}

/** Where the stanzas are to be written, and what they are to be held against. */
interface Place {
  readonly module: string;
  /** Every live field of the module. */
  readonly live: readonly LiveField[];
  write(stanzas: readonly Stanza[]): Written;
}

/** A draft that was written, and found valid and in sync. */
export interface Settled extends Draft {
  readonly written: Written;
}

/**
 * Settles a draft, and gives what was left out a second chance: it may have stood back for another field that did not
 * get in either.
 */
export function settle(first: Draft, place: Place): Settled {
  let settled = settleOnce(first, place);
  for (;;) {
    const hopeless = new Set(first.leftOut.map(({ field }) => field));
    const again = settled.leftOut.filter(({ field }) => !hopeless.has(field));
    if (again.length === 0) return settled;
    const second = [...settled.stanzas, ...again.map(({ field }) => stanzaOf(field, place.module))];
    const order = new Map(first.stanzas.map(({ field }, index) => [field, index]));
    second.sort((a, b) => (order.get(a.field) ?? 0) - (order.get(b.field) ?? 0));
    const better = settleOnce({ stanzas: second, leftOut: first.leftOut }, place);
    if (better.stanzas.length <= settled.stanzas.length) return settled;
    settled = better;
  }
}

/**
 * Writes a draft, reads it as `validate` would, plans it as `plan` would, and takes back what either finds fault with,
 * until neither does.
 *
 * The rules of manifests and the comparison are asked, not repeated here: so whatever an organisation holds, and however
 * the rules change, what is imported is valid and in sync. Every round takes something back, so the rounds end.
 */
function settleOnce(first: Draft, place: Place): Settled {
  let draft = first;
  for (;;) {
    const written = place.write(draft.stanzas);
    if (draft.stanzas.length === 0) return { ...draft, written };
    const { manifest, diagnostics } = loadManifest({
      path: '',
      bytes: new TextEncoder().encode(written.text),
    });
    if (manifest === undefined) {
      draft = refused(draft, written, diagnostics);
      continue;
    }
    const modules = manifest.modules.filter((one) => one.module === place.module);
    const plan = makePlan({ ...manifest, modules }, [{ module: place.module, fields: place.live }], {});
    const faults = outOfSync(draft, plan.modules[0]);
    if (faults.size === 0) return { ...draft, written };
    draft = takeAllBack(draft, faults, 'key');
  }
}

function refused(draft: Draft, written: Written, diagnostics: readonly Diagnostic[]): Draft {
  const errors = diagnostics.filter((one) => one.severity === 'error' && one.code !== 'more-problems');
  const faults = new Map<Stanza, Fault[]>();
  const elsewhere: Diagnostic[] = [];
  for (const error of errors) {
    const index = stanzaAt(written, error.line ?? 0);
    const stanza = index === undefined ? undefined : draft.stanzas[index];
    if (stanza === undefined || index === undefined) {
      elsewhere.push(error);
      continue;
    }
    const key = keyAt(written, index, error.line ?? 0);
    const fault = { code: error.code, message: error.message, ...given({ key }) };
    faults.set(stanza, [...(faults.get(stanza) ?? []), fault]);
  }
  return faults.size > 0 ? takeAllBack(draft, faults, 'create') : relieve(draft, elsewhere);
}

/** The stanza that a line belongs to. */
function stanzaAt({ starts, heights }: Written, line: number): number | undefined {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  const index = low - 1;
  return index >= 0 && line < (starts[index] ?? 0) + (heights[index] ?? 0) ? index : undefined;
}

/** The key of a stanza that a line belongs to: the last one that begins at or above it. */
function keyAt(written: Written, index: number, line: number): string | undefined {
  const start = written.starts[index] ?? 0;
  const lines = written.text.split('\n', line).slice(start - 1);
  const first = /^\s*-?\s*/u.exec(lines[0] ?? '')?.[0].length ?? 0;
  for (const text of lines.toReversed()) {
    const body = text.slice(first);
    const key = /^([a-z_]+):/u.exec(body)?.[1];
    if (key !== undefined && /^\s*-?\s*$/u.test(text.slice(0, first))) return key;
  }
  return undefined;
}

function outOfSync(draft: Draft, plan: ModulePlan | undefined): ReadonlyMap<Stanza, readonly Fault[]> {
  const entries = new Map(plan?.entries.map((entry) => [entry.field.api_name, entry]));
  const faults = new Map<Stanza, readonly Fault[]>();
  for (const stanza of draft.stanzas) {
    const entry = entries.get(stanza.field.api_name);
    if (entry?.action === 'in_sync') continue;
    const { code = 'not-in-sync', message = 'Zoho would not agree with it.' } = entry?.reasons[0] ?? {};
    const differing = entry?.differences ?? [];
    faults.set(
      stanza,
      differing.length === 0 ? [{ code, message }] : differing.map(({ key }) => ({ key, code, message })),
    );
  }
  return faults;
}
