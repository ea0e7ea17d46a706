/**
 * Build-time script: `tsx scripts/build.ts`. Bundles what is shipped into `dist`.
 *
 * One bundle per command, loaded when the command runs: reading a hundred small files costs more than all of our own
 * work. Identifiers keep their names, so that the stack of a bug can be read.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { bundledPackages, licenseTexts } from './licenses.ts';
import { splitOf, writePacks, type Pack } from './packs.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Parts of axios that its core brings along and this tool cannot reach: adapters, of which `src/zoho/http` has its own,
 * and form data, which brings a table of all media types. The tests run the bundle, so that a part which is needed after
 * all would be missed.
 */
const leanAxios: Plugin = {
  name: 'lean-axios',
  setup: (bundler) => {
    const ofAxios = (importer: string): boolean => importer.includes('/node_modules/axios/');
    const replaced: Readonly<Record<string, string>> = {
      '../adapters/adapters.js': 'export default { getAdapter: (adapter) => adapter };',
      'form-data': 'export default class FormData {};',
      // For the boundaries of such forms.
      crypto: 'export default {};',
    };
    bundler.onResolve({ filter: /^(\.\.\/adapters\/adapters\.js|form-data|crypto)$/ }, ({ path, importer }) =>
      ofAxios(importer) ? { path, namespace: 'lean-axios' } : undefined,
    );
    // Reading the global FormData, only to compare against it, makes Node load that second client after all.
    bundler.onLoad({ filter: /\/axios\/lib\/utils\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const lean = text.replace("typeof G.FormData !== 'undefined' ? G.FormData : undefined", 'undefined');
      if (lean === text)
        throw new Error('axios reads the global FormData in another way now: look at lean-axios');
      return { contents: lean };
    });
    bundler.onLoad({ filter: /.*/, namespace: 'lean-axios' }, ({ path }) => ({
      contents: replaced[path] ?? '',
    }));
  },
};

/** Commander starts other programs as subcommands; this one has none, and loading the means takes time at every start. */
const leanCommander: Plugin = {
  name: 'lean-commander',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes('/node_modules/commander/') ? { path, namespace: 'lean-commander' } : undefined,
    );
    bundler.onLoad({ filter: /.*/, namespace: 'lean-commander' }, () => ({
      contents: 'module.exports = {};',
    }));
  },
};

/** The parser can print what it reads, between the lines of a report, for anyone in whose environment a name stands. */
const quietYaml: Plugin = {
  name: 'quiet-yaml',
  setup: (bundler) => {
    bundler.onLoad({ filter: /\/yaml\/dist\/(?:parse\/parser|compose\/composer)\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const quiet = text.replace(/node_process\.env\.LOG_(?:TOKENS|STREAM)/, 'false');
      if (quiet === text) throw new Error('yaml prints what it reads in another way now: look at quiet-yaml');
      return { contents: quiet };
    });
  },
};

/** Commands without a network. */
const OFFLINE = ['validate', 'schema-types', 'diff', 'plan-from'].map(
  (name) => `src/cli/commands/${name}.ts`,
);

/**
 * The files that are loaded one after the other: what every command needs, what is needed to send a request, to read a
 * command line, to read a manifest, to make a plan. Whatever else is loaded later is a file of its own.
 */
const PACKS: readonly Pack[] = [
  {
    name: 'chunks/start',
    roots: ['src/cli/process-io.ts', 'src/cli/exit-code.ts'],
    between: [['src/cli/begin.ts'], ['src/cli/main.ts', ...OFFLINE]],
  },
  { name: 'chunks/program', roots: ['src/cli/main.ts'] },
  { name: 'chunks/send', roots: ['src/cli/begin.ts', 'src/zoho/http/axios-transport.ts'] },
  {
    name: 'chunks/validate',
    roots: ['src/cli/commands/validate.ts', 'src/manifest/load.ts'],
    between: [['src/cli/commands/plan.ts', 'src/cli/show-plan.ts'], ['src/cli/commands/schema-types.ts']],
  },
  { name: 'chunks/plan', roots: ['src/cli/commands/plan.ts', 'src/cli/show-plan.ts'] },
];

/** What all bundles have in common. */
const COMMON = {
  absWorkingDir: root,
  bundle: true,
  // Paths are part of the bytes: where node_modules is a link, they must be those of a real folder.
  preserveSymlinks: true,
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** CommonJS is loaded in half the time of ES modules: nothing is waited for, and nothing is looked up twice. */
const WRITTEN = {
  ...COMMON,
  format: 'cjs',
  sourcemap: 'linked',
  // Node's own `import()` would load its loader of ES modules.
  supported: { 'dynamic-import': false },
  // Node's own, which a file of CommonJS has not.
  define: { 'import.meta.url': 'moduleUrl' },
} as const satisfies BuildOptions;

const STRICT = '"use strict";';

const PROGRAM = 'src/bin.ts';
const ENTRIES = { index: 'src/index.ts', emulator: 'src/emulator/start.ts' };

const { metafile, outputFiles } = await build({
  ...COMMON,
  format: 'esm',
  outdir: 'dist',
  entryPoints: { bin: PROGRAM, ...ENTRIES },
  splitting: true,
  sourcemap: 'inline',
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [leanAxios, leanCommander, quietYaml],
  write: false,
  metafile: true,
});
// The package is one of ES modules; what is built of it is CommonJS.
await mkdir(`${root}dist`, { recursive: true });
await writeFile(`${root}dist/package.json`, '{"type":"commonjs"}\n');
await writePacks(splitOf(root, metafile, outputFiles), PACKS, PROGRAM, ENTRIES, {
  ...WRITTEN,
  banner: { js: STRICT },
});
// The Action is one file of its own, so that GitHub's toolkit is in nothing that the command loads.
const action = await build({
  ...WRITTEN,
  sourcemap: false,
  outdir: 'dist',
  entryPoints: { action: 'src/action/main.ts' },
  banner: { js: `${STRICT}const moduleUrl=require('node:url').pathToFileURL(__filename).href;` },
  metafile: true,
});

const outputs = { ...metafile.outputs, ...action.metafile.outputs };
const folders = bundledPackages({ inputs: {}, outputs });
await writeFile(`${root}dist/THIRD_PARTY_LICENSES.txt`, licenseTexts(root, folders));
