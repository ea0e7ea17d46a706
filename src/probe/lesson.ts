import { isObject, property, type Json, type JsonObject } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import type { Seen } from '../model/look.ts';
import { answerWords, itemsIn } from './observe.ts';
import { CODES, OTHER, type FactValue } from './value.ts';
import { TOO_LONG, type Purpose, type Wish } from './wishes.ts';

/** What an answer says of one field. */
export interface Claim {
  /** What became of it: an id, or a code. */
  readonly id?: string;
  readonly code?: string;
  readonly details: JsonObject;
}

/** What an answer says of each field; nothing where it has no results. */
export function claimsIn(seen: Seen | undefined): readonly Claim[] {
  return itemsIn(seen, 'fields').map((item) => {
    const found = property(item, 'details');
    const details = isObject(found) ? found : {};
    const id = property(details, 'id');
    const code = property(item, 'code');
    const isMade = property(item, 'status') === 'success' || code === 'SUCCESS';
    if (isMade) return { ...(typeof id === 'string' ? { id } : {}), details };
    return { code: typeof code === 'string' && CODES.includes(code) ? code : OTHER, details };
  });
}

/** True where Zoho says that nothing at all was created. */
export function isRefused(seen: Seen): boolean {
  const isDenial = seen.status >= 400 && seen.status < 500;
  return isDenial && claimsIn(seen).every(({ code }) => code !== undefined);
}

/** What a refusal of the whole objects to: the name that was sent along, or a label. */
export function blameOf({ json }: Seen): { readonly key: string; readonly details: JsonObject } | undefined {
  const items = isObject(json) ? property(json, 'fields') : undefined;
  const refusals: readonly Json[] = Array.isArray(items) ? items : json === undefined ? [] : [json];
  for (const one of refusals) {
    const details = isObject(one) ? property(one, 'details') : undefined;
    if (!isObject(details)) continue;
    const path = property(details, 'json_path');
    const last = typeof path === 'string' ? /(\w+)$/.exec(path)?.[1] : undefined;
    const key = property(details, 'api_name') ?? last;
    if (key === 'api_name' || key === 'field_label') return { key, details };
  }
  return undefined;
}

/**
 * What a creation taught, held against what a read shows. Results count by their place only where the read proves that
 * they are in the order of the request.
 * @param live what this run created.
 */
export function lessonOf(
  seen: Seen,
  sent: readonly Wish[],
  live: readonly LiveField[],
): ReadonlyMap<string, FactValue> {
  const made = new Map<string, FactValue>();
  const claims = claimsIn(seen);
  if (claims.length !== sent.length) return made;
  const isMade = claims.map(({ code }) => code === undefined);
  if (isMade.includes(true) && isMade.includes(false)) made.set('create.some', answerWords(seen, 'fields'));
  const shown = claims.map(({ id }) => live.find((field) => field.id === id));
  const pairs = shown.flatMap((field, index) => (field === undefined ? [] : [{ field, wish: sent[index] }]));
  if (pairs.length < 2) return made;
  const inOrder = pairs.every(({ field, wish }) => wish !== undefined && bears(field, wish.label));
  made.set('create.order', inOrder ? 'as_sent' : 'in_another_order');
  if (!inOrder) return made;
  const at = (purpose: Purpose): number => sent.findIndex((wish) => wish.purpose === purpose);
  const named = shown[at('named')];
  const { name } = sent[at('named')] ?? {};
  if (name !== undefined && named !== undefined)
    made.set('create.api_name', named.api_name === name ? 'honoured' : 'ignored');
  if (name !== undefined && property(claims[at('named')]?.details ?? {}, 'api_name') === 'api_name')
    made.set('create.api_name', 'refused');
  const twin = claims[at('twin')];
  if (named !== undefined && twin !== undefined) made.set('create.duplicate', twin.code ?? 'accepted');
  const [symbols, letters] = [shown[at('symbols')], shown[at('letters')]];
  if (symbols !== undefined)
    made.set('create.symbols', symbols.api_name === derived(symbols.display_label) ? 'as_believed' : 'other');
  if (letters !== undefined) made.set('create.letters', lettersIn(letters));
  const long = claims[at('long')];
  const most = long === undefined ? undefined : long.code === undefined ? TOO_LONG : longestIn(long.details);
  if (most !== undefined) made.set('create.label_most', most);
  return made;
}

/** True for a field that has a label, translated or not. */
export function bears({ field_label, display_label }: LiveField, label: string): boolean {
  return field_label === label || display_label === label;
}

/** How long a label may be, where a refusal says it. */
export function longestIn(details: JsonObject): number | undefined {
  const most = property(details, 'maximum_length');
  return typeof most === 'number' && Number.isSafeInteger(most) && most > 0 && most < TOO_LONG
    ? most
    : undefined;
}

/** Sheet §3.6: what is no letter and no digit of ASCII becomes one underscore, none at the end. */
function derived(label: string): string {
  return label.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_|_$/g, '');
}

function lettersIn({ api_name: name, display_label: label }: LiveField): string {
  if (name === derived(label)) return 'underscore';
  if (name === derived(label.replace('\u00e9', ''))) return 'dropped';
  if (name === derived(label.replace('\u00e9', 'e'))) return 'plain_letter';
  return name.includes('\u00e9') ? 'kept' : 'other';
}
