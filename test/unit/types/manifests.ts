import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { expect } from 'vitest';
import { loadManifest } from '../../../src/manifest/load.ts';
import type { Json } from '../../../src/model/json.ts';
import type { DesiredField, Manifest } from '../../../src/model/manifest.ts';
import { want } from '../../support/field.ts';

export function manifestOf(modules: Readonly<Record<string, readonly DesiredField[]>>): Manifest {
  return {
    path: 'fields.yaml',
    sha256: '0'.repeat(64),
    modules: Object.entries(modules).map(([module, fields]) => ({ module, fields })),
  };
}

export const options = (...values: readonly string[]): Json =>
  values.map((value) => ({ display_value: `Shown: ${value}`, actual_value: value }));

/** What a program that imports the file finds in it, by the name of the export. */
export function exportsOf(text: string): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const { code } = transformSync(text, { loader: 'ts', format: 'cjs', target: 'node20' });
  const module = { exports: {} };
  // The file is made of strings that others chose: that it does nothing else is what is tested.
  // oxlint-disable-next-line typescript/no-implied-eval
  new Function('module', 'exports', code)(module, module.exports);
  return module.exports;
}

export const portal = (): Manifest => {
  const path = fileURLToPath(new URL('../../../fields.yaml', import.meta.url));
  const { manifest } = loadManifest({ path: '/home/ann/portal/fields.yaml', bytes: readFileSync(path) });
  if (manifest === undefined) throw new Error('the portal’s manifest is not valid');
  return manifest;
};

/** Every whole manifest that the pages show. */
export function documented(): readonly Manifest[] {
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
export const hostile = (): Manifest =>
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
