import { loadManifest } from '../manifest/load.ts';
import type { Diagnostic } from '../model/problem.ts';
import type { LiveField } from '../model/live-field.ts';
import type { ModulePlan } from '../model/plan.ts';
import { makePlan } from '../plan/make-plan.ts';
import { takeAllBack, type Draft, type Fault, relieve, stanzaOf, type Stanza } from './draft.ts';

/** A manifest's text with a draft's stanzas in it. */
export interface Written {
  readonly text: string;
  /** The line in which each stanza begins, 1-based and rising; undefined where a line tells nothing. */
  readonly starts: readonly number[];
  /** How many lines each stanza takes. */
  readonly heights: readonly number[];
}

/** Where the stanzas are to be written, and what they are to be held against. */
export interface Place {
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
    const fault = { code: error.code, message: error.message, ...(key === undefined ? {} : { key }) };
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
