import { count } from '../model/count.ts';
import { property, type Json } from '../model/json.ts';
import type { Diagnostic } from '../model/problem.ts';
import type { Plan, PlanEntry } from '../model/plan.ts';
import { neededNames } from '../plan/references.ts';
import { BESIDE_NAMES, NOT_KEPT, type Snapshot } from './snapshot.ts';
import { ageWords } from '../model/time.ts';

/** What a reader of a plan of a snapshot has to know: how old it is, and what it could not be asked. */
export function snapshotDoubts(
  plan: Plan,
  snapshot: Snapshot,
  { path, ageSeconds, maxAgeDays }: { path: string; ageSeconds: number; maxAgeDays: number },
): readonly Diagnostic[] {
  const entries = plan.modules.flatMap((module) => module.entries);
  return [
    ...ageDoubts(path, ageSeconds, maxAgeDays),
    ...(snapshot.names_only ? namesOnlyDoubts(entries, path) : []),
    ...keyDoubts(entries, snapshot, path),
    ...nameDoubts(entries, snapshot, path),
  ];
}

const SECONDS_A_DAY = 86_400;

function ageDoubts(path: string, ageSeconds: number, maxAgeDays: number): readonly Diagnostic[] {
  if (ageSeconds < 0) {
    return warning(
      'snapshot-from-the-future',
      `By the clock of this machine the snapshot ${path} has yet to be taken, so that its age is not known.`,
      'Set the clock of the machine that is wrong, then take a new snapshot.',
    );
  }
  if (ageSeconds <= maxAgeDays * SECONDS_A_DAY) return [];
  return warning(
    'snapshot-old',
    `The snapshot ${path} is ${ageWords(ageSeconds)} old; more than ${count(maxAgeDays, 'day')} is too old to rely on.`,
    'Take a new one: zoho-fields snapshot --out FILE',
  );
}

function namesOnlyDoubts(entries: readonly PlanEntry[], path: string): readonly Diagnostic[] {
  const fields = entries.filter(
    ({ id, field }) => id !== undefined && BESIDE_NAMES.some((key) => Object.hasOwn(field.declared, key)),
  );
  if (fields.length === 0) return [];
  return warning(
    'snapshot-names-only',
    `The snapshot ${path} was taken with --names-only, so the declared options and tooltips of ${named(fields)} were not compared.`,
    'Plan with credentials to compare them, or take the snapshot without --names-only.',
  );
}

/** Of fields that exist: what is declared, and was not kept of them. */
function keyDoubts(entries: readonly PlanEntry[], snapshot: Snapshot, path: string): readonly Diagnostic[] {
  return entries.flatMap(({ module, id, field }): readonly Diagnostic[] => {
    const live = snapshot.modules
      .find((one) => one.module === module)
      ?.fields.find((one) => one.id === id && one.api_name === field.api_name);
    const notKept = live && property(live, NOT_KEPT);
    const missing = (Array.isArray(notKept) ? notKept : []).filter(
      (key: Json) => typeof key === 'string' && Object.hasOwn(field.declared, key.split('.')[0] ?? ''),
    );
    if (missing.length === 0) return [];
    return warning(
      'snapshot-lacks-key',
      `The snapshot ${path} does not hold "${missing.join('", "')}" of ${module}.${field.api_name}, so it was not compared.`,
      'Plan with credentials to compare it; options that the manifest declares are in the next snapshot.',
    );
  });
}

/** Of fields to create: names that nobody could look up. */
function nameDoubts(entries: readonly PlanEntry[], snapshot: Snapshot, path: string): readonly Diagnostic[] {
  const missing = entries.filter(({ id, field }) => id === undefined && field.create);
  const kinds = [
    { what: 'profiles', isHeld: snapshot.profiles !== undefined, key: 'profiles' },
    { what: 'global picklists', isHeld: snapshot.global_picklists !== undefined, key: 'globalPicklists' },
    { what: 'modules', isHeld: snapshot.module_names !== undefined, key: 'modules' },
  ] as const;
  return kinds.flatMap(({ what, isHeld, key }): readonly Diagnostic[] => {
    const fields = isHeld ? [] : missing.filter(({ field }) => neededNames(field)[key]);
    if (fields.length === 0) return [];
    return warning(
      'snapshot-lacks-names',
      `The snapshot ${path} does not hold which ${what} there are, so the names were not looked up that ${named(fields)} ${fields.length === 1 ? 'needs' : 'need'}.`,
      'Plan with credentials before this is applied, or take a new snapshot with this manifest.',
    );
  });
}

/** Names of fields; more than a few are a list that nobody reads. */
function named(fields: readonly PlanEntry[]): string {
  const shown = fields.slice(0, 5).map(({ module, field }) => `${module}.${field.api_name}`);
  const rest = fields.length - shown.length;
  return `${shown.join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`;
}

function warning(code: string, message: string, remedy: string): readonly Diagnostic[] {
  return [{ severity: 'warning', code, message, remedy }];
}
