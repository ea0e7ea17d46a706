import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { dataTypes } from '../../src/model/data-types.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import type { LiveField } from '../../src/model/live-field.ts';
import { readFields } from '../../src/zoho/lists.ts';

/** Organisations as nobody would set them up, but as years of use may leave them. */

type Mutable = Record<string, Json>;

const read = (path: string): Json => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Json;

/** One complete object per data type (sheet §2.4). */
export const examples: readonly JsonObject[] = Object.values(
  read('../emulator/field-examples.json') as JsonObject,
).map((value) => (value as { fields?: readonly JsonObject[] }).fields?.[0] ?? (value as JsonObject));

/** Keys that identify a field: without them Zoho's answer is refused as a whole. */
const IDENTITY = new Set([
  'id',
  'api_name',
  'data_type',
  'field_label',
  'display_label',
  'custom_field',
  'type',
]);

/** Every other key of sheet §2.3 that any example has. */
const KEYS = [...new Set(examples.flatMap((example) => Object.keys(example)))].filter(
  (key) => !IDENTITY.has(key),
);

/** Labels that a person, a script or an attacker gave. */
const labels = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[A-Z][a-z]{1,9}( [A-Z][a-z]{1,9}){0,2}$/) },
  fc.constantFrom(
    'Owner',
    'owner ',
    'TAG',
    '010',
    'true',
    'no',
    '2026-01-31',
    '12:30',
    '1e3',
    '~',
    'null',
    '- list',
    '# no comment',
    'a: b',
    "it's",
    '"quoted"',
    'x: [1, {',
    '%YAML',
    '&anchor',
    '*alias',
    '!tag',
    '@home',
    '`tick`',
    '=1+1',
    '<b>',
    '商談形態',
    'תווית',
    'Größe (m²)',
    'A  B',
    ' lead',
    'trail ',
    'tab\there',
    'line\nbreak',
    'zero\u200bwidth',
    '\u202Eright-to-left',
    '👩‍💻 Team',
    'e\u0301',
    '\u0000',
    'x'.repeat(51),
    '説明'.repeat(40),
    '::set-output',
    'ﬁ',
    '\ud800',
    '---',
    '...',
    '?',
    '|',
    '>',
    'Renewal\u00a0Date',
    'Sales Region',
    'Region',
    'Link to Schedule the Onboarding',
    'Cover Letter  URL',
    'Caf\u00e9',
    'Cafe\u0301',
    '\r',
    '\u2028',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
);

const names = fc.oneof(
  { weight: 5, arbitrary: fc.stringMatching(/^[A-Z][A-Za-z]{1,8}(_[A-Za-z0-9]{1,6}){0,2}$/) },
  fc.constantFrom(
    'Name',
    'Tag',
    'null',
    'true',
    'No',
    'Foo__c',
    'A__s',
    'x',
    'constructor',
    '__proto__',
    'toString',
  ),
  fc.constantFrom(
    '1st',
    'Ünï',
    'With Space',
    'a-b',
    'Trailing_',
    'Remind Participants',
    'Revenue(First_Touch)',
    'Renewal_Date',
    'Renewal_Date1',
    'Region',
    'Region_Name',
    'l'.repeat(80),
    'line\nbreak',
    '"',
    '商談',
    '<<',
  ),
);

/** Anything that JSON holds, of every wrong kind. */
const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, {}, [], '', '   ', 0, -1, 1e21, 0.5, true, false, 'yes', '010', [null], [{}], {
    id: '1',
  }),
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json> },
);

/** Values inside the objects of sheet §2.3, where `null` or a text may stand for anything. */
function shaken(value: Json, random: readonly Json[], at: { next: number }): Json {
  const pick = (): Json => random[(at.next += 1) % random.length] ?? null;
  if (Array.isArray(value)) return value.map((item: Json) => shaken(item, random, at));
  if (typeof value !== 'object' || value === null) return at.next % 5 === 0 ? pick() : value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      at.next += 1;
      return [key, at.next % 7 === 0 ? pick() : shaken(item, random, at)];
    }),
  );
}

const options = fc.array(
  fc.record(
    {
      display_value: labels,
      actual_value: fc.oneof(labels, fc.constantFrom('-None-', '010', 'true', '2026-01-31', 'Same')),
      colour_code: fc.constantFrom<Json>(null, '#9cb5ff', 7),
      type: fc.constantFrom('used', 'unused'),
      id: fc.constant('6084217000000001234'),
    },
    { requiredKeys: [] },
  ),
  { maxLength: 8 },
);

const profiles = fc.array(
  fc.record({
    name: fc.oneof(labels, fc.constantFrom<Json>('Administrator', 'Standard', null, 7)),
    permission_type: fc.constantFrom<Json>('read_write', 'read_only', 'hidden', 'odd', null),
    id: fc.constant('6084217000000026011'),
  }),
  { maxLength: 4 },
);

const field: fc.Arbitrary<JsonObject> = fc
  .record({
    example: fc.constantFrom(...examples),
    type: fc.option(
      fc.constantFrom(...dataTypes.map((one) => one.name), 'richtext_new', 'event reminder', '010', 'a: b'),
      { freq: 6 },
    ),
    api_name: names,
    label: labels,
    display: fc.option(labels, { nil: undefined, freq: 4 }),
    custom: fc.boolean().map((one) => one),
    unused: fc.nat({ max: 9 }).map((one) => one === 0),
    gone: fc.subarray(KEYS, { maxLength: 12 }),
    nulled: fc.subarray(KEYS, { maxLength: 8 }),
    emptied: fc.subarray(KEYS, { maxLength: 8 }),
    replaced: fc.dictionary(fc.constantFrom(...KEYS), odd, { maxKeys: 4 }),
    unknown: fc.dictionary(fc.stringMatching(/^[a-z_]{1,12}$/), odd, { maxKeys: 3 }),
    options: fc.option(options, { nil: undefined }),
    profiles: fc.option(profiles, { nil: undefined }),
    roll: fc.option(fc.constantFrom('RECENT', 'COUNT', 'FIRST_VALUE'), { nil: undefined, freq: 6 }),
    shake: fc.option(fc.array(odd, { minLength: 1, maxLength: 5 }), { nil: undefined }),
    length: fc.option(fc.constantFrom<Json>(1, 50, 255, 256, 0, -3, 32000, 1.5, '50', null), {
      nil: undefined,
    }),
    decimals: fc.option(fc.constantFrom<Json>(0, 2, 9, 12, 20), { nil: undefined }),
    unique: fc.option(
      fc.constantFrom<Json>({ case_sensitive: false }, { casesensitive: 'false' }, { case_sensitive: true }),
      {
        nil: undefined,
      },
    ),
  })
  .map((wish) => {
    const wire: Mutable = { ...wish.example };
    if (wish.shake !== undefined) {
      const at = { next: 0 };
      for (const key of KEYS)
        if (Object.hasOwn(wire, key)) wire[key] = shaken(wire[key] ?? null, wish.shake, at);
    }
    for (const key of wish.gone) delete wire[key];
    for (const key of wish.nulled) wire[key] = null;
    for (const key of wish.emptied)
      wire[key] = Array.isArray(wire[key]) ? [] : typeof wire[key] === 'string' ? '' : {};
    Object.assign(wire, wish.unknown, wish.replaced);
    if (wish.roll !== undefined) {
      wire['rollup_summary'] = { return_type: 'datetime', expression: { function: wish.roll } };
    }
    if (wish.options !== undefined) wire['pick_list_values'] = wish.options as Json;
    if (wish.profiles !== undefined) wire['profiles'] = wish.profiles as Json;
    if (wish.length !== undefined) wire['length'] = wish.length;
    if (wish.decimals !== undefined) wire['decimal_place'] = wish.decimals;
    if (wish.unique !== undefined) wire['unique'] = wish.unique;
    wire['api_name'] = wish.api_name;
    wire['field_label'] = wish.label;
    if (wish.display === undefined) delete wire['display_label'];
    else wire['display_label'] = wish.display;
    wire['custom_field'] = wish.custom;
    if (wish.type !== null) wire['data_type'] = wish.type;
    wire['type'] = wish.unused ? 'unused' : 'used';
    return wire;
  });

/** The fields of a module, read as the command reads them. */
export const organisation: fc.Arbitrary<readonly LiveField[]> = fc
  .array(field, { minLength: 1, maxLength: 14 })
  .chain((fields) =>
    // Names that differ from another one in nothing, or only in case.
    fc
      .array(fc.tuple(fc.nat(fields.length - 1), fc.constantFrom('same', 'upper', 'label')), { maxLength: 3 })
      .map((twins) => [
        ...fields,
        ...twins.map(([index, kind]): JsonObject => {
          const one = fields[index] ?? {};
          const name = one['api_name'] as string;
          const label = one['field_label'] as string;
          if (kind === 'same') return one;
          if (kind === 'upper') return { ...one, api_name: name.toUpperCase(), field_label: `${label} 2` };
          return {
            ...one,
            api_name: `${name}_2`,
            field_label: label.toUpperCase(),
            display_label: label.toUpperCase(),
          };
        }),
      ]),
  )
  .map((wires) => liveFields(wires));

/** What Zoho sent, as the command sees it; ids are made up, and differ. */
export function liveFields(wires: readonly JsonObject[]): readonly LiveField[] {
  const fields = wires.map((wire, index) => ({
    ...wire,
    id: `6084217000009${String(index).padStart(6, '0')}`,
  }));
  return readFields(fields, 'zoho');
}
