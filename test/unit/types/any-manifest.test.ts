import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadManifest } from '../../../src/manifest/load.ts';
import { dataTypes } from '../../../src/model/data-types.ts';
import { property, valueAt, type Json } from '../../../src/model/json.ts';
import type { Manifest } from '../../../src/model/manifest.ts';
import { types } from '../../../src/types/types.ts';
import { plainFile } from '../../campaigns/fuzz/manifest/emit.ts';
import { encode } from '../../campaigns/fuzz/manifest/inputs.ts';
import { soundFile } from '../../campaigns/fuzz/manifest/sound.ts';
import { Random } from '../../campaigns/fuzz/random.ts';
import { want } from '../../support/field.ts';
import { PAYLOADS } from '../report/payloads.ts';
import { compile } from './compiler.ts';
import { options, exportsOf, portal, documented, hostile } from './manifests.ts';

/** Text that anyone may have typed into Zoho, or into a manifest that never came from there. */
const anyText = fc.oneof(
  fc.constantFrom(...PAYLOADS),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'class',
    'await',
    'default',
    '*/',
    "'",
    '\\',
    '1',
    '',
    'a b',
    'Tag',
  ),
  fc.string({ unit: 'binary' }),
  fc.string(),
);

const anyOptions = fc.array(anyText, { maxLength: 6 }).map((values) => options(...values));

/** A module of fields whose names differ, as Zoho's do; and everything else as it comes. */
const anyModule = fc
  .uniqueArray(
    fc.record({
      api_name: anyText.filter((text) => text.isWellFormed()),
      label: anyText,
      type: fc.oneof(fc.constantFrom(...dataTypes.map(({ name }) => name), 'picklist'), anyText),
      pick_list_values: fc.option(anyOptions, { nil: undefined }),
    }),
    { selector: ({ api_name }) => api_name, maxLength: 5 },
  )
  .map((fields) =>
    fields.map(({ api_name, pick_list_values, ...wish }) =>
      want(api_name, { ...wish, ...(pick_list_values === undefined ? {} : { pick_list_values }) }),
    ),
  );

const anyManifest = fc
  .uniqueArray(fc.tuple(anyText, anyModule), { selector: ([module]) => module, maxLength: 3 })
  .map((modules): Manifest => ({
    path: 'fields.yaml',
    sha256: '',
    modules: modules.map(([module, fields]) => ({ module, fields })),
  }));

/** Every API name that the file exports, in its order. */
function constantsOf(text: string): readonly (readonly string[])[] {
  const found = exportsOf(text);
  const names = [...text.matchAll(/^export const ([\w$]+) =/gmu)].map(([, name = '']) => name);
  expect(names.toSorted()).toEqual(Object.keys(found).toSorted());
  return names.map((name) => Object.values(found[name] ?? {}));
}

const namesOf = ({ modules }: Manifest): readonly (readonly string[])[] =>
  modules.map(({ fields }) => fields.map(({ api_name }) => api_name));

/** The characters that a reader could not see, or that would change what is read. */
const UNSEEN = /[^\P{Cc}\n]|\p{Cf}|\p{Co}|\p{Cs}|\p{Zl}|\p{Zp}/u;

describe('the printed types of any manifest', () => {
  it('compile, and let a program write each declared option and no other', { timeout: 180_000 }, async () => {
    const files = new Map<string, string>();
    for (let index = 0; index < 500; index += 1) {
      const { manifest } = loadManifest({
        path: 'fields.yaml',
        bytes: encode(plainFile(soundFile(new Random(20261126, index)) as unknown as readonly Json[])),
      });
      if (manifest === undefined) throw new Error(`manifest ${index} is not valid`);
      files.set(`sound-${index}.ts`, types(manifest));
      files.set(`use-${index}.ts`, programOf(manifest, `sound-${index}.ts`));
      expect(constantsOf(types(manifest))).toEqual(namesOf(manifest));
    }
    expect([...files.values()].join('').match(/@ts-expect-error/gu)?.length).toBeGreaterThan(40);
    expect(await compile(files)).toBe('');
  });

  it(
    'compile, whatever the texts are, and are nothing but constants and types',
    { timeout: 180_000 },
    async () => {
      const files = new Map<string, string>();
      fc.assert(
        fc.property(anyManifest, (manifest) => {
          const text = types(manifest);
          files.set(`any-${files.size}.ts`, text);
          expect(text).not.toMatch(UNSEEN);
          expect(text.isWellFormed()).toBe(true);
          const found = exportsOf(text);
          expect(Object.keys(found)).toHaveLength(manifest.modules.length);
          for (const constant of Object.values(found)) {
            for (const [name, value] of Object.entries(constant)) expect(value).toBe(name);
          }
          const sorted = (lists: readonly (readonly string[])[]) => lists.map((list) => list.toSorted());
          expect(sorted(constantsOf(text))).toEqual(sorted(namesOf(manifest)));
        }),
        { numRuns: 500 },
      );
      files.set('portal.ts', types(portal()));
      for (const [index, manifest] of documented().entries()) files.set(`page-${index}.ts`, types(manifest));
      files.set('hostile.ts', types(hostile()));
      expect(await compile(files)).toBe('');
    },
  );
});

/** A program that sets each picklist to each of its options, and to one that it does not have. */
function programOf({ modules }: Manifest, file: string): string {
  const lines = modules.flatMap(({ module, fields }, index) => {
    const name = `Record${index}`;
    const uses = fields.flatMap(({ api_name, data_type, declared }, at) => {
      const list = property(declared, 'pick_list_values');
      if (!Array.isArray(list) || !data_type.includes('picklist')) return [];
      const values = list.map(
        (one: Json) => valueAt(one, ['actual_value']) ?? valueAt(one, ['display_value']),
      );
      const wrap = (value: Json | undefined): string =>
        data_type === 'picklist' ? JSON.stringify(value) : JSON.stringify([value]);
      const type = `${name}[${JSON.stringify(api_name)}][]`;
      return [
        `export const ok_${index}_${at}: ${type} = [${[...values.map((one) => wrap(one)), 'null'].join(', ')}];`,
        `// @ts-expect-error: no such option`,
        `export const no_${index}_${at}: ${type} = [${wrap('no such option')}];`,
      ];
    });
    return [
      `import type { ${module}Record as ${name} } from './${file}';`,
      ...uses,
      `export type { ${name} };`,
    ];
  });
  return `${lines.join('\n')}\n`;
}
