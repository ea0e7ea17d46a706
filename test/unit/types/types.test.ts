import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadManifest } from '../../../src/manifest/load.ts';
import { dataTypes } from '../../../src/model/data-types.ts';
import { property, type Json } from '../../../src/model/json.ts';
import type { DesiredField, Manifest } from '../../../src/model/manifest.ts';
import { types } from '../../../src/types/types.ts';
import { plainFile } from '../../campaigns/fuzz/manifest/emit.ts';
import { encode } from '../../campaigns/fuzz/manifest/inputs.ts';
import { soundFile } from '../../campaigns/fuzz/manifest/sound.ts';
import { Random } from '../../campaigns/fuzz/random.ts';
import { want } from '../../support/field.ts';
import { PAYLOADS } from '../report/payloads.ts';
import { compile } from './compiler.ts';

function manifestOf(modules: Readonly<Record<string, readonly DesiredField[]>>): Manifest {
  return {
    path: 'fields.yaml',
    sha256: '0'.repeat(64),
    modules: Object.entries(modules).map(([module, fields]) => ({ module, fields })),
  };
}

const options = (...values: readonly string[]): Json =>
  values.map((value) => ({ display_value: `Shown: ${value}`, actual_value: value }));

/** What a program that imports the file finds in it, by the name of the export. */
function exportsOf(text: string): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const { code } = transformSync(text, { loader: 'ts', format: 'cjs', target: 'node20' });
  const module = { exports: {} };
  // The file is made of strings that others chose: that it does nothing else is what is tested.
  // oxlint-disable-next-line typescript/no-implied-eval
  new Function('module', 'exports', code)(module, module.exports);
  return module.exports;
}

const portal = (): Manifest => {
  const path = fileURLToPath(new URL('../../../fields.yaml', import.meta.url));
  const { manifest } = loadManifest({ path: '/home/ann/portal/fields.yaml', bytes: readFileSync(path) });
  if (manifest === undefined) throw new Error('the portal’s manifest is not valid');
  return manifest;
};

/** Every whole manifest that the pages show. */
function documented(): readonly Manifest[] {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const pages = ['README.md', ...readdirSync(`${root}docs`).map((page) => `docs/${page}`)];
  const shown = pages
    .filter((page) => page.endsWith('.md'))
    .flatMap((page) => [...readFileSync(root + page, 'utf8').matchAll(/^```yaml\n(.*?)^```$/gmsu)])
    .map(([, text = '']) => text)
    .filter((text) => /^module: /mu.test(text) && /^fields:/mu.test(text));
  expect(shown.length).toBeGreaterThan(1);
  return shown.map((text) => {
    const { manifest, diagnostics } = loadManifest({ path: 'fields.yaml', bytes: Buffer.from(text) });
    if (manifest === undefined) throw new Error(`${JSON.stringify(diagnostics)}\n${text}`);
    return manifest;
  });
}

/** A manifest in which every name and text tries to be more than text. */
const hostile = (): Manifest =>
  manifestOf({
    class: [
      want('Deal Name (old) [x]', { label: '*/ process.exit(1) /*', create: false }),
      want("it's", { label: '@deprecated {@link https://evil.example} `x`', create: false }),
      want('__proto__', { label: '![x](https://evil.example/a.png)', create: false }),
      want('constructor', { label: 'two\nlines', create: false, type: 'no such */ type' }),
      want('1st', { label: '</script><img src=x onerror=alert(1)>', create: false }),
      want('default', {
        type: 'picklist',
        pick_list_values: options(
          "'; export default 1; //",
          '*/',
          '${x}',
          'two\nlines',
          '\u2028',
          '\ud800',
          '\\',
        ),
      }),
      want('de fault', {
        type: 'picklist',
        pick_list_values: options('\u202egnp.exe', 'a\u200bb', '-None-'),
      }),
      want('de-fault', { type: 'multiselectpicklist', pick_list_values: options() }),
    ],
    'Ünïcode module; throw 1': [want('A')],
    classRecord: [want('A', { type: 'picklist', pick_list_values: options('x') })],
    classRecord_A: [want('A')],
    'class ': [want('A')],
    undefined: [want('A')],
    '9': [want('A')],
    '': [want('A')],
  });

describe('the printed types', () => {
  it('look right for the portal', async () => {
    await expect(types(portal())).toMatchFileSnapshot('../../golden/types/portal.ts.txt');
  });

  it('look right for a manifest that wants to be more than text', async () => {
    await expect(types(hostile())).toMatchFileSnapshot('../../golden/types/hostile.ts.txt');
  });

  it('look right for every data type', async () => {
    const all = dataTypes.map(({ name }) => want(`A_${name}`, { type: name, create: false }));
    const picklist = want('Risk', { type: 'picklist', pick_list_values: options('Low', 'High') });
    const text = types(
      manifestOf({ Deals: [...all, picklist, want('Tag', { create: false })], Leads: [picklist] }),
    );
    await expect(text).toMatchFileSnapshot('../../golden/types/every-type.ts.txt');
  });

  it('know the value of every data type, but of the two that no source explains', () => {
    const unknown = dataTypes.filter(({ name }) =>
      types(manifestOf({ Deals: [want('A', { type: name, create: false })] })).includes('A: unknown;'),
    );
    expect(unknown.map(({ name }) => name)).toEqual(['address', 'consent']);
  });

  it.each([
    ['currency', 'number | null'],
    ['integer', 'number | null'],
    ['datetime', 'string | null'],
    ['boolean', 'boolean | null'],
    ['of the future', 'string | number | boolean | null'],
  ])('take from a formula that returns %s what it returns', (return_type, expected) => {
    for (const type of ['formula', 'rollup_summary']) {
      const text = types(manifestOf({ Deals: [want('A', { type, [type]: { return_type } })] }));
      expect(text).toContain(`  A: ${expected};\n`);
    }
  });

  it('are the same wherever the manifest lies, and whatever is said of the file', () => {
    const manifest = portal();
    expect(types({ ...manifest, path: 'C:\\x.yaml', sha256: 'f'.repeat(64) })).toBe(types(manifest));
    expect(types(manifest)).not.toContain('ann');
  });

  it('keep the names of what was there when a field is added at the end', () => {
    const risk = want('Risk', { type: 'picklist', pick_list_values: options('Low') });
    const before = types(manifestOf({ Deals: [risk] }));
    const after = types(manifestOf({ Deals: [risk, { ...risk, api_name: 'Risk_' }] }));
    expect(before).toContain("export type Deals_Risk = 'Low';");
    expect(after).toContain("export type Deals_Risk = 'Low';");
    expect(after).toContain("export type Deals_Risk_ = 'Low';");
  });

  it('break the build of a program that uses a field or an option that is gone', async () => {
    const risk = want('Risk', { type: 'picklist', pick_list_values: options('Low', 'High') });
    const program = (name: string): string => `
      import { Deals, type DealsRecord } from './${name}.ts';
      export const update: Partial<DealsRecord> = { [Deals.Partner_Id]: 'p', Risk: 'High' };
    `;
    const said = await compile(
      new Map([
        ['before.ts', types(manifestOf({ Deals: [want('Partner_Id'), risk] }))],
        ['field-gone.ts', types(manifestOf({ Deals: [risk] }))],
        [
          'option-gone.ts',
          types(
            manifestOf({
              Deals: [want('Partner_Id'), { ...risk, declared: { pick_list_values: options('Low') } }],
            }),
          ),
        ],
        ...['before', 'field-gone', 'option-gone'].map((name): [string, string] => [
          `use-${name}.ts`,
          program(name),
        ]),
      ]),
    );
    expect(said).not.toContain('use-before.ts');
    expect(said).toMatch(/use-field-gone\.ts.*TS2339.*'Partner_Id'/u);
    expect(said).toMatch(/use-option-gone\.ts.*TS2322.*"High"/u);
  });
});

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
      const values = list.map((one) => property(one, 'actual_value') ?? property(one, 'display_value'));
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
