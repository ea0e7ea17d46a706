/**
 * Build-time script: `tsx scripts/build.ts`. Bundles what is shipped into `dist`.
 *
 * One bundle per command, loaded when the command runs: reading a hundred small files costs more than all of our own
 * work. Identifiers keep their names, so that the stack of a bug can be read.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { bundledPackages, licenseTexts } from './licenses.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Parts of axios that this tool can never reach, but that axios loads at once: its `fetch` adapter makes Node 20 load a
 * second HTTP client, `http2` is a third, and form data brings a table of all media types. Leaving them out halves the
 * time that axios takes to load; the tests run the bundle, so that a part which is needed after all would be missed.
 */
const leanAxios: Plugin = {
  name: 'lean-axios',
  setup: (bundler) => {
    const ofAxios = (importer: string): boolean => importer.includes('/node_modules/axios/');
    const replaced: Readonly<Record<string, string>> = {
      './fetch.js': 'export const getFetch = () => undefined; export default undefined;',
      http2: 'export default {};',
      'form-data': 'export default class FormData {};',
      // No request of this tool follows a redirect.
      'follow-redirects': 'export default { http: undefined, https: undefined };',
      // Proxies are those of `src/zoho/http/tunnel.ts`.
      'https-proxy-agent': 'export default class HttpsProxyAgent {};',
      'proxy-from-env': "export const getProxyForUrl = () => '';",
    };
    bundler.onResolve(
      { filter: /^(\.\/fetch\.js|http2|form-data|follow-redirects|https-proxy-agent|proxy-from-env)$/ },
      ({ path, importer }) => (ofAxios(importer) ? { path, namespace: 'lean-axios' } : undefined),
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

/** What all bundles have in common. */
const COMMON = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  // Paths are part of the bytes: where node_modules is a link, they must be those of a real folder.
  preserveSymlinks: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  // CommonJS packages inside an ES module still call `require` for what Node brings along.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  logLevel: 'warning',
  metafile: true,
} as const satisfies BuildOptions;

const tool = await build({
  ...COMMON,
  entryPoints: { bin: 'src/bin.ts', index: 'src/index.ts', emulator: 'src/emulator/start.ts' },
  splitting: true,
  sourcemap: 'linked',
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [leanAxios, leanCommander],
});
// The Action is one file of its own, so that GitHub's toolkit is in nothing that the command loads.
const action = await build({ ...COMMON, entryPoints: { action: 'src/action/main.ts' } });

const outputs = { ...tool.metafile.outputs, ...action.metafile.outputs };
const folders = bundledPackages({ inputs: {}, outputs });
await writeFile(`${root}dist/THIRD_PARTY_LICENSES.txt`, licenseTexts(root, folders));
