import { resolve } from 'node:path';
import { importInto } from '../../import/import-into.ts';
import { importModule, type Imported } from '../../import/import-module.ts';
import type { LiveField, RequestCount } from '../../model/live-field.ts';
import { misuse, problem } from '../../model/problem.ts';
import { importJson, importText } from '../../report/import/text.ts';
import { lookOf, type Io } from '../../machine/io.ts';
import type { ReportOptions } from '../options.ts';
import { withConnection, type ConnectOptions, type Connection } from '../../run/connect.ts';
import { EXIT } from '../exit-code.ts';
import { refuseExisting, replaceManifest, writeNewManifest, schemaFor } from '../../machine/manifest-file.ts';
import { DEFAULT_MANIFEST, readManifestBytes } from '../../machine/read-bytes.ts';
import { readManifest } from '../../run/read-manifest.ts';
import { refuseSecret } from '../../machine/kept-file.ts';
import { gapsOf } from '../../import/declared-keys.ts';

export interface ImportOptions extends ReportOptions, ConnectOptions {
  readonly module?: string;
  readonly all?: boolean;
  readonly sort?: boolean;
  readonly out?: string;
  readonly into?: string;
}

/** The module that is meant where nobody says. */
export const DEFAULT_MODULE = 'Deals';

/** `import`: live fields become a manifest, or are added to one. Writes nothing to Zoho. */
export async function importFields(options: ImportOptions, io: Io): Promise<number> {
  const { out, into } = options;
  if (out !== undefined && into !== undefined) throw twoPlaces();
  if (out !== undefined) await refuseExisting(out, io);
  const existing = into === undefined ? undefined : await readExisting(into, io);
  return withConnection(
    { options, access: 'read', manifestPath: into ?? out ?? DEFAULT_MANIFEST, io },
    () => Promise.resolve(existing),
    async (connection) => {
      const only = existing?.modules.length === 1 ? existing.modules[0] : undefined;
      const module = options.module ?? only ?? DEFAULT_MODULE;
      const live = await readAll(module, connection);
      const schema = schemaFor(resolve(io.cwd, out ?? DEFAULT_MANIFEST));
      const wish = { module, live, all: options.all === true, sorted: options.sort === true, schema };
      const imported = existing === undefined ? importModule(wish) : importInto(existing.text, wish);
      if (imported === undefined) throw nothingToImport(module);
      refuseImportedSecret(imported, { module, live, before: existing?.text ?? '' });
      if (out !== undefined) await writeNewManifest(out, imported.text, io);
      if (into !== undefined && existing !== undefined && imported.fields.length > 0) {
        const after = new TextEncoder().encode(`${existing.mark}${imported.text}`);
        await replaceManifest(into, existing.bytes, after, io);
      }
      report(imported, { module, out, into, requests: connection.session.requests }, options, io);
      return EXIT.done;
    },
  );
}

/**
 * What someone has written into their manifest is theirs; only new lines are judged.
 * @throws Problem `failed` where what was read for them holds a secret.
 */
export function refuseImportedSecret(
  { text, fields }: Imported,
  from: { readonly module: string; readonly live: readonly LiveField[]; readonly before: string },
): void {
  const known = new Set(from.before.split('\n'));
  const names = new Set(fields.map(({ api_name }) => api_name));
  refuseSecret({
    what: 'manifest',
    text: text
      .split('\n')
      .filter((line) => !known.has(line))
      .join('\n'),
    modules: [{ module: from.module, fields: from.live.filter(({ api_name }) => names.has(api_name)) }],
  });
}

interface Existing {
  readonly bytes: Uint8Array;
  /** The byte order mark, where there is one. */
  readonly mark: string;
  readonly text: string;
  readonly modules: readonly string[];
}

/** A manifest that is not valid is fixed first: what would be added to it cannot be checked. */
async function readExisting(path: string, io: Io): Promise<Existing> {
  if (path === '-') throw noStream();
  const bytes = await readManifestBytes(path, io);
  const { manifest } = await readManifest(path, io);
  const whole = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const mark = whole.startsWith('\ufeff') ? '\ufeff' : '';
  const text = whole.slice(mark.length);
  return { bytes, mark, text, modules: manifest.modules.map(({ module }) => module) };
}

/** Every field, with the options of every picklist: some organisations leave them out of the list (sheet §2.2). */
export async function readAll(
  module: string,
  { reader }: Pick<Connection, 'reader'>,
): Promise<readonly LiveField[]> {
  const fields = await reader.fields(module, []);
  const gaps = gapsOf(fields);
  return gaps.length === 0 ? fields : reader.fields(module, gaps);
}

function report(
  imported: Imported,
  view: {
    readonly module: string;
    readonly out: string | undefined;
    readonly into: string | undefined;
    readonly requests: RequestCount;
  },
  options: ImportOptions,
  io: Io,
): void {
  const { module, out, into, requests } = view;
  const path = out ?? into;
  const facts = { module, requests, ...(path === undefined ? {} : { path }), isInto: into !== undefined };
  if (options.format === 'json') {
    io.stdout.write(importJson(imported, facts));
    return;
  }
  if (path === undefined) io.stdout.write(imported.text);
  io.stderr.write(importText(imported, facts, lookOf(io.stderr, io)));
}

function twoPlaces(): Error {
  return misuse(
    '"--out" writes a new manifest and "--into" adds to one that exists: only one of them can be meant.',
    'Leave one of them out.',
  );
}

function noStream(): Error {
  return misuse(
    '"--into" changes a file, so it cannot be standard input.',
    'Name a file, or leave --into out to print a manifest.',
  );
}

export function nothingToImport(module: string): Error {
  return problem(
    'failed',
    'nothing-to-import',
    `${module} has no field that a manifest could declare.`,
    'Check the name of the module, and what the user of the credentials may see.',
  );
}
