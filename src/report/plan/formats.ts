import { planText } from './text.ts';
import type { Plan, Difference, PlanEntry } from '../../model/plan.ts';
import { jsonReport } from '../media/escape.ts';
import type { PlanFacts, SnapshotView, Target } from './view.ts';
import { pages, remarks, type Renders } from '../media/formats.ts';
import { type OptionChanges, compareOptions } from '../../diff/changes.ts';
import { permanentKeys } from '../../plan/compare.ts';
import { applyCost, finishCount } from './totals.ts';
import type { DesiredField } from '../../model/manifest.ts';
import { given } from '../../model/json.ts';

/** A plan in every format; what is not asked for is not loaded. */
export function planRenders(plan: Plan, facts: PlanFacts): Renders {
  return {
    text: () => planText(plan, facts),
    json: () => planJson(plan, facts),
    ...pages(async () => (await import('./document.ts')).planDocument(plan, facts)),
    ...remarks(async () => (await import('../media/github.ts')).planAnnotations(plan, facts)),
  };
}

/** The plan as scripts read it (contract §7). */
function planJson(plan: Plan, view: PlanFacts): string {
  const fields: object[] = plan.modules.flatMap((module) => [
    ...module.entries.map((entry) => ({ ...entryJson(entry), origin: view.origins?.get(entry) })),
    ...(view.unmanaged
      ? module.unmanaged.map((field) => ({
          module: module.module,
          action: 'unmanaged',
          ...field,
          stanza: view.stanzas?.get(field.id),
          differences: [],
          reasons: [],
        }))
      : []),
  ]);
  return jsonReport('plan', {
    ...(view.snapshot && notLiveJson(view.snapshot)),
    plan_id: plan.plan_id,
    digest: plan.digest,
    manifest: plan.manifest,
    target: targetJson(view.target),
    summary: plan.summary,
    finish: finishCount(plan),
    fields,
    capacity: plan.modules.flatMap(({ module, capacity }) => capacity.map((one) => ({ module, ...one }))),
    layouts: plan.modules.flatMap(({ module, landing }) =>
      landing === undefined
        ? []
        : [{ module, lands_in: landing.layout ?? null, missing_from: landing.others }],
    ),
    apply_cost: applyCost(plan),
    requests: view.requests,
    diagnostics: [...view.diagnostics, ...view.gaps],
  });
}

function notLiveJson({ path, takenAt, ageSeconds }: SnapshotView): object {
  return { live: false, snapshot: { path, taken_at: takenAt, age_seconds: ageSeconds } };
}

/** Where the plan holds; the organisation is null where the credentials' scopes do not tell it. */
export function targetJson(target: Target): object {
  return {
    data_centre: target.dataCentre,
    api_host: target.apiHost,
    organisation: target.organisation ?? null,
  };
}

/** What a plan says of one field. */
export function entryJson(entry: PlanEntry): object {
  const { field, module, action, id, differences, reasons } = entry;
  return {
    module,
    api_name: field.api_name,
    action,
    data_type: field.data_type,
    field_label: field.field_label,
    line: field.line,
    ...given({ id }),
    permanent: action === 'create' ? permanentJson(field) : undefined,
    differences: differencesJson(differences),
    reasons,
  };
}

/** What no change to the manifest alters once the field exists. */
export function permanentJson(field: DesiredField): readonly string[] {
  return ['api_name', 'data_type', ...permanentKeys(field)];
}

/** Both values of each key as they are; of options also what the manifest would add to Zoho's, and take from them. */
export function differencesJson(differences: readonly Difference[]): readonly object[] {
  return differences.map((difference) =>
    difference.key === 'pick_list_values'
      ? { ...difference, ...optionsJson(compareOptions(difference.live, difference.want)) }
      : difference,
  );
}

/** Options by what Zoho stores; both whole lists stand beside them. */
export function optionsJson({ added, removed, renamed, altered }: OptionChanges): object {
  return {
    added: added.map((option) => option.actual_value),
    removed: removed.map((option) => option.actual_value),
    renamed: renamed.map(({ before, after }) => ({
      actual_value: after.actual_value,
      before: before.display_value,
      after: after.display_value,
    })),
    altered: altered.map(({ after }) => after.actual_value),
  };
}
