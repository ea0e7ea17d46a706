import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator } from '../../src/emulator/start.ts';
import { makeWorkspace, type Run, type Workspace } from '../support/run-cli.ts';

const MANIFEST = `module: Deals
fields:
  - {api_name: Stage, data_type: picklist, create: false}
  - {api_name: Risk, field_label: Risk, data_type: picklist, pick_list_values: [Low, High], tooltip: How sure we are}
  - {api_name: CustomerRegion, field_label: Region, data_type: text, length: 40, profiles: {Standard: read_only}}
  - {api_name: Account_2, field_label: Account 2, data_type: lookup, lookup: Accounts}
`;
const FILE = 'zoho.snapshot.json';
const REHEARSE = ['apply', '--emulator', '--seed', FILE];

interface Report {
  readonly kind: string;
  readonly live?: boolean;
  readonly snapshot?: object;
  readonly summary: Readonly<Record<string, number>>;
  readonly fields: readonly { readonly api_name: string; readonly outcome: string; readonly code?: string }[];
  readonly rehearsal?: { readonly requests: readonly Exchange[] };
  readonly diagnostics: readonly { readonly code: string }[];
}

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body?: unknown;
}

let space: Workspace;
let zoho: Emulator;

async function begin(options: Parameters<typeof startEmulator>[0] = {}): Promise<void> {
  zoho = await startEmulator({ organisation: { idPrefix: '7654321' }, ...options });
  expect((await live('snapshot', '--out', FILE)).code).toBe(0);
}
beforeEach(() => {
  space = makeWorkspace();
  space.write('fields.yaml', MANIFEST);
});
afterEach(async () => {
  await zoho.close();
  space.remove();
});

const live = (...words: readonly string[]): Promise<Run> =>
  space.run(words, { env: { ...zoho.environment, CI: '1', ZOHO_SETTLE_MS: '20' } });
/** Adds custom fields to the snapshot, as if the organisation had them. */
function fill(count: number, data_type: string): void {
  const full = JSON.parse(readFileSync(join(space.path, FILE), 'utf8')) as {
    modules: { fields: object[] }[];
  };
  full.modules[0]?.fields.push(
    ...Array.from({ length: count }, (_, index) => ({
      id: `7654321000009${String(index).padStart(6, '0')}`,
      api_name: `Full_${index}`,
      field_label: `Full ${index}`,
      display_label: `Full ${index}`,
      data_type,
      custom_field: true,
      type: 'used',
    })),
  );
  space.write(FILE, JSON.stringify(full));
}
const reportOf = (run: Run): Report => JSON.parse(run.stdout) as Report;
const everything = (): readonly string[] =>
  readdirSync(space.path, { recursive: true, encoding: 'utf8' }).toSorted();

/** What was written to the real Zoho, as bodies with their paths. */
const written = (): readonly object[] =>
  zoho.requests
    .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/token'))
    .map(({ method, path, query, body }) => ({
      method,
      path: `${path}?${String(new URLSearchParams(query))}`,
      body,
    }));

describe('a rehearsal', () => {
  it('sends what a real apply then sends, says what comes of it, and touches nothing', async () => {
    await begin();
    const [before, sent] = [everything(), zoho.requests.length];
    const rehearsed = await space.run([...REHEARSE, '--json']);
    expect(rehearsed.code).toBe(0);
    expect(everything()).toEqual(before);
    expect(zoho.requests.length).toBe(sent);
    const report = reportOf(rehearsed);
    expect(report).toMatchObject({
      kind: 'apply',
      live: false,
      snapshot: { path: FILE, age_seconds: expect.any(Number) as number },
      summary: { created: 3, failed: 0, in_sync: 1 },
    });
    expect(report).not.toHaveProperty('receipt');
    const shown = (report.rehearsal?.requests ?? []).filter(({ method }) => method !== 'GET');
    const real = reportOf(await live('apply', '--yes', '--json'));
    expect(real).not.toHaveProperty('rehearsal');
    const anyId = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value).replaceAll(/"76543210000\d+"/gu, '"id"'));
    expect(anyId(shown.map(({ method, path, body }) => ({ method, path, body })))).toEqual(anyId(written()));
    expect(real.fields.map(({ api_name, outcome }) => [api_name, outcome])).toEqual(
      report.fields.map(({ api_name, outcome }) => [api_name, outcome]),
    );
  });

  it('says in every format first what it is, and asks nobody', async () => {
    await begin();
    for (const format of ['text', 'markdown', 'html', 'github']) {
      const { code, stdout } = await space.run([...REHEARSE, '--format', format]);
      expect([format, code]).toEqual([format, 0]);
      expect(stdout).toMatch(
        /^(?:Rehearsal: |<!-- [^\n]+ -->\n\n\*\*Rehearsal\*\*|<!doctype html>|::warning title=Rehearsal::)/u,
      );
      if (format === 'html') expect(stdout).toContain('<strong>Rehearsal</strong>');
      if (format !== 'github') expect(stdout).toContain('POST /crm/v8/settings/fields?module=Deals');
      expect(stdout).not.toMatch(/receipt|digest="/iu);
    }
  });

  it('has the limits of the organisation: what it has no room for is a conflict, as in the plan of the snapshot', async () => {
    const scope = 'ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.users.READ ZohoCRM.org.READ';
    await begin({ organisation: { idPrefix: '7654321', edition: 'standard' }, scope });
    for (let index = 0; index < 8; index += 1)
      zoho.fields('Deals').add({ api_name: `F_${index}`, field_label: `F ${index}`, data_type: 'text' });
    await live('snapshot', '--out', FILE);
    const planned = reportOf(await space.run(['plan', '--from', FILE, '--json']));
    expect(planned.summary).toMatchObject({ create: 1, conflict: 2 });
    expect((await space.run(REHEARSE)).code).toBe(3);
    const report = reportOf(await space.run([...REHEARSE, '--allow-conflicts', '--json']));
    expect(report.summary).toMatchObject({ created: 1 });
    expect(report.diagnostics.map(({ code }) => code)).not.toContain('rehearsal-edition');
  });

  it('shows what only Zoho itself refuses', async () => {
    await begin();
    // How many multi-select lookups fit depends on an edition that the snapshot does not tell.
    fill(2, 'multiselectlookup');
    space.write(
      'fields.yaml',
      `module: Deals
fields:
  - api_name: Partners
    field_label: Partners
    data_type: multiselectlookup
    multiselectlookup: {connected_details: {module: {api_name: Contacts}, field: {field_label: Deals}}}
`,
    );
    const planned = reportOf(await space.run(['plan', '--from', FILE, '--json']));
    expect(planned.summary).toMatchObject({ create: 1 });
    const rehearsed = await space.run([...REHEARSE, '--json']);
    expect(rehearsed.code, rehearsed.stderr).toBe(1);
    expect(reportOf(rehearsed).fields).toMatchObject([{ outcome: 'failed', code: 'FIELD_LIMIT_EXCEEDED' }]);
  });

  it('has no limit of custom fields where nobody knows it, or the one of today', async () => {
    await begin();
    fill(321, 'text');
    const rehearse = async (env: Readonly<Record<string, string>>) => {
      const { code, stdout, stderr } = await space.run([...REHEARSE, '--json'], { env });
      expect(stdout, stderr).not.toBe('');
      const { summary, diagnostics } = reportOf({ code, stdout, stderr });
      const isDoubted = diagnostics.some((one) => one.code === 'rehearsal-edition');
      return [code, summary['created'], isDoubted];
    };
    expect(await rehearse({})).toEqual([0, 3, true]);
    expect(await rehearse({ ZOHO_CUSTOM_FIELD_LIMIT: '400' })).toEqual([0, 3, false]);
    expect(await rehearse({ ZOHO_CUSTOM_FIELD_LIMIT: '323' })).toEqual([3, 0, false]);
  });

  it('does a saved plan too, and refuses one that the snapshot no longer fits', async () => {
    await begin();
    await live('plan', '--out', 'deals.plan');
    const run = await space.run(['apply', 'deals.plan', ...REHEARSE.slice(1), '--json']);
    expect([run.code, reportOf(run).summary]).toMatchObject([0, { created: 3 }]);
    zoho.fields('Deals').add({ api_name: 'Risk', field_label: 'Risk', data_type: 'text' });
    await live('snapshot', '--out', FILE);
    expect((await space.run(['apply', 'deals.plan', ...REHEARSE.slice(1)])).code).toBe(75);
  });

  it('is nothing without the built-in Zoho, and refuses in words whatever is no snapshot of this manifest', async () => {
    await begin();
    const real = await live('apply', '--yes', '--seed', FILE);
    expect([real.code, real.stdout, written()]).toEqual([64, '', []]);
    expect(real.stderr).toContain('--emulator');
    const rehearse = async (file: string): Promise<readonly [number | null, string]> => {
      const { code, stdout } = await space.run(['apply', '--emulator', '--seed', file, '--json']);
      return [code, reportOf({ code, stdout, stderr: '' }).diagnostics[0]?.code ?? ''];
    };
    space.write('newer.json', '{"format_version": "9.0", "kind": "snapshot"}');
    expect(await rehearse('nowhere.json')).toEqual([66, 'snapshot-not-found']);
    expect(await rehearse('fields.yaml')).toEqual([65, 'not-a-snapshot']);
    expect(await rehearse('newer.json')).toEqual([65, 'snapshot-version']);
    expect((await live('apply', '--emulator', '--seed', FILE, '--format', `json=${FILE}`)).code).toBe(64);
    space.write('fields.yaml', MANIFEST.replace('module: Deals', 'module: Contacts'));
    expect(await rehearse(FILE)).toEqual([65, 'snapshot-lacks-module']);
  });
});

describe('the plan of a real organisation', () => {
  it('says how to rehearse it, with what can be typed, and no other plan does', async () => {
    await begin();
    const { stdout } = await live('plan');
    const hint = stdout.replaceAll(/\s+/gu, ' ');
    expect(hint).toContain(
      `Or rehearse it first: zoho-fields snapshot --out ${FILE} zoho-fields ${REHEARSE.join(' ')}`,
    );
    expect((await space.run(['plan', '--from', FILE])).stdout).not.toContain('rehearse');
    expect((await space.run(['plan', '--emulator'])).stdout).not.toContain('rehearse');
  });
});
