import { withOptions } from './option-values.ts';
import { given } from '../model/json.ts';
import type { PlanReader } from '../model/live-field.ts';
import { Problem, type Diagnostic } from '../model/problem.ts';
import type { Manifest, ModuleManifest } from '../model/manifest.ts';
import { LEADS, needsLeads } from './lead-mapping.ts';
import { neededNames, type Directory } from './references.ts';
import { type LiveModule, makePlan } from './make-plan.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { Plan } from '../model/plan.ts';
import { duplicateWarnings } from './duplicates.ts';
import { asStale, intent, refreshPlan } from './refresh.ts';

/** Modules read at the same time; the smallest edition of Zoho allows five calls at once (sheet §6). */
const AT_ONCE = 4;

/** Everything of the live organisation that a plan of this manifest rests on. */
export interface LiveState {
  readonly modules: readonly LiveModule[];
  readonly directory: Directory;
}

/**
 * Reads no more than the plan needs: one list per module, options only where they are compared and missing from the
 * list, and the names of what else the organisation holds only for fields that have to be created.
 * @throws Problem when Zoho refuses or cannot be reached.
 */
export async function readLive(manifest: Manifest, reader: PlanReader): Promise<LiveState> {
  const modules: LiveModule[] = [];
  const wanted = modulesToRead(manifest);
  for (let start = 0; start < wanted.length; start += AT_ONCE) {
    const batch = wanted.slice(start, start + AT_ONCE);
    const reading = batch.map((module) => readModule(module, reader).catch(located(manifest.path, module)));
    modules.push(...(await Promise.all(reading)));
  }
  return { modules, directory: await readDirectory(manifest, modules, reader) };
}

/** A module that Zoho does not know is told with the line that names it. */
function located(file: string, { at }: ModuleManifest): (error: unknown) => never {
  return (error) => {
    if (at === undefined || !(error instanceof Problem)) throw error;
    const [first] = error.diagnostics;
    if (first?.code !== 'invalid-module') throw error;
    throw new Problem(error.kind, [{ ...first, file, line: at.line, column: at.column }]);
  };
}

/** Those of the manifest, in its order; and leads, where a field is to be filled from one. */
function modulesToRead(manifest: Manifest): readonly ModuleManifest[] {
  const hasLeads = manifest.modules.some(({ module }) => module === LEADS);
  return hasLeads || !needsLeads(manifest)
    ? manifest.modules
    : [...manifest.modules, { module: LEADS, fields: [] }];
}

async function readModule(manifest: ModuleManifest, reader: PlanReader): Promise<LiveModule> {
  const { module, fields } = manifest;
  return { module, fields: await reader.fields(module, withOptions(fields)) };
}

async function readDirectory(
  manifest: Manifest,
  modules: readonly LiveModule[],
  reader: PlanReader,
): Promise<Directory> {
  const missing = manifest.modules.flatMap((module, index) => {
    const live = new Set(modules[index]?.fields.map((field) => field.api_name));
    return module.fields.filter((field) => field.create && !live.has(field.api_name));
  });
  const needs = missing.map((field) => neededNames(field));
  const profiles = needs.some((need) => need.profiles) ? await reader.profiles() : undefined;
  const lists = needs.some((need) => need.globalPicklists) ? await reader.globalPicklists() : undefined;
  const names = needs.some((need) => need.modules) ? await reader.modules() : undefined;
  return {
    ...given({ profiles, globalPicklists: lists, modules: names }),
    room: await reader.room(),
    ...(reader.keepsNames?.() === true ? { keepsNames: true } : {}),
  };
}

/** A plan, what it was made from, and what is doubtful about what is there. */
export interface LivePlan {
  readonly plan: Plan;
  readonly live: LiveState;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Reads live and plans a manifest: the one way in which every command, and the library, come to a plan.
 * @param journal what earlier runs noted.
 * @throws Problem when Zoho refuses or cannot be reached.
 */
export async function planLive(
  manifest: Manifest,
  reader: PlanReader,
  journal: readonly JournalEntry[],
): Promise<LivePlan> {
  const live = await readLive(manifest, reader);
  return withWarnings(makePlan(manifest, live.modules, live.directory, journal), live, journal);
}

/**
 * Reads live and holds a plan that was made before against it.
 * @throws Problem `stale` where it no longer fits, or as {@link planLive} does.
 */
export async function planAgain(
  saved: Plan,
  reader: PlanReader,
  journal: readonly JournalEntry[],
): Promise<LivePlan> {
  const live = await readLive(intent(saved), reader).catch((error: unknown) => {
    throw asStale(saved, error);
  });
  return withWarnings(refreshPlan(saved, live.modules, journal, live.directory), live, journal);
}

function withWarnings(plan: Plan, live: LiveState, journal: readonly JournalEntry[]): LivePlan {
  return { plan, live, warnings: duplicateWarnings(plan, live.modules, journal) };
}
