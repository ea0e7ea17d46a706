import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creatableTypes } from '../../../src/model/data-types.ts';
import { loadManifest } from '../../../src/manifest/load.ts';
import { smallestField } from './support.ts';

/** Whatever a manifest holds, valid or not, there is an answer, and a sound one. */

/** `FUZZ=100 npx vitest run test/unit/manifest/any-bytes` looks a hundred times as long. */
const runs = (count: number): { numRuns: number } => ({ numRuns: count * Number(process.env['FUZZ'] ?? 1) });
const patience = 60_000 * Number(process.env['FUZZ'] ?? 1);

/** What is wrong with an answer; whatever the bytes were, the answer is: nothing. */
function flaws(bytes: Uint8Array): string[] {
  // The processor's time, not the clock's: tests run beside others.
  const started = process.cpuUsage();
  const { manifest, diagnostics } = loadManifest({ path: 'x.yaml', bytes });
  const found: string[] = [];
  const expectTrue = (isTrue: boolean, flaw: string): void => {
    if (!isTrue) found.push(flaw);
  };
  // It takes well below a second on a quiet machine; tests share theirs.
  const { user, system } = process.cpuUsage(started);
  expectTrue((user + system) / 1000 < 3000, 'takes too long');
  expectTrue(
    (manifest === undefined) === diagnostics.some((one) => one.severity === 'error'),
    'an error and a manifest',
  );
  expectTrue(diagnostics.length <= 101, 'too many diagnostics');
  const seen = new Set<string>();
  let last = 0;
  for (const { code, message, remedy, line = 0, column = 0, frame = '', file } of diagnostics) {
    const place = line * 1e7 + column;
    expectTrue(/^[a-z0-9]+(-[a-z0-9]+)*$/u.test(code), `the code ${code}`);
    expectTrue(message.length > 5 && message.length < 1000, `the length of: ${message}`);
    expectTrue(
      !/undefined|\[object|NaN/u.test(message + (remedy ?? '')),
      `the words of: ${message} ${remedy}`,
    );
    expectTrue(file === 'x.yaml' && line > 0 && column > 0, `no place for: ${message}`);
    // What sums up several places shows none of them.
    const isSum = / more of this kind/u.test(message);
    expectTrue(isSum ? frame === '' : frame.includes('^') && frame.length < 800, `the frame of: ${message}`);
    expectTrue(place >= last, 'the order');
    expectTrue(!seen.has(`${place} ${code} ${message}`), `twice: ${message}`);
    seen.add(`${place} ${code} ${message}`);
    last = place;
  }
  expectTrue(Object.keys(Object.prototype).length === 0, 'a polluted prototype');
  return found;
}
const anyType = fc.constantFrom(...creatableTypes);

const example = `# yaml-language-server: $schema=x
module: Deals
fields:
  - api_name: Deal_Name
    data_type: text
    create: false
  - api_name: Risk_Level
    field_label: Risk Level
    data_type: picklist
    pick_list_values: [Low, "Mid", { display_value: High, actual_value: 'hi' }]
    tooltip: Links the deal
    profiles: { Standard: read_only }
  - api_name: Owner_Account
    field_label: Owner's account
    data_type: lookup
    lookup:
      module: { api_name: Accounts }
      query_details: { criteria: { value: 1 } }
---
module: Leads
fields:
  - { api_name: Margin, field_label: Margin (%), data_type: currency, currency: { rounding_option: normal, precision: 1 }, decimal_place: 2 }
...
`;

/** What breaks parsers. */
const shards = [
  ...Array.from('\t \n\r:,-?[]{}#&*!|>%@`"\'\\~=<.0129eE+_'),
  '---',
  '...',
  '- ',
  ': ',
  ' #',
  '<<: ',
  '!!set ',
  '&a ',
  '*a',
  '%YAML 1.1\n',
  '? ',
  '|\n',
  '>-\n',
  '"\\x',
  "''",
  '\u200b',
  '\u202e',
  '\0',
  '\ufeff',
  '\u0085',
  '\ud800',
  '__proto__: ',
  'constructor: ',
  'null',
  'true',
  '010',
  '1e999',
  '.nan',
  '2024-01-01',
  '{'.repeat(70),
  '- '.repeat(70),
  'fields:',
  'module:',
  'data_type: ',
  '\n\t',
  '\n      ',
  '\u00a0',
  '9'.repeat(30),
];

const mutation = fc.record({
  at: fc.nat({ max: example.length }),
  remove: fc.oneof(fc.constant(0), fc.nat({ max: 3 }), fc.nat({ max: 60 })),
  insert: fc.oneof(
    fc.constantFrom(...shards),
    fc.string({ maxLength: 6, unit: 'binary' }),
    fc.nat({ max: example.length - 40 }).map((from) => example.slice(from, from + 40)),
  ),
});

const mutated = fc
  .array(mutation, { minLength: 1, maxLength: 5 })
  .map((mutations) =>
    mutations.reduce(
      (text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove),
      example,
    ),
  );

describe('whatever the bytes are', () => {
  it(
    'mutated manifests get a sound answer',
    () => {
      fc.assert(
        fc.property(mutated, (text) => {
          expect(flaws(Buffer.from(text))).toEqual([]);
        }),
        runs(1500),
      );
    },
    patience,
  );

  it(
    'random bytes get a sound answer',
    () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
          expect(flaws(bytes)).toEqual([]);
        }),
        runs(500),
      );
    },
    patience,
  );

  it(
    'random words of YAML get a sound answer',
    () => {
      fc.assert(
        fc.property(
          fc.array(fc.constantFrom(...shards, 'a', 'api_name', 'x: y', '\n', '\n  '), { maxLength: 40 }),
          (words) => {
            expect(flaws(Buffer.from(words.join('')))).toEqual([]);
          },
        ),
        runs(1000),
      );
    },
    patience,
  );

  it(
    'random values under known keys get a sound answer',
    () => {
      const keys = [
        'module',
        'fields',
        ...new Set(creatableTypes.flatMap((type) => type.keys)),
        'api_name',
        'field_label',
        'data_type',
        'create',
        'description',
      ];
      const value = fc.letrec((tie) => ({
        any: fc.oneof(
          { depthSize: 'small' },
          fc.constantFrom(
            null,
            true,
            false,
            0,
            -1,
            1.5,
            1e300,
            '',
            'text',
            'picklist',
            'userlookup',
            'A',
            '010',
          ),
          fc.string(),
          fc.array(tie('any'), { maxLength: 3 }),
          fc.dictionary(
            fc.constantFrom(
              ...keys,
              'name',
              'value',
              'id',
              'permission_type',
              'display_value',
              'actual_value',
              'case_sensitive',
            ),
            tie('any'),
            { maxKeys: 4 },
          ),
        ),
      })).any;
      const field = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 6 });
      const known = anyType.chain((type) => field.map((extra) => ({ ...smallestField(type), ...extra })));
      fc.assert(
        fc.property(fc.array(fc.oneof(field, known, value), { maxLength: 4 }), (fields) => {
          expect(flaws(Buffer.from(JSON.stringify({ module: 'Deals', fields })))).toEqual([]);
        }),
        runs(1000),
      );
    },
    patience,
  );

  it.each([
    ['brackets', '['],
    ['braces', '{'],
    ['dashes', '- '],
    ['question marks', '? '],
    ['colons', ': '],
    ['quotes', '"'],
    ['escapes', '"\\'],
    ['anchors', '&a '],
    ['aliases', '*a '],
    ['tags', '!!set '],
    ['directives', '%A\n'],
    ['documents', '---\n'],
    ['document ends', '...\n'],
    ['items', '- a\n'],
    ['deep mappings', 'a: {'],
    ['broken lines', ']\n'],
    ['tabs', '\t- a\n'],
    ['nulls', '\0'],
    ['nulls between letters', 'a\0'],
    ['zero-width spaces', '\u200b'],
    ['block scalars', '|\n'],
    ['pairs in a list', '[a: b],'],
    ['comments', '#\n'],
    ['backslashes', '\\'],
  ])('many %s get a sound answer in time', (_name, shard) => {
    const count = Math.floor((64 * 1024) / Buffer.byteLength(shard));
    expect(flaws(Buffer.from(`module: Deals\nfields:\n${shard.repeat(count)}`))).toEqual([]);
  });
});
