import { empty, json, type Reply } from '../http/exchange.ts';
import { ANSWERS } from '../imitation.ts';
import { dig, isObject, textOf, type Json, type JsonObject } from '../json.ts';
import type { Zoho } from '../zoho.ts';

/** An answer in the form that a profile says it has; without a profile as it is. */
export function inForm(zoho: Pick<Zoho, 'imitation'>, name: string, reply: Reply): Reply {
  const form = zoho.imitation.answers[name];
  if (form === undefined) return reply;
  const { status, code } = form;
  if (status === 204) return empty;
  const body: Json = reply.body === '' ? {} : JSON.parse(reply.body);
  if (code === undefined)
    return status === reply.status ? reply : json(status, { [ANSWERS[name] ?? 'data']: [] });
  if (code === 'NO_CODE') return json(status, { status: 'error' });
  // A code that is on no page has no name in a profile either.
  const named = code === 'OTHER' ? 'A_CODE_OF_NO_PAGE' : code;
  const details = dig(body, 'details') ?? {};
  return json(status, { code: named, details, message: textFor(body), status: 'error' });
}

function textFor(body: Json): string {
  const message = dig(body, 'message');
  return typeof message === 'string' ? message : 'as the profile has it';
}

/** A field with the keys, the length and the times that a profile says; the same object where it says nothing of them. */
export function fieldInForm(shown: JsonObject, { imitation }: Pick<Zoho, 'imitation'>): JsonObject {
  const type = textOf(shown, 'data_type') ?? '';
  const isCustom = shown['custom_field'] === true;
  const length = isCustom && Object.hasOwn(imitation.lengths, type) ? imitation.lengths[type] : undefined;
  const keys = Object.hasOwn(imitation.keys, type) ? imitation.keys[type] : undefined;
  const times = isCustom ? imitation.times : undefined;
  if (length === undefined && keys === undefined && times === undefined) return shown;
  const changed: Record<string, Json> = { ...shown };
  if (length !== undefined) changed['length'] = length;
  if (times !== undefined)
    for (const key of ['created_time', 'modified_time']) changed[key] = inTime(changed[key] ?? null, times);
  for (const key of keys?.absent ?? []) delete changed[key];
  for (const [key, kind] of keys?.kinds ?? []) changed[key] = ofKind(changed[key] ?? null, kind);
  for (let index = 1; index <= (keys?.more ?? 0); index += 1) changed[`unknown_key_${index}`] = null;
  return changed;
}

function inTime(time: Json, form: 'in_utc' | 'other'): Json {
  if (typeof time !== 'string') return time;
  const utc = new Date(time).toISOString().slice(0, 19);
  return form === 'in_utc' ? `${utc}Z` : utc.replace('T', ' ');
}

/** The same value as another kind where that can be, otherwise an empty one of that kind. */
function ofKind(value: Json, kind: string): Json {
  switch (kind) {
    case 'string':
      return typeof value === 'object' ? '' : String(value);
    case 'number':
      return Number.isFinite(Number(value)) && !isObject(value) ? Number(value) : 0;
    case 'boolean':
      return Boolean(value);
    case 'list':
      return [];
    case 'object':
      return isObject(value) ? value : {};
    default:
      return null;
  }
}
