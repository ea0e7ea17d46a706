import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledOnly, licensed, type Sbom } from '../../scripts/sbom.ts';
import { ownEnvironment } from '../support/run-cli.ts';
import { bytesBelow, CHECKOUT, copySources, npm } from './copy.ts';

interface Packed {
  readonly filename: string;
  readonly integrity: string;
  readonly files: readonly { readonly path: string }[];
}

/** Two builds on a machine that is busy with other tests. */
const PATIENCE = 300_000;

const temp = mkdtempSync(join(tmpdir(), 'zoho-fields-twice-'));
const here = join(temp, 'here');
const there = join(temp, 'some where', 'ünder', 'there');
let packed: readonly Packed[] = [];

/** Builds and packs as a fresh machine would. */
async function make(folder: string, env: Readonly<Record<string, string>>): Promise<Packed> {
  await npm(folder, ['run', '-s', 'build'], env);
  // The build has just run; npm would only run it again.
  return (JSON.parse(await npm(folder, ['pack', '--json', '--ignore-scripts'], env)) as [Packed])[0];
}

beforeAll(async () => {
  // One copy of a copy: an edit of the sources meanwhile must not make the two builds differ.
  copySources(CHECKOUT, here);
  copySources(here, there);
  packed = await Promise.all([
    make(here, { TZ: 'UTC', LC_ALL: 'C', LANG: 'C' }),
    // Half an hour off, and a language whose small i is not the small letter of I.
    make(there, { TZ: 'Asia/Kolkata', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' }),
  ]);
}, PATIENCE);

afterAll(() => rmSync(temp, { recursive: true, force: true }));

describe('two machines that build this package', () => {
  it('get the same bytes in every file', () => {
    const [one, other] = [bytesBelow(join(here, 'dist')), bytesBelow(join(there, 'dist'))];
    expect([...one.keys()]).toContain('bin.js');
    expect([...other.keys()]).toEqual([...one.keys()]);
    expect([...one.keys()].filter((path) => one.get(path) !== other.get(path))).toEqual([]);
  });

  it('pack the same tarball', () => {
    expect(packed[1]?.integrity).toBe(packed[0]?.integrity);
    expect(packed[1]?.files).toEqual(packed[0]?.files);
  });

  it('leave no trace of where they built', () => {
    const telling = [...bytesBelow(join(here, 'dist'))].filter(([, text]) => text.includes(temp));
    expect(telling.map(([path]) => path)).toEqual([]);
  });
});

describe('what is published', () => {
  it('holds the built files and nothing of the developers', () => {
    const paths = packed[0]?.files.map(({ path }) => path) ?? [];
    expect(paths).toContain('dist/THIRD_PARTY_LICENSES.txt');
    const others = paths.filter((path) => !/^dist\/[\w./-]+\.(?:js|js\.map|d\.ts|json|txt)$/u.test(path));
    expect(others.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
  });

  it("has GitHub's toolkit in the Action alone: the command loads none of it", () => {
    const files = [...bytesBelow(join(here, 'dist'))].filter(([path]) => path.endsWith('.js'));
    const withToolkit = files.filter(([, text]) => text.includes('@octokit/'));
    expect(withToolkit.map(([path]) => path)).toEqual(['action.js']);
  });

  it('imports only what Node brings along', async () => {
    const { metafile } = await build({
      absWorkingDir: here,
      entryPoints: ['dist/action.js', 'dist/bin.js', 'dist/index.js', 'dist/emulator.js'],
      bundle: true,
      write: false,
      outdir: 'unused',
      format: 'esm',
      platform: 'node',
      packages: 'external',
      metafile: true,
    });
    const imported = Object.values(metafile.inputs).flatMap(({ imports }) => imports);
    const names = imported
      // The bundler's own helpers.
      .filter((one) => one.external === true && one.path !== '<runtime>')
      .map((one) => one.path);
    expect(names).toContain('node:fs/promises');
    const files = [...bytesBelow(join(here, 'dist'))];
    for (const [path, text] of files) {
      // Bundled CommonJS calls a `require` of our own, which no bundler follows.
      const called = path.endsWith('.js') ? /\brequire\d*\("([^"]+)"\)/gu : undefined;
      // A declaration that needs a package would need it wherever it is compiled.
      const declared = path.endsWith('.d.ts')
        ? /(?:from |import\(|reference types=|^import )['"]([^'"]+)['"]/gmu
        : undefined;
      for (const [, name = ''] of text.matchAll(called ?? declared ?? /(?!)/gu)) names.push(name);
    }
    expect([...new Set(names)].filter((name) => !isBuiltin(name) && !name.startsWith('.'))).toEqual([]);
  });

  it(
    'installs alone, without the registry, and runs',
    async () => {
      const empty = join(temp, 'empty');
      mkdirSync(empty);
      writeFileSync(join(empty, 'package.json'), '{"type":"module"}');
      await npm(empty, ['install', '--offline', '--no-audit', join(here, packed[0]?.filename ?? '')]);
      expect(readdirSync(join(empty, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
        'zoho-fields',
      ]);
      writeFileSync(
        join(empty, 'use.js'),
        "import * as library from 'zoho-fields';import{startEmulator}from'zoho-fields/emulator';" +
          'await(await startEmulator()).close();console.log(`${Object.keys(library).length>0}`);',
      );
      const node = (...words: readonly string[]): string =>
        execFileSync(process.execPath, [...words], {
          cwd: empty,
          env: { ...ownEnvironment(empty) },
          encoding: 'utf8',
        }).trim();
      expect(node('use.js')).toBe('true');
      cpSync(join(CHECKOUT, 'fields.yaml'), join(empty, 'fields.yaml'));
      const plan = node('node_modules/zoho-fields/dist/bin.js', 'plan', '--emulator');
      expect(plan).toContain('1 to create, 5 in sync');
      const action = spawnSync(process.execPath, ['node_modules/zoho-fields/dist/action.js'], {
        cwd: empty,
        env: { ...ownEnvironment(empty) },
        encoding: 'utf8',
      });
      expect(`${action.status} ${action.stdout}`).toMatch(/^64 ::error::The step is one of/u);
    },
    PATIENCE,
  );
});

describe('what is bundled', () => {
  /** Licences that ask for nothing but their text, and that of a NOTICE, which is shipped as well. */
  const KNOWN = ['Apache-2.0', 'MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause'];
  const texts = (): string => bytesBelow(join(here, 'dist')).get('THIRD_PARTY_LICENSES.txt') ?? '';

  it('comes with its licences, each of them one that may be bundled', () => {
    const bundled = licensed(texts());
    expect(bundled.map((id) => id.replace(/@[^@]+$/u, ''))).toEqual(
      expect.arrayContaining(['axios', 'commander', 'hono', 'yaml']),
    );
    const licenses = [...texts().matchAll(/^\S+ \S+ \((.*)\)\n-+$/gmu)].map((match) => match[1] ?? '');
    expect(licenses).toHaveLength(bundled.length);
    expect(licenses.filter((license) => !KNOWN.includes(license))).toEqual([]);
    expect(texts().match(/copyright/giu)?.length ?? 0).toBeGreaterThanOrEqual(bundled.length);
  });

  it(
    'is what the bill of materials tells, and nothing else',
    async () => {
      const all = JSON.parse(
        await npm(CHECKOUT, ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx']),
      ) as Sbom;
      const bundled = licensed(texts());
      const own = bundledOnly(all, bundled, 'zoho-fields');
      expect(all.components.length).toBeGreaterThan(own.components.length);
      expect(own.components.map(({ name, version }) => `${name}@${version}`).sort()).toEqual(
        [...bundled].sort(),
      );
      expect(JSON.stringify(own)).not.toContain('npm:package:development');
      expect(own.metadata.component.name).toBe('zoho-fields');
      const known = new Set([
        own.metadata.component['bom-ref'],
        ...own.components.map((one) => one['bom-ref']),
      ]);
      const linked = own.dependencies.flatMap(({ ref, dependsOn = [] }) => [ref, ...dependsOn]);
      expect(linked.filter((ref) => !known.has(ref))).toEqual([]);
      expect(() => bundledOnly(all, [...bundled, 'left-pad@1.0.0'], 'x')).toThrow('left-pad');
    },
    PATIENCE,
  );
});
