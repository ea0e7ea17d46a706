import { given, compareText, canonicalJson } from '../model/json.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { LiveField } from '../model/live-field.ts';
import type { DesiredField, Manifest, ModuleManifest } from '../model/manifest.ts';
import type { ModulePlan, Plan, PlanEntry, PlanSummary, Reason } from '../model/plan.ts';
import { limitSaid, placesOf, type Places } from './capacity.ts';
import { comparable } from './comparable.ts';
import { compareField } from './compare.ts';
import { LEADS, withMapping, type Leads, leavingMappingAside } from './lead-mapping.ts';
import {
  resolveNames,
  type Directory,
  fieldNames,
  lookupTargets,
  unknownFields,
  type FieldNames,
} from './references.ts';
import { landingOf, remarks } from './remarks.ts';
import { lookalikeFinder } from './lookalikes.ts';
import {
  ambiguous,
  missing,
  conflictsInCreating,
  conflictsInKeeping,
  indexLive,
  type LiveIndex,
} from './conflicts.ts';
import { isUnfinished, isWork, unfinishedReason } from './earlier-runs.ts';
import { createHash } from 'node:crypto';

/*
 * The planner. What a declared field is (`conflicts.ts` has the reasons of a conflict, `compare.ts` what differs):
 *
 *   live has its API name   and                                         action      what apply does
 *   no                      create: false                               conflict    nothing
 *   no                      its label or name is taken, a name that it  conflict    nothing
 *                           refers to is not there, no room is left
 *   no                      nothing known stands in the way             create      creates it
 *   once                    other data type, unused, held otherwise     conflict    nothing
 *   once                    declared keys differ                        drift       nothing: it is told
 *   once                    only the label differs, and an interrupted  drift       sets the label: "finish"
 *                           run of this tool left it so
 *   once                    every declared key agrees                   in_sync     nothing
 *   more than once                                                      conflict    nothing
 *   (not declared)          a custom field                              unmanaged   nothing
 */

/** What was read of one module. */
export interface LiveModule {
  readonly module: string;
  readonly fields: readonly LiveField[];
}

/** The fields of a module that were read; none where it was not. */
export function fieldsOf(live: readonly LiveModule[], module: string): readonly LiveField[] {
  return live.find((one) => one.module === module)?.fields ?? [];
}

/**
 * Compares a manifest with what was read and says what every field is (contract §5).
 *
 * Pure: the same input gives the same plan, whatever the order in which Zoho lists its fields.
 * @param journal what earlier runs of this user noted; without it no field counts as this tool's own.
 * @throws never for any input; a module that was not read counts as empty.
 */
export function makePlan(
  manifest: Manifest,
  live: readonly LiveModule[],
  directory: Directory,
  journal: readonly JournalEntry[] = [],
): Plan {
  // By id, so that what is told of several fields has an order of its own, and not the one of Zoho's list.
  const inOrder = (module: string): readonly LiveField[] =>
    fieldsOf(live, module)
      .map((field) => comparable(field))
      .toSorted((a, b) => compareText(a.id, b.id));
  const leads: Leads = {
    live: inOrder(LEADS),
    declared: manifest.modules.find((one) => one.module === LEADS)?.fields ?? [],
  };
  const names = fieldNames(manifest, live);
  const modules = manifest.modules
    .map((wish) => planModule(wish, inOrder(wish.module), { directory, journal, names }))
    .map((plan) => ({ ...plan, entries: plan.entries.map((entry) => withMapping(entry, leads)) }));
  return assemblePlan({ path: manifest.path, sha256: manifest.sha256 }, modules);
}

/** Puts counts, digest and plan id to the plans of the modules. */
export function assemblePlan(manifest: Plan['manifest'], modules: readonly ModulePlan[]): Plan {
  const digest = planDigest(modules);
  return { plan_id: planId(digest), digest, manifest, modules, summary: summarise(modules) };
}

function planModule(wish: ModuleManifest, fields: readonly LiveField[], known: Known): ModulePlan {
  const { module } = wish;
  const index = indexLive(fields, unfinishedIds(wish, fields, known.journal));
  const named = new Set(wish.fields.map((field) => field.api_name));
  const said = limitSaid(module, known.journal, index.hasId);
  const places = placesOf(module, fields, known.directory.room ?? {}, said);
  const lookalikes = lookalikeFinder(fields, named);
  const targets = lookupTargets(wish.fields, fields);
  const context = { ...known, module, index, places, lookalikes, targets };
  const entries = wish.fields.map((desired) => withText(planField(desired, context), wish.written));
  const landing = entries.some((entry) => entry.action === 'create') ? landingOf(fields) : undefined;
  return {
    module: wish.module,
    anchors: anchors(fields),
    entries,
    unmanaged: fields
      .filter((field) => field.custom && !named.has(field.api_name))
      .map(({ id, api_name, field_label, data_type, used }) => ({
        id,
        api_name,
        field_label,
        data_type,
        used,
      }))
      .sort((a, b) => compareText(a.api_name, b.api_name)),
    capacity: places.capacity(),
    ...given({ landing }),
  };
}

/** Fields that an interrupted run left under a label that they are about to give up, perhaps to each other. */
function unfinishedIds(
  { module, fields: wishes }: ModuleManifest,
  fields: readonly LiveField[],
  journal: readonly JournalEntry[],
): ReadonlySet<string> {
  if (journal.length === 0) return new Set();
  const index = indexLive(fields);
  const unfinished = wishes.flatMap((wish) =>
    index
      .named(wish.api_name)
      .filter((live) => isUnfinished(module, wish, live, compareField(wish, live), journal, index.hasId)),
  );
  return new Set(unfinished.map((field) => field.id));
}

/** What the verdicts on all fields rest on. */
interface Known {
  readonly directory: Directory;
  readonly journal: readonly JournalEntry[];
  readonly names: FieldNames;
}

/** What the verdicts on a module's fields rest on together. */
interface PlanContext extends Known {
  readonly module: string;
  readonly index: LiveIndex;
  readonly places: Places;
  /** API names of the module's lookups → the module that each points to. */
  readonly targets: ReadonlyMap<string, string>;
  readonly lookalikes: (desired: DesiredField) => readonly Reason[];
}

function planField(desired: DesiredField, context: PlanContext): PlanEntry {
  const { module, index, directory, journal, places } = context;
  const [live, ...others] = index.named(desired.api_name);
  const base = { module, field: desired, differences: [] };
  if (live !== undefined) {
    if (others.length > 0)
      return { ...base, action: 'conflict', reasons: [ambiguous(desired, [live, ...others])] };
    const differences = compareField(desired, live);
    const reasons = conflictsInKeeping(desired, live, differences, index);
    if (reasons.length === 0 && isUnfinished(module, desired, live, differences, journal, index.hasId)) {
      return { ...base, action: 'drift', id: live.id, differences, reasons: [unfinishedReason(desired)] };
    }
    const action = reasons.length > 0 ? 'conflict' : differences.length > 0 ? 'drift' : 'in_sync';
    const known = [...reasons, ...remarks(desired, live, differences)];
    return { ...base, action, id: live.id, differences, reasons: known };
  }
  if (!desired.create) return { ...base, action: 'conflict', reasons: [missing(desired, index)] };
  const made = directory.keepsNames === true ? { ...desired, keepsName: true as const } : desired;
  const resolved = resolveNames(made, directory);
  const obstacles = [
    ...conflictsInCreating(module, made, index),
    ...resolved.reasons,
    ...unknownFields(module, desired, context.names, context.targets),
  ];
  const reasons = [...obstacles, ...places.take(desired, obstacles.length === 0)];
  const field = resolved.field;
  if (reasons.length > 0) return { ...base, action: 'conflict', field, reasons };
  return { ...base, action: 'create', field, reasons: context.lookalikes(desired) };
}

/** What is sent to Zoho may be refused, and is then reported as it is written. */
function withText(entry: PlanEntry, stanzas: ModuleManifest['written']): PlanEntry {
  const written = isWork(entry) ? stanzas?.get(entry.field.api_name) : undefined;
  return written === undefined ? entry : { ...entry, written };
}

function summarise(modules: readonly ModulePlan[]): PlanSummary {
  const count = { create: 0, in_sync: 0, drift: 0, conflict: 0, unmanaged: 0 };
  for (const module of modules) {
    count.unmanaged += module.unmanaged.length;
    for (const entry of module.entries) count[entry.action] += 1;
  }
  return count;
}

/**
 * Ids that tie a saved plan to its organisation (contract §8). Standard fields cannot be deleted, so they are
 * preferred: deleting an unrelated custom field must not make a plan stale.
 * @param fields in the order of their ids.
 */
function anchors(fields: readonly LiveField[]): readonly string[] {
  const standard = fields.filter((field) => !field.custom);
  return (standard.length > 0 ? standard : fields).map((field) => field.id).slice(0, 5);
}

/**
 * SHA-256 of what a plan would do and where, in hex.
 *
 * It covers the intent, the organisation and everything the verdicts rest on. Line numbers, file names, wording,
 * notices and unmanaged fields stay out: they change nothing that `apply` would do.
 */
export function planDigest(modules: readonly ModulePlan[]): string {
  const relied = modules.map((module) => ({
    module: module.module,
    anchors: module.anchors,
    entries: module.entries
      .map((one) => leavingMappingAside(one))
      .map((entry) => ({
        action: entry.action,
        id: entry.id ?? null,
        api_name: entry.field.api_name,
        data_type: entry.field.data_type,
        create: entry.field.create,
        field_label: entry.field.field_label ?? null,
        declared: entry.field.declared,
        differences: entry.differences.map(({ key, want, live }) => ({ key, want, live })),
        reasons: entry.reasons.map((reason) => reason.code),
      })),
  }));
  return createHash('sha256').update(canonicalJson(relied)).digest('hex');
}

/** The short name of a digest, such as `7F3K-9QXD`: for people, who see the rest of the plan beside it. */
export function planId(digest: string): string {
  const bytes = Buffer.from(digest.slice(0, 16), 'hex');
  const letters = [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** No I, L, O, U, 0 or 1: a plan id is read aloud and typed. Thirty letters; the slight bias is of no matter here. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
