import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { count } from '../../model/count.ts';
import { importModule } from '../../import/import-module.ts';
import { type Io, lookOf } from '../../machine/io.ts';
import {
  refuseExisting,
  writeNewManifest,
  type NewPlace,
  SCHEMA_COPY,
  schemaFor,
} from '../../machine/manifest-file.ts';
import { DEFAULT_MANIFEST, nearName } from '../../machine/read-bytes.ts';
import { loadManifest } from '../../manifest/load.ts';
import { manifestSchema } from '../../manifest/schema/schema.ts';
import { misuse, type Problem } from '../../model/problem.ts';
import { shellWord } from '../../model/visible.ts';
import { initJson, initText, type Begun, type StarterFile } from '../../report/init/text.ts';
import { withConnection } from '../../run/connect.ts';
import { valid } from '../../run/read-manifest.ts';
import { readSettings } from '../../run/settings.ts';
import { EXIT } from '../exit-code.ts';
import { askWish, type InitFlags, type InitWish } from '../init/ask.ts';
import {
  extendIgnoreFile,
  isThere,
  isThereWith,
  readIgnoreFile,
  refuseLinks,
  repositoryTop,
  type IgnoreFile,
  exampleManifest,
  PLAIN_PATH,
  WORKFLOW_PATH,
  workflowText,
} from '../init/files.ts';
import { type LiveOptions, settingsWords } from '../options.ts';
import { nothingToImport, readAll, refuseImportedSecret } from './import.ts';

export interface InitOptions extends LiveOptions, InitFlags {}

/**
 * `init`: a first manifest with what belongs beside it. It looks at every place first, asks, and reads from Zoho, all before
 * it writes; the manifest comes last, so that after a failure the same command can be run again.
 */
export async function init(options: InitOptions, io: Io): Promise<number> {
  const path = options.file ?? DEFAULT_MANIFEST;
  if (path === '-') throw noStream();
  await refuseExisting(path, io, manifestPlace(io));
  const near = options.file === undefined ? await nearName(resolve(io.cwd, path)) : undefined;
  if (near !== undefined) throw namedAlike(near);
  const ignore = await readIgnoreFile(io);
  const asked = options.workflow === true ? await planWorkflow(path, io) : undefined;
  const wish = await askWish(options, io);
  const workflow = asked ?? (wish.workflow ? await planWorkflow(path, io) : undefined);
  const schema = planSchema(path, io);
  const { text, about, requests } = await compose(path, schema.line, { wish, options, io });

  const files: StarterFile[] = [];
  if (workflow !== undefined) files.push(await writeWorkflow(workflow, io));
  files.push(await writeIgnore(ignore, io));
  if (schema.path !== undefined) files.push(await writeSchema(schema.path, io));
  await writeNewManifest(path, text, io, manifestPlace(io));
  files.push({ path, state: 'written', about });

  report({ module: wish.module, source: wish.source, files: files.toReversed(), requests }, path, {
    options,
    wish,
    io,
  });
  return EXIT.done;
}

interface Given {
  readonly options: InitOptions;
  readonly wish: InitWish;
  readonly io: Io;
}

interface Composed extends Pick<Begun, 'requests'> {
  readonly text: string;
  readonly about: string;
}

/** The manifest's text; of the live organisation what `import` gives. */
async function compose(path: string, schema: string, { wish, options, io }: Given): Promise<Composed> {
  const { module } = wish;
  if (wish.source === 'example') {
    const text = exampleManifest(module, schema);
    const { manifest } = valid(loadManifest({ path, bytes: new TextEncoder().encode(text) }));
    const fields = manifest.modules.flatMap((one) => one.fields);
    const created = fields.filter((field) => field.create);
    return {
      text,
      about: `an example for ${module}: ${count(created.length, 'field')} to create, ${fields.length - created.length} that must be there`,
      requests: { read: 0, write: 0 },
    };
  }
  return withConnection(
    { options, access: 'read', manifestPath: path, io },
    () => Promise.resolve(),
    async (connection) => {
      const live = await readAll(module, connection);
      const imported = importModule({ module, live, all: false, sorted: false, schema });
      if (imported === undefined) throw nothingToImport(module);
      refuseImportedSecret(imported, { module, live, before: '' });
      const { fields, leftOut, isBeginning } = imported;
      const more = leftOut.length === 0 ? '' : `, and in comments ${leftOut.length} that cannot be declared`;
      return {
        text: imported.text,
        about: isBeginning
          ? `one of Zoho's own fields, as ${module} has no custom ones`
          : `${count(fields.length, 'custom field')} of ${module}${more}`,
        requests: connection.session.requests,
      };
    },
  );
}

/** Where editors find the schema: in the installed package, or else in a copy beside the manifest. */
function planSchema(manifest: string, io: Io): { readonly line: string; readonly path?: string } {
  const copy = `./${SCHEMA_COPY}`;
  const line = schemaFor(resolve(io.cwd, manifest)) ?? copy;
  return line === copy ? { line, path: join(dirname(manifest), SCHEMA_COPY) } : { line };
}

/** One that is there is left alone: it may be of the version that others use. */
async function writeSchema(path: string, io: Io): Promise<StarterFile> {
  const about = 'lets editors complete and check the manifest';
  if (await isThere(resolve(io.cwd, path))) return { path, state: 'unchanged', about };
  await writeNewManifest(path, `${JSON.stringify(manifestSchema, null, 2)}\n`, io, otherPlace);
  return { path, state: 'written', about };
}

interface PlannedWorkflow {
  /** As it is shown, from the current folder. */
  readonly path: string;
  readonly text: string;
  readonly isThereSo: boolean;
}

/** @throws Problem `usage` where another workflow is in the way, or the manifest's path cannot be written into one. */
async function planWorkflow(manifest: string, io: Io): Promise<PlannedWorkflow> {
  const top = repositoryTop(io.cwd);
  const target = join(top, WORKFLOW_PATH);
  const own = relative(top, resolve(io.cwd, manifest)).split(sep).join('/');
  if (own.startsWith('..') || !PLAIN_PATH.test(own)) throw oddPath(own);
  const path = relative(io.cwd, target);
  const text = workflowText(own);
  await refuseLinks(top, target);
  const isThereSo = await isThereWith(target, text);
  if (!isThereSo) await refuseExisting(path, io, otherPlace);
  return { path, text, isThereSo };
}

async function writeWorkflow({ path, text, isThereSo }: PlannedWorkflow, io: Io): Promise<StarterFile> {
  if (!isThereSo) await writeNewManifest(path, text, io, otherPlace);
  const about = 'for GitHub: checks pull requests, compares with Zoho on weekdays';
  return { path, state: isThereSo ? 'unchanged' : 'written', about };
}

async function writeIgnore(ignore: IgnoreFile, io: Io): Promise<StarterFile> {
  const path = relative(io.cwd, ignore.path);
  const { missing, before } = ignore;
  if (missing.length === 0)
    return { path, state: 'unchanged', about: 'git leaves secrets and local state alone' };
  await extendIgnoreFile(ignore);
  return { path, state: before === undefined ? 'written' : 'extended', about: missing.join(' and ') };
}

function report(begun: Begun, path: string, { options, wish, io }: Given): void {
  if (options.format === 'json') {
    io.stdout.write(initJson(begun));
    return;
  }
  const isEmulated = options.emulator === true;
  const settings = readSettings(io, options.settings, 'allowed');
  const next = {
    ...(path === DEFAULT_MANIFEST ? {} : { manifest: path }),
    connection: isEmulated ? ' --emulator' : settingsWords(options),
    needsLogin: settings.get('ZOHO_REFRESH_TOKEN') === undefined,
    hasWorkflow: wish.workflow,
  };
  io.stdout.write(initText(begun, next, lookOf(io.stdout, io)));
}

/** What to do about a manifest that is there: it is not to be begun again. */
function manifestPlace({ command }: Io): NewPlace {
  return {
    option: '--file',
    otherwise: (path) => {
      const file = basename(path) === path && path === DEFAULT_MANIFEST ? '' : ` -f ${shellWord(path)}`;
      return `To see what Zoho lacks of it: ${command} plan${file}. To add the fields that it lacks: ${command} import --into ${shellWord(path)}. For another manifest, name it behind -f.`;
    },
  };
}

const otherPlace: NewPlace = {
  option: '--workflow',
  otherwise: () => 'Move it away, or leave out the option that asks for it.',
};

function oddPath(path: string): Problem {
  return misuse(
    `The manifest's path "${path}" cannot be written into a workflow as it is.`,
    'Choose a path inside the repository with letters, digits and . _ - / only, or leave --workflow out.',
  );
}

/** Beside it, a first manifest would be taken for the one that is there. */
function namedAlike(near: string): Problem {
  return misuse(
    `There is "${near}" in this folder: a second manifest of nearly that name would be taken for it.`,
    `If "${near}" is the manifest, rename it to ${DEFAULT_MANIFEST}; for another one beside it, name that with -f.`,
  );
}

function noStream(): Problem {
  return misuse(
    'The manifest is written to a file, so it cannot be standard output.',
    'Name a file behind -f, or leave -f out for fields.yaml.',
  );
}
