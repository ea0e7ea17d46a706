import { afterAll, describe, expect, it } from 'vitest';
import type { ApplyReport } from '../../src/apply/outcome.ts';
import { startEmulator, type Emulator } from '../../src/emulator/start.ts';
import { parseSwitches, switchPositions } from '../../src/emulator/switch-values.ts';
import { Problem } from '../../src/model/problem.ts';
import { parsePlan, serialisePlan } from '../../src/plan/saved-plan.ts';
import { clientOf, manifestFrom } from '../support/in-process.ts';

/**
 * The client's stories of plan and apply, told in every position of every switch: whatever Zoho turns out to do where
 * its sources disagree, each story has to end as declared, or with the refusal that this position is about.
 */

const EVERY_KIND = manifestFrom(`
module: Deals
fields:
  - {api_name: Deal_Name, data_type: text, create: false}
  - {api_name: StrategicPartnerId, field_label: Strategic Partner ID, data_type: text, length: 50, tooltip: Why}
  - {api_name: Code, field_label: Code, data_type: text, length: 20, unique: true}
  - {api_name: Notes_Long, field_label: Notes of partners, data_type: textarea, textarea: large}
  - {api_name: Mail, field_label: Mail, data_type: email}
  - {api_name: Call, field_label: Call, data_type: phone, length: 30}
  - {api_name: Site, field_label: Site, data_type: website}
  - {api_name: Risk, field_label: Risk, data_type: picklist, pick_list_values: [Low, Medium, High]}
  - {api_name: Region, field_label: Region, data_type: picklist, global_picklist: Regions}
  - {api_name: Skills, field_label: Skills, data_type: multiselectpicklist, pick_list_values: [A, B]}
  - {api_name: Ready, field_label: Ready, data_type: boolean}
  - {api_name: Seats, field_label: Seats, data_type: integer, length: 5}
  - {api_name: Big, field_label: Big, data_type: bigint}
  - {api_name: Ratio, field_label: Ratio, data_type: double, length: 10, decimal_place: 3}
  - {api_name: Margin, field_label: Margin, data_type: currency, length: 16, decimal_place: 3, currency: {rounding_option: normal, precision: 2}}
  - {api_name: Share, field_label: Share, data_type: percent}
  - {api_name: Start, field_label: Start, data_type: date}
  - {api_name: Seen, field_label: Seen, data_type: datetime}
  - {api_name: Number_No, field_label: Number No, data_type: autonumber, auto_number: {start_number: 1000, prefix: PD-}}
  - {api_name: Account, field_label: Account of partner, data_type: lookup, lookup: Accounts}
  - {api_name: Manager, field_label: Manager, data_type: userlookup}
  - {api_name: Net, field_label: Net, data_type: formula, formula: {expression: "\${Amount}*0.9", return_type: double}, decimal_place: 2}
  - {api_name: Files, field_label: Files, data_type: fileupload, length: 1}
  - {api_name: Secret_Note, field_label: Secret Note, data_type: text, profiles: {Standard: read_only}}
`);

const TWO = manifestFrom(`
module: Leads
fields:
  - {api_name: PartnerCode, field_label: Partner code, data_type: text, length: 9}
  - {api_name: Plain, field_label: Plain, data_type: picklist, pick_list_values: [X, Y]}
`);

const MIXED = manifestFrom(`
module: Deals
fields:
  - {api_name: Region, field_label: Region, data_type: text, length: 50}
  - {api_name: Partner, field_label: Partner, data_type: text}
  - {api_name: Mine, field_label: Wanted, data_type: text}
  - {api_name: Nobody, data_type: text, create: false}
  - {api_name: Amount, data_type: currency, create: false}
`);

const SIX = manifestFrom(`
module: Leads
fields:
${['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth'].map((name) => `  - {api_name: ${name}, field_label: ${name}, data_type: text}`).join('\n')}
`);

type Story = readonly [name: string, tell: (zoho: Emulator) => Promise<string>];

const STORIES: readonly Story[] = [
  [
    'plan',
    async (zoho) => {
      const { summary } = await clientOf(zoho).plan(EVERY_KIND);
      const writes = zoho.requests.filter((one) => one.method !== 'GET' && !one.path.includes('/oauth/'));
      return summary.create === 23 && summary.in_sync === 1 && writes.length === 0
        ? 'ok'
        : JSON.stringify(summary);
    },
  ],
  ['apply every type', async (zoho) => verdict(await clientOf(zoho).apply(EVERY_KIND))],
  [
    'apply, plan, apply',
    async (zoho) => {
      const first = verdict(await clientOf(zoho).apply(TWO));
      if (first !== 'ok') return first;
      const plan = await clientOf(zoho).plan(TWO);
      if (plan.summary.in_sync !== 2)
        return JSON.stringify(plan.modules[0]?.entries.map((entry) => entry.differences));
      const before = zoho.requests.length;
      await clientOf(zoho).apply(TWO);
      return zoho.requests
        .slice(before)
        .some((one) => one.method === 'PATCH' || (one.path.endsWith('fields') && one.method === 'POST'))
        ? 'wrote again'
        : 'ok';
    },
  ],
  [
    'drift, conflict',
    async (zoho) => {
      const deals = zoho.fields('Deals');
      deals.add({ api_name: 'Region', field_label: 'Region', data_type: 'text', length: 40 });
      deals.add({ api_name: 'Other', field_label: 'Wanted', data_type: 'text' });
      await shown(zoho);
      const { modules } = await clientOf(zoho).plan(MIXED);
      const told = modules[0]?.entries.map((entry) =>
        `${entry.action} ${entry.reasons.map((one) => one.code).join()}`.trim(),
      );
      const expected = [
        'drift',
        'conflict data-type-differs',
        'conflict label-taken',
        'conflict missing',
        'in_sync',
      ];
      return JSON.stringify(told) === JSON.stringify(expected) ? 'ok' : JSON.stringify(told);
    },
  ],
  [
    'saved plan',
    async (zoho) => {
      const saved = parsePlan(serialisePlan(await clientOf(zoho).plan(TWO)), 'x');
      zoho.fields('Leads').add({ api_name: 'Plain', field_label: 'Plain', data_type: 'email' });
      await shown(zoho);
      try {
        await clientOf(zoho).refresh(saved);
        return 'applied although live moved';
      } catch (error) {
        return error instanceof Problem && error.kind === 'stale' ? 'ok' : String(error);
      }
    },
  ],
  [
    'one of six refused',
    async (zoho) => {
      // Somebody takes a label between the reading and the first POST.
      const taken = (): void =>
        void zoho.fields('Leads').add({ api_name: 'Rival', field_label: 'Third', data_type: 'text' });
      zoho.faults = [{ kind: 'run', method: 'POST', path: '/settings/fields', nth: 1, effect: taken }];
      const first = await clientOf(zoho).apply(SIX);
      const told = first.fields.map((field) => (field.outcome === 'failed' ? field.code : field.outcome));
      const expected = ['created', 'created', 'DUPLICATE_DATA', 'created', 'created', 'created'];
      return JSON.stringify(told) === JSON.stringify(expected) ? 'ok' : verdict(first);
    },
  ],
  [
    'lost answer',
    async (zoho) => {
      zoho.faults = [{ kind: 'reset', method: 'POST', path: '/settings/fields', nth: 1, commit: 1 }];
      const told = verdict(await clientOf(zoho).apply(TWO));
      const twice = ['PartnerCode', 'Plain'].filter((name) => named(zoho, name) > 1);
      return twice.length > 0 ? `${twice.join()} twice` : told;
    },
  ],
];

/** Resolves once reads show what was changed behind the client's back. */
function shown(zoho: Emulator): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, zoho.switches.readLag * 1.5));
}

/** How many fields there are of a name or under a label. */
function named(zoho: Emulator, name: string): number {
  const labels: readonly unknown[] = name === 'Plain' ? ['Plain'] : ['PartnerCode', 'Partner code'];
  return zoho
    .fields('Leads')
    .all()
    .filter((field) => field['api_name'] === name || labels.includes(field['field_label'])).length;
}

function verdict(report: ApplyReport): string {
  const bad = report.fields.filter((field) => field.outcome !== 'created' && field.outcome !== 'in_sync');
  if (bad.length === 0 && report.problem === undefined) return 'ok';
  const told = bad.map((field) => field.code ?? field.outcome);
  return [...new Set([...told, ...(report.problem === undefined ? [] : [report.problem.kind])])].join(' ');
}

/** Positions that are refusals by nature, and the answer that a person gets then; the rest has to be `ok`. */
const REFUSALS: Readonly<Record<string, RegExp>> = {
  'userPermission=denied': /^ok$|^NO_PERMISSION (not_attempted )?credentials$/,
  // The stock lookups of Deals to Accounts call their list "Deals", and so does a lookup whose title is not declared.
  'relatedListLabels=every': /^ok$|^DUPLICATE_DATA$/,
};

const rows: string[][] = [];

afterAll(() => {
  const head = ['switch', ...STORIES.map(([name]) => name)];
  const widths = head.map((cell, index) =>
    Math.max(cell.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  // Told at the same time, shown in the order of the catalogue.
  const order = switchPositions().map((position) => `${position.name}=${String(position.value)}`);
  rows.sort((a, b) => order.indexOf(a[0] ?? '') - order.indexOf(b[0] ?? ''));
  const line = (row: readonly string[]): string =>
    row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ');
  process.stdout.write(`\n${[head, ...rows].map((row) => line(row)).join('\n')}\n\n`);
});

describe.concurrent('the client in every position of every switch', () => {
  it.each(
    switchPositions().map((position) => [`${position.name}=${String(position.value)}`, position] as const),
  )('%s', async (name, { name: key, value }) => {
    const cells: string[] = [];
    for (const [, tell] of STORIES) {
      const zoho = await startEmulator({ switches: parseSwitches({ [key]: value }) });
      try {
        cells.push(await tell(zoho));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        cells.push(error.kind);
      } finally {
        await zoho.close();
      }
    }
    rows.push([name, ...cells]);
    for (const cell of cells) expect(cell).toMatch(REFUSALS[name] ?? /^ok$/);
  });
});
