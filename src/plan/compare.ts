import { isObject, property, valueAt, type Json, type JsonObject } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import type { DesiredField } from '../model/manifest.ts';
import type { Difference } from '../model/plan.ts';
import { FROM_GLOBAL_LIST, globalListOf, liveValue, wantedValue } from './live-values.ts';
import { compareOptionValues, agrees } from './option-values.ts';

/**
 * Every declared key whose live value is another one, in the order of the manifest.
 *
 * Both sides are brought to one form first (`live-values.ts`), so that this stays a dull loop.
 */
export function compareField(desired: DesiredField, live: LiveField): readonly Difference[] {
  const found: Difference[] = [];
  if (desired.data_type !== live.data_type) {
    found.push({ key: 'data_type', want: desired.data_type, live: live.data_type, permanent: true });
  }
  if (desired.field_label !== undefined && !hasLabel(live, desired.field_label)) {
    found.push({ key: 'field_label', want: desired.field_label, live: live.field_label, permanent: false });
  }
  for (const [key, declared] of Object.entries(desired.declared)) {
    const difference = compareKey(key, declared, live.wire);
    if (difference !== undefined) found.push(difference);
  }
  return found;
}

function compareKey(key: string, declared: Json, wire: JsonObject): Difference | undefined {
  if (key === 'pick_list_values') return compareOptions(declared, wire);
  const want = wantedValue(key, declared);
  const live = liveValue(key, want, wire);
  if (live === undefined || agrees(want, live)) return undefined;
  return { key, want, live: shown(want, live), permanent: isPermanent(key, want, live) };
}

function compareOptions(declared: Json, wire: JsonObject): Difference | undefined {
  const options = property(wire, 'pick_list_values');
  if (options === undefined) return undefined;
  const { want, live, agree } = compareOptionValues(declared, options);
  if (agree) return undefined;
  const list = globalListOf(wire);
  // The list's options beside the declared ones would say nothing about why they are others.
  return list === undefined
    ? { key: 'pick_list_values', want, live, permanent: false }
    : { key: FROM_GLOBAL_LIST, want: null, live: list, permanent: false };
}

/** Zoho answers in the language of the token's user beside the untranslated label (sheet §2.2): either will do. */
function hasLabel(live: LiveField, label: string): boolean {
  const wish = label.trim();
  return live.field_label.trim() === wish || live.display_label.trim() === wish;
}

/** Of a live object only what was declared is of interest; the rest would bury the difference. */
function shown(want: Json, live: Json): Json {
  if (!isObject(want) || !isObject(live)) return live;
  return Object.fromEntries(
    Object.entries(want).flatMap(([key, value]) => {
      const other = property(live, key);
      return other === undefined ? [] : [[key, shown(value, other)]];
    }),
  );
}

/** What nobody can change once the field exists (sheet §4.1), as paths below the declared key. */
const PERMANENT: Readonly<Record<string, readonly string[]>> = {
  external: [],
  formula: ['return_type'],
  lookup: ['module'],
  multiselectlookup: ['connected_details', 'module'],
  textarea: ['type'],
};

/** The declared keys of a field that are choices for ever, besides its type and its API name. */
export function permanentKeys(field: DesiredField): readonly string[] {
  return Object.keys(field.declared).filter((key) => Object.hasOwn(PERMANENT, key));
}

/** True where `want` asks for a choice that nobody can make differently any more. */
export function isPermanent(key: string, want: Json, live: Json): boolean {
  const path = Object.hasOwn(PERMANENT, key) ? PERMANENT[key] : undefined;
  if (path === undefined) return false;
  const wanted = valueAt(want, path);
  return wanted !== undefined && !agrees(wanted, valueAt(live, path) ?? null);
}
