import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { filtered, type AuditFilter, makeAudit, type AuditSource } from '../../audit/audit.ts';
import { meantOrAll } from '../../model/closest.ts';
import { dataTypes, typeAliases } from '../../model/data-types.ts';
import { misuse, type Diagnostic } from '../../model/problem.ts';
import { planLive } from '../../plan/plan-live.ts';
import { isToBeCreated } from '../../plan/remarks.ts';
import { diagnosticsText } from '../../report/media/diagnostics.ts';
import { auditWidth } from '../../report/media/layout.ts';
import { lookOf, type Io } from '../../machine/io.ts';
import type { LiveOptions } from '../options.ts';
import { withConnection, type Connection } from '../../run/connect.ts';
import { deliver } from '../deliver.ts';
import { EXIT } from '../exit-code.ts';
import { openJournal } from '../../machine/journal-file.ts';
import { DEFAULT_MANIFEST, nearName } from '../../machine/read-bytes.ts';
import { readManifest, type ValidManifest } from '../../run/read-manifest.ts';
import { auditRenders } from '../../report/audit/formats.ts';
import { DEFAULT_MODULE } from './import.ts';

export interface AuditOptions extends LiveOptions, AuditFilter {
  readonly module?: string;
}

/** `audit`: every field, and how the manifest stands to it. Writes nothing, and finds fault with nothing (exit 0). */
export async function audit(options: AuditOptions, io: Io): Promise<number> {
  const path = options.file ?? DEFAULT_MANIFEST;
  return withConnection(
    { options, access: 'read', manifestPath: path, io },
    () => readWish(options, path, io),
    async (connection, read) => {
      const [target, room, { sources, warnings }] = await Promise.all([
        connection.target(),
        connection.reader.room(),
        readSources(read, options, path, connection, io),
      ]);
      if (options.type !== undefined) refuseUnknownType(options.type, sources);
      const { edition } = room;
      const facts = {
        target,
        ...(read === undefined ? {} : { manifest: path }),
        ...(edition === undefined ? {} : { edition }),
        requests: connection.session.requests,
        narrowed: narrowedTo(options),
        diagnostics: warnings,
        ...lookOf(io.stdout, io),
        width: auditWidth(io.stdout.columns),
      };
      if (options.format === 'text' && facts.diagnostics.length > 0) {
        io.stderr.write(`${diagnosticsText(facts.diagnostics, facts)}\n`);
      }
      const made = sources.map((source) => filtered(makeAudit({ ...source, ...room }), options));
      return (await deliver(auditRenders(made, facts), options, io)) ? EXIT.done : EXIT.failed;
    },
  );
}

type Wish = Pick<ValidManifest, 'manifest' | 'doubts'>;

/** The manifest, where there is one; only one that was named has to exist. */
async function readWish(options: AuditOptions, path: string, io: Io): Promise<Wish | undefined> {
  if (options.file === undefined && !(await exists(resolve(io.cwd, path)))) {
    // A manifest that is nearly named, such as fields.yml, is not passed over in silence.
    const near = options.module === undefined ? await nearName(resolve(io.cwd, path)) : undefined;
    if (near === undefined) return undefined;
  }
  const { manifest, doubts } = await readManifest(path, io);
  if (options.module === undefined) return { manifest, doubts };
  const modules = manifest.modules.filter((one) => one.module === options.module);
  if (modules.length === 0 && options.file !== undefined) throw notDeclared(options.module, path);
  return modules.length === 0 ? undefined : { manifest: { ...manifest, modules }, doubts };
}

/** What the modules are audited by, and what is doubtful about them. */
interface Sources {
  readonly sources: readonly AuditSource[];
  readonly warnings: readonly Diagnostic[];
}

async function readSources(
  read: Wish | undefined,
  options: AuditOptions,
  path: string,
  connection: Connection,
  io: Io,
): Promise<Sources> {
  if (read === undefined) {
    const module = options.module ?? DEFAULT_MODULE;
    return { sources: [{ module, live: await connection.reader.fields(module, []) }], warnings: [] };
  }
  const journal = openJournal({ ...connection, manifestPath: path }, io).entries;
  const { plan, live, warnings } = await planLive(read.manifest, connection.reader, journal);
  const sources = plan.modules.map((one) => ({
    module: one.module,
    live: live.modules.find(({ module }) => module === one.module)?.fields ?? [],
    plan: one,
  }));
  return { sources, warnings: [...read.doubts(isToBeCreated(plan)), ...warnings] };
}

function narrowedTo({ custom, missing, unused, type }: AuditFilter): readonly string[] {
  return [
    ...(custom === true ? ['custom fields'] : []),
    ...(missing === true ? ['missing fields'] : []),
    ...(unused === true ? ['unused fields'] : []),
    ...(type === undefined ? [] : [`fields of type ${type}`]),
  ];
}

/** Zoho has more types than its API can create, so that those of the fields themselves count too. */
function refuseUnknownType(type: string, sources: readonly AuditSource[]): void {
  const known = new Set([
    ...dataTypes.map(({ name }) => name),
    ...sources.flatMap(({ live }) => live.map((field) => field.data_type)),
  ]);
  if (known.has(type)) return;
  const meant = Object.hasOwn(typeAliases, type.toLowerCase()) ? typeAliases[type.toLowerCase()] : undefined;
  throw misuse(
    `"${type}" is not a value of --type: Zoho has no such data type.`,
    meantOrAll(meant ?? type, [...known].toSorted()),
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function notDeclared(module: string, path: string): Error {
  return misuse(
    `${path} says nothing about the module ${module}.`,
    'Leave -f out to look at the module without a manifest, or name a module of the manifest.',
  );
}
