/**
 * Merges what the bundler split into few files.
 *
 * The bundler makes a chunk of every set of modules that several parts of the program share: a command then reads fifty
 * files, and looking for a file takes longer than running what is in it. Here whole chunks are put together into one
 * CommonJS file for each part that is loaded at once. Each chunk is in exactly one file, so nothing is there twice.
 */
import { dirname, join } from 'node:path';
import { build, type BuildOptions, type Metafile, type OutputFile, type Plugin } from 'esbuild';

/** A file that is built, and the sources that it is made for: what these import at once comes with them. */
export interface Pack {
  /** Its path below `dist`, without its ending. */
  readonly name: string;
  readonly roots: readonly string[];
  /** Besides, what is needed for one of the first and for one of the second: it would else come with the whole of one. */
  readonly between?: readonly [readonly string[], readonly string[]];
}

/** What the bundler split: its account and its texts, by path below the project. */
export interface Split {
  readonly outputs: Metafile['outputs'];
  readonly texts: ReadonlyMap<string, string>;
}

/** The outputs of a build that was not written. */
export function splitOf(root: string, metafile: Metafile, files: readonly OutputFile[]): Split {
  const texts = new Map(files.map((file) => [file.path.slice(root.length), file.text]));
  return { outputs: metafile.outputs, texts };
}

/**
 * Writes the packs, and beside them the files that programs import by name.
 * @param packs in their order: a chunk that several of them need is in the first one. What no pack names is a pack of its
 * own, below `chunks`.
 * @param program the source of `bin.js`: it is run, so nothing may load it again, and it has its own copy of what it needs.
 * @param entries what is imported from outside: names below `dist` and their sources.
 */
export async function writePacks(
  split: Split,
  packs: readonly Pack[],
  program: string,
  entries: Readonly<Record<string, string>>,
  options: BuildOptions,
): Promise<void> {
  const chunks = chunksOf(split);
  const start = chunks.get(program) ?? '';
  chunks.delete(program);
  const places = placesOf(split, packs, chunks);
  const wanted = wantedElsewhere(
    split,
    places,
    Object.values(entries).map((source) => chunks.get(source)),
  );
  const isIn = (chunk: string, name: string): boolean => places.get(chunk) === name;
  const write = (name: string, lines: readonly string[], isHere = isIn): Promise<unknown> =>
    build({
      ...options,
      stdin: { contents: lines.join('\n'), sourcefile: 'pack.js', resolveDir: options.absWorkingDir ?? '.' },
      outfile: `dist/${name}.js`,
      plugins: [fromSplit(split, places, name, (chunk) => isHere(chunk, name))],
    });
  const copied = closureOf(split, start);
  await Promise.all([
    // With this line the bundler makes the file one that can be run by its name.
    write('bin', ['#!/usr/bin/env node', `import '${start}';`], (chunk) => copied.has(chunk)),
    ...[...new Set(places.values())].map((name) => {
      const own = [...places.keys()].filter((chunk) => places.get(chunk) === name);
      const shared = own.filter((chunk) => wanted.has(chunk));
      return write(name, [
        ...own.map((chunk) => `import '${chunk}';`),
        ...shared.map((chunk) => `export * as ${wordOf(chunk)} from '${chunk}';`),
      ]);
    }),
    ...Object.entries(entries).map(([name, source]) => {
      const chunk = chunks.get(source) ?? '';
      return write(name, [`export { ${split.outputs[chunk]?.exports.join(', ') ?? ''} } from '${chunk}';`]);
    }),
  ]);
}

/**
 * The chunk that begins with each source which is loaded later, or first; in the order of the sources, as the bundler names
 * chunks by what is in them.
 */
function chunksOf({ outputs }: Split): Map<string, string> {
  const found = Object.entries(outputs).flatMap(([chunk, { entryPoint }]) =>
    entryPoint === undefined ? [] : [[entryPoint, chunk] as const],
  );
  return new Map(found.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** In which pack each chunk is. */
function placesOf(
  split: Split,
  packs: readonly Pack[],
  chunks: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  const put = (chunk: string, name: string): void => {
    for (const one of closureOf(split, chunk)) if (!places.has(one)) places.set(one, name);
  };
  const chunkOf = (root: string): string => {
    const chunk = chunks.get(root);
    if (chunk === undefined) throw new Error(`nothing loads ${root} later any more: look at the packs`);
    return chunk;
  };
  const reach = (roots: readonly string[]): Set<string> =>
    new Set(roots.flatMap((root) => [...closureOf(split, chunkOf(root))]));
  for (const { name, roots, between } of packs) {
    for (const root of roots) put(chunkOf(root), name);
    if (between === undefined) continue;
    const second = reach(between[1]);
    for (const chunk of reach(between[0])) if (second.has(chunk)) put(chunk, name);
  }
  for (const [source, chunk] of chunks)
    put(chunk, `chunks/${source.replaceAll(/^src\/|\.ts$/gu, '').replaceAll('/', '-')}`);
  return places;
}

/** A chunk, and all that it imports at once. */
function closureOf({ outputs }: Split, chunk: string): ReadonlySet<string> {
  const found = new Set([chunk]);
  for (const one of found)
    for (const { path, kind } of outputs[one]?.imports ?? [])
      if (kind === 'import-statement' && path in outputs) found.add(path);
  return found;
}

/** Chunks of which something is used in another file: by what imports them, or by programs that import an entry. */
function wantedElsewhere(
  { outputs }: Split,
  places: ReadonlyMap<string, string>,
  entries: readonly (string | undefined)[],
): ReadonlySet<string> {
  const wanted = new Set(entries.filter((chunk) => chunk !== undefined));
  for (const [chunk, { imports }] of Object.entries(outputs))
    for (const { path } of imports) if (places.get(path) !== places.get(chunk)) wanted.add(path);
  return wanted;
}

const wordOf = (chunk: string): string => chunk.replaceAll(/\W/gu, '_');

/** Chunks of this pack come out of memory; those of others out of the file that they are in. */
function fromSplit(
  { texts }: Split,
  places: ReadonlyMap<string, string>,
  name: string,
  isHere: (chunk: string) => boolean,
): Plugin {
  return {
    name: 'from-split',
    setup: (bundler) => {
      bundler.onResolve({ filter: /\.js$/ }, ({ path, importer, namespace }) => {
        if (namespace === 'elsewhere') return { path, external: true };
        const chunk = path.startsWith('dist/') ? path : join(dirname(importer), path);
        return { path: chunk, namespace: isHere(chunk) ? 'here' : 'elsewhere' };
      });
      bundler.onLoad({ filter: /.*/, namespace: 'here' }, ({ path }) => ({
        contents: texts.get(path) ?? '',
      }));
      bundler.onLoad({ filter: /.*/, namespace: 'elsewhere' }, ({ path }) => ({
        contents: `module.exports = require(${JSON.stringify(wayTo(places.get(path) ?? '', name))}).${wordOf(path)};`,
      }));
    },
  };
}

function wayTo(pack: string, from: string): string {
  const [folder, file] = [dirname(pack), `${pack.split('/').at(-1) ?? ''}.js`];
  if (folder === dirname(from)) return `./${file}`;
  return folder === '.' ? `../${file}` : `./${folder}/${file}`;
}
