import { isDeepStrictEqual } from 'node:util';
import { planRenders } from '../../../src/report/plan/formats.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { Manifest } from '../../../src/model/manifest.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { parsePlan, serialisePlan } from '../../../src/plan/saved-plan.ts';
import { makeStyle } from '../../../src/report/media/layout.ts';
import { htmlSins, markdownSins, rawControls, runnerSins } from '../../unit/report/judges.ts';
import { law, type Flaw } from './trial.ts';

const directory = {
  profiles: new Map([
    ['Standard', '6084217000000026014'],
    ['P0', '6084217000000026011'],
  ]),
  globalPicklists: new Map([['Source', '6084217000000492003']]),
};

/** The plan of a manifest against what `Deals` holds; of other modules only a standard field is there. */
export function planAgainst(manifest: Manifest, deals: readonly LiveField[]): Plan {
  const [standard] = deals.filter((field) => !field.custom);
  // No module is without standard fields.
  const live = manifest.modules.map(({ module }) => ({
    module,
    fields: module === 'Deals' || standard === undefined ? deals : [standard],
  }));
  return makePlan(manifest, live, directory);
}

/** What is wrong with a plan: entries that are missing, counts that do not add up, a saved plan that says something else. */
export function planFlaws(manifest: Manifest, plan: Plan): readonly Flaw[] {
  const flaws: Flaw[] = [];
  const wanted = manifest.modules.map(({ module, fields }) => [
    module,
    fields.map((field) => field.api_name),
  ]);
  const planned = plan.modules.map(({ module, entries }) => [
    module,
    entries.map((entry) => entry.field.api_name),
  ]);
  if (!isDeepStrictEqual(planned, wanted)) flaws.push(law('the plan has other fields than the manifest'));
  const { unmanaged: _, ...counts } = plan.summary;
  const entries = plan.modules.flatMap((module) => module.entries);
  const sum = Object.values(counts).reduce((total, count) => total + count, 0);
  if (sum !== entries.length) flaws.push(law(`${entries.length} fields have ${sum} verdicts`));
  for (const { action, reasons, differences, field } of entries) {
    if (action === 'conflict' && reasons.length === 0)
      flaws.push(law(`a conflict without a reason: ${field.api_name}`));
    if (action === 'drift' && differences.length === 0)
      flaws.push(law(`drift without a difference: ${field.api_name}`));
    if (action === 'create' && !field.create)
      flaws.push(law(`it would create ${field.api_name}, which is not ours`));
  }
  const text = serialisePlan(plan);
  if (serialisePlan(parsePlan(text, 'x.plan')) !== text)
    flaws.push(law('a saved plan comes back as another one'));
  return flaws;
}

const view = {
  target: { dataCentre: 'us', apiHost: 'www.zohoapis.com' },
  requests: { read: 2, write: 0 },
  style: makeStyle(false),
  width: 80,
  inSync: true,
  unmanaged: true,
  diagnostics: [],
  gaps: [],
};

/** What acts in any of the forms in which a plan is shown; each is read as its medium would. */
export async function renderFlaws(plan: Plan): Promise<readonly Flaw[]> {
  const renders = planRenders(plan, view);
  const judged: readonly (readonly [string, readonly string[]])[] = await Promise.all([
    sins('text', renders.text, rawControls, runnerSins),
    sins('json', renders.json, rawControls, jsonSins),
    sins('markdown', renders.markdown, rawControls, markdownSins),
    sins('html', renders.html, rawControls, htmlSins),
    sins('github', renders.github, rawControls),
  ]);
  return judged.flatMap(([format, found]) => found.slice(0, 2).map((sin) => law(`${format}: ${sin}`)));
}

async function sins(
  format: string,
  render: (() => string | Promise<string>) | undefined,
  ...judges: readonly ((text: string) => readonly string[])[]
): Promise<readonly [string, readonly string[]]> {
  const text = (await render?.()) ?? '';
  return [format, judges.flatMap((judge) => judge(text))];
}

function jsonSins(text: string): readonly string[] {
  try {
    JSON.parse(text);
    return [];
  } catch {
    return ['no JSON'];
  }
}
