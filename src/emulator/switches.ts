import { asText, isObject, type Json } from './json.ts';

type Several<V> = readonly [V, ...V[]];

/* What a switch can be: one of a few values, or any number or text, of which those are named that are worth a test. */
const choice = <const V extends Several<string | number | boolean>>(about: string, ...values: V) =>
  ({ kind: 'choice', about, values }) as const;
const amount = (about: string, ...values: Several<number>) => ({ kind: 'number', about, values }) as const;
const text = (about: string, ...values: Several<string>) => ({ kind: 'text', about, values }) as const;

/**
 * Every point on which sources about Zoho disagree, or where a test needs another Zoho, as data: one entry per
 * switch, so that types, flags, the control endpoint and the test matrix cannot drift apart (sheet §13.3). The first value
 * is the sheet's best-supported reading, and the default.
 */
export const SWITCHES = {
  apiNameInBody: choice(
    'What becomes of api_name in a create body (sheet §3.6)',
    'honour',
    'ignore',
    'reject',
  ),
  tokenErrorStatus: choice('HTTP status of a refused token request (sheet §1.3)', 200, 400),
  throttleStatus: choice('HTTP status of "Access Denied" by the token quota (sheet §1.3)', 400, 200),
  throttleText: choice('Language of the description of "Access Denied" (sheet §1.3)', 'english', 'chinese'),
  scopeInToken: choice('Whether token answers carry scope (sheet §1.2)', 'present', 'absent'),
  tokenLifetime: choice(
    'How token answers state the lifetime (sheet §1.2)',
    'seconds',
    'milliseconds',
    'absent',
  ),
  apiDomain: text('api_domain of token answers: self, absent, or an address (sheet §1.5)', 'self', 'absent'),
  bearer: choice('The Authorization scheme Bearer (sheet §13.2)', 'reject', 'accept'),
  scopeMismatchStatus: choice('HTTP status of OAUTH_SCOPE_MISMATCH (sheet §5.1)', 401, 403),
  userPermission: choice('May the user of the token customise Zoho CRM (sheet §1.6)', 'granted', 'denied'),
  wrongMethod: choice('Answer to a method that a path does not have (sheet §5.1)', 400, 405),
  unknownPath: choice(
    'Answer to an unknown segment under /crm/v8/ (sheet §5.1)',
    'INVALID_URL_PATTERN',
    'INVALID_MODULE',
  ),
  oldVersionWrites: choice(
    'POST, PATCH and DELETE of fields below v6 (sheet §13.1)',
    'INVALID_REQUEST_METHOD',
    'API_NOT_SUPPORTED',
    'serve',
  ),
  moduleCase: choice('Must module match exactly (sheet §2.1)', 'exact', 'ignore'),
  listOmitsPicklistValues: choice('The list leaves pick_list_values empty (sheet §2.2)', false, true),
  unknownFieldId: choice('HTTP status for an unknown field id (sheet §2.5)', 400, 204),
  uniqueKeyName: choice('Key inside unique in GET (sheet §2.3)', 'case_sensitive', 'casesensitive'),
  maxFieldsPerCall: choice('Fields per POST or PATCH (sheet §3.1)', 5, 25),
  tooManyFieldsCode: choice(
    'Code for too many fields in a call (sheet §13.2)',
    'INVALID_DATA',
    'LIMIT_EXCEEDED',
  ),
  labelMaxLength: choice('Longest field_label (sheet §3.5)', 50, 25, 255),
  labelCaseInsensitive: choice('Are labels equal that differ in case only (sheet §3.5)', true, false),
  unusedHoldsNames: choice('Does an unused field hold its label and API name (sheet §3.5)', true, false),
  reservedLabelCode: choice(
    'Code for a reserved label (sheet §3.5)',
    'NOT_ALLOWED',
    'RESERVED_KEYWORD_NOT_ALLOWED',
  ),
  relatedListLabels: choice(
    'Beside whose lists a related-list label must be new (sheet §5.2)',
    'custom',
    'every',
    'any',
  ),
  unknownKeys: choice('Keys of a body that Zoho does not know (sheet §3.3)', 'ignore', 'INVALID_DATA'),
  structuralErrors: choice(
    'Scope of a structural mistake in one item (sheet §3.7)',
    'whole-request',
    'whole-request-listed',
    'per-item',
  ),
  duplicates: choice('A Zoho that checks for duplicates, or one that lost the race', 'refuse', 'accept'),
  optionLimits: choice(
    'Limits of picklist options: 120 characters, or 25 and ten options (sheet §3.4)',
    'live',
    'published',
  ),
  immutableKeys: choice('PATCH of what cannot change (sheet §4.1)', 'refuse', 'ignore'),
  picklistPatch: choice('PATCH of options: add to the list, or replace it (sheet §4.1)', 'merge', 'replace'),
  expectedFieldMissingStatus: choice('HTTP status of EXPECTED_FIELD_MISSING (sheet §5.2)', 400, 404),
  perTypeLimit: amount('Fields per data type and module; 0 is no limit (sheet §7)', 0, 40),
  customFieldLimit: amount('Custom fields per module; 0 is the limit of the edition (sheet §3.1)', 0, 40),
  tokensPerTenMinutes: amount(
    'Access tokens per refresh token in ten minutes; 0 is no limit (sheet §1.4)',
    10,
    0,
  ),
  activeTokens: amount('Access tokens alive per refresh token; 0 is no limit (sheet §1.4)', 15, 10, 30),
  credits: amount('API credits in 24 hours; 0 is the edition and its users (sheet §6)', 0, 1000),
  concurrency: amount('Calls at one time; 0 is the limit of the edition (sheet §6)', 0, 5),
  latency: amount('Milliseconds before every answer', 0, 20),
  throttleEvery: amount('Every n-th API call gets 429; 0 is never', 0, 3),
  failEvery: amount('Every n-th API call gets 500; 0 is never', 0, 3),
  failAfterCommit: choice(
    'A POST of fields that is carried out but not answered well',
    'none',
    '500',
    'close',
  ),
  failAfterItems: amount('With failAfterCommit: how many items are created before that; 0 is all', 0, 2),
  readLag: amount('Milliseconds by which reads lag behind writes', 0, 200),
} as const;

export type SwitchName = keyof typeof SWITCHES;
type Widened<T> = T extends { readonly kind: 'choice'; readonly values: readonly (infer V)[] }
  ? V
  : T extends { readonly kind: 'number' }
    ? number
    : string;

/** A value for every switch. */
export type Switches = { -readonly [K in SwitchName]: Widened<(typeof SWITCHES)[K]> };

/** The names of all switches, for flags and for the matrix of positions. */
export const SWITCH_NAMES = Object.keys(SWITCHES).filter(isSwitchName);

/** All switches at the sheet's best-supported reading. */
export function defaultSwitches(): Switches {
  const entries = SWITCH_NAMES.map((name) => [name, SWITCHES[name].values[0]]);
  return Object.fromEntries(entries) as Switches;
}

export function isSwitchName(name: string): name is SwitchName {
  return Object.hasOwn(SWITCHES, name);
}

/**
 * Checks values that come from outside the type system (a flag, the control endpoint).
 * Text is read as a flag would be: `true`, `5`, `ignore`. Throws a RangeError that names what is allowed.
 */
export function parseSwitches(values: Json): Partial<Switches> {
  if (!isObject(values)) throw new RangeError('switches must be an object of name and value');
  const parsed = Object.entries(values).map(([name, value]) => [name, parseSwitch(name, value)]);
  return Object.fromEntries(parsed) as Partial<Switches>;
}

/** One switch value; see {@link parseSwitches}. */
export function parseSwitch(name: string, value: Json): string | number | boolean {
  if (!isSwitchName(name)) throw new RangeError(`no switch "${name}"; there are: ${SWITCH_NAMES.join(', ')}`);
  const entry = SWITCHES[name];
  if (entry.kind === 'choice') {
    const found = entry.values.find((allowed) => String(allowed) === asText(value));
    if (found === undefined) throw new RangeError(`${name} is one of: ${entry.values.join(', ')}`);
    return found;
  }
  if (entry.kind === 'number') {
    const number = Number(value);
    if (value === '' || !Number.isFinite(number) || number < 0)
      throw new RangeError(`${name} is a number from 0`);
    return number;
  }
  return asText(value);
}

/** Switches as this Zoho reads them, and the memory of which it read. */
interface WatchedSwitches {
  readonly switches: Switches;
  readonly asked: ReadonlySet<SwitchName>;
}

/**
 * Remembers which switches were asked about. A Zoho that never asked about a switch would have given the same answers in
 * each of its positions, so a test knows which positions are worth its time.
 * @param switches stays what it is; what reads it directly is not watched.
 */
export function watchSwitches(switches: Switches): WatchedSwitches {
  const asked = new Set<SwitchName>();
  const watched = new Proxy(switches, {
    get: (target, name, receiver) => {
      if (typeof name === 'string' && isSwitchName(name)) asked.add(name);
      return Reflect.get(target, name, receiver);
    },
  });
  return { switches: watched, asked };
}
