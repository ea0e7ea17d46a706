import { empty as noContent, json, type Reply } from './http/reply.ts';
import { dig, isList, isObject, textOf, type Json, type JsonObject } from './json.ts';
import type { Organisation } from './state/organisation-state.ts';
import { SWITCHES, type SwitchName, type Switches } from './switches.ts';

/** An answer as a profile has it: a status, and the code of a refusal. */
interface AnswerForm {
  readonly status: number;
  readonly code?: string;
}

/** What is different about the keys of a type: never there, of another kind, and how many nobody knows. */
interface KeyForm {
  readonly absent: readonly string[];
  readonly kinds: readonly (readonly [key: string, kind: string])[];
  readonly more: number;
}

/** What a profile makes of this Zoho, beside its switches. */
export interface Imitation {
  readonly switches: Partial<Switches>;
  readonly answers: Readonly<Record<string, AnswerForm>>;
  readonly keys: Readonly<Record<string, KeyForm>>;
  /** Lengths of custom fields that are the same for all of a type. */
  readonly lengths: Readonly<Record<string, number>>;
  readonly times?: 'in_utc' | 'other';
  readonly tokenSeconds?: number;
  readonly listsInfo: boolean;
  readonly hidesLayouts: boolean;
  readonly headers: { readonly reset: boolean; readonly rateLimit: boolean; readonly credits: boolean };
  readonly organisation: Partial<Pick<Organisation, 'type' | 'edition'>>;
  /** Facts that the profile does not know, and that are therefore as the sheet has them. */
  readonly assumed: readonly string[];
  /** Facts that the profile knows and this Zoho does not show. */
  readonly ignored: readonly string[];
}

/** A profile cannot be used; the message says why. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Draft = { -readonly [K in keyof Imitation]: Mutable<Imitation[K]> };

/** No profile: everything as the sheet has it. */
export const NO_IMITATION: Imitation = empty();

function empty(): Draft {
  return {
    switches: {},
    answers: {},
    keys: {},
    lengths: {},
    listsInfo: false,
    hidesLayouts: false,
    headers: { reset: true, rateLimit: false, credits: false },
    organisation: {},
    assumed: [],
    ignored: [],
  };
}

/**
 * Reads what `probe --out` wrote: `{"kind":"profile","facts":{…}}`. Facts that this Zoho has no means to show are named,
 * not refused: an organisation knows more than a copy of it.
 * @throws ProfileError where it is no profile, or a fact has a value that it cannot have.
 */
export function readProfile(profile: Json): Imitation {
  if (!isObject(profile) || profile['kind'] !== 'profile' || !isObject(profile['facts']))
    throw new ProfileError('This is no profile: it has no facts.');
  const facts = profile['facts'];
  const draft = empty();
  const ignored: string[] = [];
  for (const [id, value] of Object.entries(facts)) {
    const imitate = imitatorOf(id);
    const taken = imitate?.(value, draft) ?? 'not shown';
    if (taken === 'not shown') ignored.push(id);
    if (taken === false) throw new ProfileError(`The profile's ${id} has a value that it cannot have.`);
  }
  const known = [...Object.keys(IMITATORS), ...Object.keys(ANSWERS).map((name) => `answer.${name}`)];
  return { ...draft, ignored, assumed: known.filter((id) => !Object.hasOwn(facts, id)) };
}

/** Takes a value over; false where the fact cannot have it. */
type Imitator = (value: Json, draft: Draft) => boolean | 'not shown';

function imitatorOf(id: string): Imitator | undefined {
  if (Object.hasOwn(IMITATORS, id)) return IMITATORS[id];
  const [kind = '', name = ''] = id.split('.');
  if (kind === 'answer' && Object.hasOwn(ANSWERS, name)) return answer(name);
  if (kind === 'keys' && /^[a-z_]+$/.test(name)) return keys(name);
  if (kind === 'length' && /^[a-z_]+$/.test(name)) return length(name);
  return undefined;
}

/** Words of the fact, and what each makes of the switch. */
function switched<N extends SwitchName>(name: N, positions: Readonly<Record<string, Switches[N]>>): Imitator {
  return (value, draft) => {
    const position =
      typeof value === 'string' && Object.hasOwn(positions, value) ? positions[value] : undefined;
    if (position === undefined) return false;
    draft.switches[name] = position;
    return true;
  };
}

function flag(word: string, otherwise: string, set: (draft: Draft) => void): Imitator {
  return (value, draft) => {
    if (value === word) set(draft);
    return value === word || value === otherwise;
  };
}

function among<T extends string>(list: readonly T[], set: (draft: Draft, one: T) => void): Imitator {
  return (value, draft) => {
    const one = list.find((word) => word === value);
    if (one !== undefined) set(draft, one);
    return one !== undefined || (value === 'other' && 'not shown');
  };
}

const isWhole = (value: Json): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Milliseconds within which a read is behind, in the middle of what the words mean. */
const LAGS: ReadonlyMap<Json, number> = new Map([
  ['at_once', 0],
  ['within_5_seconds', 1500],
  ['later', 8000],
]);

/** What this Zoho shows in any case; of an organisation that shows something else it is told. */
const fixed =
  (shown: Json): Imitator =>
  (value) =>
    JSON.stringify(value) === JSON.stringify(shown) || 'not shown';

const IMITATORS: Readonly<Record<string, Imitator>> = {
  'token.scope': switched('scopeInToken', { present: 'present', absent: 'absent' }),
  'token.life_in': switched('tokenLifetime', {
    seconds: 'seconds',
    milliseconds: 'milliseconds',
    absent: 'absent',
  }),
  'token.life_seconds': (value, draft) => {
    if (!isWhole(value)) return false;
    draft.tokenSeconds = value;
    return true;
  },
  'token.api_domain': switched('apiDomain', { named: 'self', absent: 'absent' }),
  'token.as_bearer': switched('bearer', { refused: 'reject', accepted: 'accept' }),
  'module.case': switched('moduleCase', { counts: 'exact', is_ignored: 'ignore' }),
  'list.options': switched('listOmitsPicklistValues', { with_options: false, without_options: true }),
  'list.info': flag('present', 'absent', (draft) => void (draft.listsInfo = true)),
  'list.layouts': flag('absent', 'present', (draft) => void (draft.hidesLayouts = true)),
  'header.token_reset': flag('absent', 'present', (draft) => void (draft.headers.reset = false)),
  'header.rate_limit': flag('present', 'absent', (draft) => void (draft.headers.rateLimit = true)),
  'header.credits': flag('present', 'absent', (draft) => void (draft.headers.credits = true)),
  'user.customises': switched('userPermission', { granted: 'granted', denied: 'denied' }),
  'field.unique_key': among(
    ['case_sensitive', 'casesensitive'],
    (draft, key) => void (draft.switches.uniqueKeyName = key),
  ),
  'field.times': (value, draft) => {
    if (value === 'in_utc' || value === 'other') draft.times = value;
    return value === 'in_utc' || value === 'other' || value === 'with_offset';
  },
  'organisation.type': among(
    ['production', 'sandbox', 'developer', 'bigin'],
    (draft, type) => void (draft.organisation.type = type),
  ),
  'organisation.edition': among(
    ['free', 'standard', 'professional', 'enterprise', 'ultimate'],
    (draft, edition) => {
      draft.organisation.edition = edition;
    },
  ),
  'list.unused': fixed('listed'),
  'field.untranslated': fixed('display_label'),
  'field.links_before_v8': fixed('flat'),
  'field.unknown_types': fixed(0),
  'create.symbols': fixed('as_believed'),
  'create.letters': fixed('underscore'),
  'create.some': fixed('207'),
  'create.order': fixed('as_sent'),
  'create.label_patch': fixed('200'),
  'create.name_after': fixed('stays'),
  'create.api_name': switched('apiNameInBody', { honoured: 'honour', ignored: 'ignore', refused: 'reject' }),
  'create.duplicate': (value, draft) => {
    if (value === 'accepted') draft.switches.duplicates = 'accept';
    return typeof value === 'string';
  },
  'create.label_most': (value, draft) => {
    if (!isWhole(value)) return false;
    // Of a length that is none of the switch's, the next longer one: what was seen to be taken is taken.
    const most = SWITCHES.labelMaxLength.values.toSorted((a, b) => a - b).find((one) => one >= value) ?? 255;
    draft.switches.labelMaxLength = most;
    return true;
  },
  'create.shown': (value, draft) => {
    const lag = LAGS.get(value);
    if (lag !== undefined) draft.switches.readLag = lag;
    return lag !== undefined;
  },
};

/** Answers by name, with the key of the list that is in them where they are no refusals. */
const ANSWERS: Readonly<Record<string, string>> = {
  missing_scope: 'org',
  missing_module: 'fields',
  unknown_module: 'fields',
  unknown_id: 'fields',
  unknown_type: 'fields',
  unknown_path: 'fields',
  wrong_version: 'fields',
  no_unused: 'fields',
  options: 'pick_list_values',
  no_options: 'pick_list_values',
  modules: 'modules',
  profiles: 'profiles',
  no_global_picklists: 'global_picklists',
  layouts: 'layouts',
};

function answer(name: string): Imitator {
  return (value, draft) => {
    const [, status, code] =
      typeof value === 'string' ? (/^([2-4]\d\d)(?: ([A-Z_]+))?$/.exec(value) ?? []) : [];
    if (status === undefined) return false;
    const form = { status: Number(status), ...(code === undefined ? {} : { code }) };
    draft.answers[name] = form;
    return true;
  };
}

function keys(type: string): Imitator {
  return (value, draft) => {
    if (!isList(value)) return false;
    const absent: string[] = [];
    const kinds: [string, string][] = [];
    let more = 0;
    for (const one of value) {
      const [, gone, key, kind, number] =
        typeof one === 'string' ? (/^(?:-([a-z_]+)|([a-z_]+):([a-z]+)|\+(\d{1,3}))$/.exec(one) ?? []) : [];
      if (gone !== undefined) absent.push(gone);
      else if (key !== undefined && kind !== undefined) kinds.push([key, kind]);
      else if (number === undefined) return false;
      else more = Number(number);
    }
    if (value.length > 0) draft.keys = { ...draft.keys, [type]: { absent, kinds, more } };
    return true;
  };
}

function length(type: string): Imitator {
  return (value, draft) => {
    if (!isWhole(value)) return false;
    draft.lengths = { ...draft.lengths, [type]: value };
    return true;
  };
}

/** Whatever imitates. */
interface Imitating {
  readonly imitation: Imitation;
}

/** An answer in the form that a profile says it has; without a profile as it is. */
export function inForm({ imitation }: Imitating, name: string, reply: Reply): Reply {
  const form = imitation.answers[name];
  if (form === undefined) return reply;
  const { status, code } = form;
  if (status === 204) return noContent;
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
export function fieldInForm(shown: JsonObject, { imitation }: Imitating): JsonObject {
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
