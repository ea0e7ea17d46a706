import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/start.ts';
import { loadManifest, matrix, plan } from '../../src/index.ts';
import { makeWorkspace, type Run, type Workspace } from '../support/run-cli.ts';

const MANIFEST = `module: Deals
fields:
  - {api_name: Deal_Name, data_type: text, create: false}
  - {api_name: Risk, field_label: Risk, data_type: picklist, pick_list_values: [Low, High]}
  - {api_name: Region, field_label: Region, data_type: text, length: 40}
---
module: Leads
fields:
  - {api_name: Region, field_label: Region, data_type: text, length: 40}
`;
const NAMES = ['sandbox', 'production', 'customer'] as const;
const FILES = NAMES.map((name) => `${name}.env`);

interface MatrixReport {
  readonly kind: string;
  readonly columns: readonly {
    readonly name: string;
    readonly read: boolean;
    readonly organisation: unknown;
  }[];
  readonly fields: readonly {
    readonly module: string;
    readonly api_name: string;
    readonly cells: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  }[];
  readonly only_some: readonly { readonly api_name: string }[];
  readonly summary: Readonly<Record<string, unknown>>;
  readonly requests: { readonly read: number; readonly write: number };
  readonly diagnostics: readonly { readonly code: string; readonly message: string }[];
}

let space: Workspace;
let zohos: Emulator[];

beforeEach(async () => {
  space = makeWorkspace();
  space.write('fields.yaml', MANIFEST);
  zohos = [];
  for (const [index, name] of NAMES.entries())
    await settle(name, { organisation: { idPrefix: `${index + 1}234567` } });
  const [sandbox, production, customer] = zohos;
  const options = ['Low', 'High'].map((value) => ({
    display_value: value,
    actual_value: value,
    type: 'used',
  }));
  sandbox?.fields('Deals').add({ ...text('Risk'), data_type: 'picklist', pick_list_values: options });
  for (const module of ['Deals', 'Leads']) sandbox?.fields(module).add({ ...text('Region'), length: 40 });
  sandbox?.fields('Deals').add(text('Old_Code'));
  production?.fields('Deals').add({ ...text('Region'), length: 10 });
  customer?.fields('Deals').add({ ...text('Region'), data_type: 'integer' });
});
afterEach(async () => {
  for (const zoho of zohos) await zoho.close();
  space.remove();
});

const text = (name: string) => ({
  api_name: name,
  field_label: name.replaceAll('_', ' '),
  data_type: 'text',
});

/** Another Zoho, and a file that leads to it. */
async function settle(
  name: string,
  options: EmulatorOptions,
  change = (text: string): string => text,
): Promise<Emulator> {
  const zoho = await startEmulator(options);
  zohos.push(zoho);
  const lines = Object.entries(zoho.environment).map(([key, value]) => `${key}=${value}\n`);
  space.write(`${name}.env`, change(lines.join('')));
  return zoho;
}

const run = (...words: readonly string[]): Promise<Run> => space.run(words, { env: { CI: '1' } });
const report = async (...words: readonly string[]): Promise<MatrixReport> =>
  JSON.parse((await run('matrix', ...words, '--json')).stdout) as MatrixReport;

describe('matrix', () => {
  it('shows of each field what plan says of it in each organisation', async () => {
    const made = await report(...FILES);
    for (const [index, name] of NAMES.entries()) {
      const alone = JSON.parse(
        (await run('plan', '--settings', FILES[index] ?? '', '--json')).stdout,
      ) as MatrixReport;
      const rows = alone.fields as unknown as readonly Readonly<Record<string, unknown>>[];
      expect(
        made.fields.map(({ module, api_name, cells }) => ({ module, api_name, ...cells[name] })),
      ).toEqual(
        rows.map(({ module, api_name, action, differences, reasons }) => ({
          module,
          api_name,
          action,
          differences,
          reasons,
        })),
      );
    }
    expect(made).toMatchObject({
      kind: 'matrix',
      columns: NAMES.map((name) => ({ name, read: true, data_centre: 'us', organisation: null })),
      only_some: [
        { module: 'Deals', api_name: 'Old_Code', in: ['sandbox'], missing_from: ['production', 'customer'] },
      ],
      summary: { fields: 4, in_sync: 1, ready_to_promote: 2 },
      diagnostics: [],
    });
    expect(made.fields.map(({ cells }) => NAMES.map((name) => cells[name]?.['action']).join(' '))).toEqual([
      'in_sync in_sync in_sync',
      'in_sync create create',
      'in_sync drift conflict',
      'in_sync create create',
    ]);
  });

  it('only reads, with as many calls as the plans by themselves, and ends with 0 or 2', async () => {
    const { requests } = await report(...FILES);
    const sent = zohos.flatMap((zoho) => zoho.requests);
    expect(sent.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/token'))).toEqual([]);
    expect(requests).toEqual({ read: sent.length, write: 0 });
    expect((await run('matrix', ...FILES, '--detailed-exitcode')).code).toBe(2);
  });

  it('takes from each file alone which organisation it is, whatever the environment says', async () => {
    const other = await settle('other', {});
    const env = { ...other.environment, ZOHO_DC: 'nowhere', ZOHO_CUSTOM_FIELD_LIMIT: '0', CI: '1' };
    const both = await space.run(['matrix', ...FILES, '--json'], { env });
    expect(JSON.parse(both.stdout)).toMatchObject({ summary: { ready_to_promote: 2 } });
    expect(other.requests).toEqual([]);
  });

  it('shows the others where one cannot be read, and ends with the worst', async () => {
    const down = await settle('down', { organisation: { idPrefix: '7234567' } });
    await down.close();
    await settle('refused', {}, (lines) => lines.replace(/(?<=ZOHO_REFRESH_TOKEN=).*/u, '1000.no.token'));
    const env = { CI: '1' };
    const one = await space.run(['matrix', 'sandbox.env', 'down.env', '--json', '--detailed-exitcode'], {
      env,
    });
    const made = JSON.parse(one.stdout) as MatrixReport;
    expect(one.code).toBe(69);
    expect(made.columns.map(({ read }) => read)).toEqual([true, false]);
    expect(made.fields.map(({ cells }) => [cells['sandbox']?.['action'], cells['down']?.['action']])).toEqual(
      made.fields.map(() => ['in_sync', 'unknown']),
    );
    expect(made.diagnostics[0]?.message).toMatch(/^down: /u);
    const table = await space.run(['matrix', 'down.env', 'sandbox.env', '--format', 'csv'], { env });
    expect(table.stderr, 'a table has no place for the reason').toMatch(/down: /u);
    const words = ['matrix', 'down.env', 'refused.env', 'sandbox.env', '--format', 'csv=report.csv'];
    const both = await space.run(words, { env });
    expect(both.code).toBe(77);
    expect(both.stdout).toContain('down could not be read; refused could not be read.');
    expect(both.stderr).toMatch(/refused: Zoho does not accept the refresh token/u);
    expect(readFileSync(join(space.path, 'report.csv'), 'utf8')).toContain(
      'text,true,unknown,unknown,in_sync',
    );
  });

  it('of a module that one organisation lacks shows the others, and ends with 1', async () => {
    zohos[0]?.fields('Nobody');
    space.write(
      'fields.yaml',
      'module: Nobody\nfields:\n  - {api_name: A, field_label: A, data_type: text}\n',
    );
    const { code, stderr } = await run('matrix', ...FILES);
    expect(code).toBe(1);
    expect(stderr).toMatch(/sandbox: .*Nobody/u);
  });

  it('refuses one organisation under two names, under other credentials too, and too few and too many', async () => {
    space.write('again.env', readFileSync(join(space.path, 'sandbox.env')));
    await settle('twin', { organisation: { idPrefix: '1234567' } });
    for (const files of [
      ['sandbox.env', 'sandbox.env'],
      ['sandbox.env', 'again.env'],
      ['sandbox.env', 'production.env', 'twin.env'],
      ['sandbox.env'],
      [],
      Array.from({ length: 9 }, (_, index) => `${index}.env`),
    ]) {
      const { code, stdout } = await run('matrix', ...files);
      expect([files, code, stdout]).toEqual([files, 64, '']);
    }
    const same = await run('matrix', 'sandbox.env', 'again.env', '--json');
    expect(JSON.parse(same.stdout)).toMatchObject({
      kind: 'error',
      diagnostics: [{ code: 'same-organisation' }],
    });
    expect((await run('matrix', ...FILES, '--emulator')).code).toBe(64);
  });

  it('names everything that is wrong with any of the files before anything is sent', async () => {
    space.write('empty.env', '');
    space.write(
      'odd.env',
      'ZOHO_CLIENT_ID="x y"\nZOHO_CLIENT_SECRET=s\nZOHO_REFRESH_TOKEN=t\nZOHO_DC=moon\n',
    );
    const { code, stderr } = await run('matrix', 'sandbox.env', 'empty.env', 'odd.env', 'missing.env');
    expect(code).toBe(78);
    expect(stderr.match(/^error {4}\w+/gmu)).toEqual(
      ['empty', 'empty', 'empty', 'odd', 'odd', 'missing'].map((name) => `error    ${name}`),
    );
    expect(zohos.flatMap((zoho) => zoho.requests)).toEqual([]);
    space.write('fields.yaml', 'module: Deals\n');
    expect((await run('matrix', 'sandbox.env', 'empty.env')).code).toBe(65);
    expect((await run('matrix', ...FILES, '-f', 'nowhere.yaml')).code).toBe(66);
  });

  it('never writes over a file of settings, and over its own reports always', async () => {
    const before = readFileSync(join(space.path, 'sandbox.env'), 'utf8');
    expect((await run('matrix', ...FILES, '--format', 'csv=sandbox.env')).code).toBe(64);
    expect(readFileSync(join(space.path, 'sandbox.env'), 'utf8')).toBe(before);
    const formats = ['text', 'json', 'markdown', 'csv', 'html'];
    const reports = formats.flatMap((format) => ['--format', `${format}=report.${format}`]);
    for (const time of ['first', 'again']) {
      const { code, stderr } = await run('matrix', ...FILES, ...reports);
      expect([time, code, stderr]).toEqual([time, 0, '']);
    }
    expect(readFileSync(join(space.path, 'report.html'), 'utf8')).toMatch(
      /Made at \d{4}-\d\d-\d\d \d\d:\d\d UTC/u,
    );
  });
});

describe('matrix of the library', () => {
  it('is what plan says of each organisation, whatever differs between them', async () => {
    const manifest = await loadManifest('fields.yaml', { cwd: space.path });
    const env = { HOME: space.path, CI: '1' };
    const byFile = await matrix(
      manifest,
      Object.fromEntries(NAMES.map((name) => [name, { envFile: `${name}.env` }])),
      { cwd: space.path, tokenCache: false },
    );
    const bySettings = await matrix(
      manifest,
      Object.fromEntries(
        zohos.map((zoho, index) => [NAMES[index] ?? '', { env: { ...zoho.environment, ...env } }]),
      ),
      { cwd: space.path },
    );
    expect(bySettings).toEqual(byFile);
    for (const [index, name] of NAMES.entries()) {
      const alone = await plan(manifest, { env: { ...zohos[index]?.environment, ...env }, cwd: space.path });
      const rows = alone.modules.flatMap(({ entries }) => entries);
      expect(byFile.fields.map(({ cells }) => cells[name])).toEqual(
        rows.map(({ action, differences, reasons }) => ({ action, differences, reasons })),
      );
    }
  });

  it('tells why an organisation could not be read, and ends where it is told to', async () => {
    const manifest = await loadManifest('fields.yaml', { cwd: space.path });
    await zohos[1]?.close();
    const told: string[] = [];
    const files = { sandbox: { envFile: 'sandbox.env' }, production: { envFile: 'production.env' } };
    const made = await matrix(manifest, files, {
      cwd: space.path,
      tokenCache: false,
      onWarning: ({ message }) => told.push(message),
    });
    expect(made.columns[1]?.failure?.kind).toBe('unreachable');
    expect(told).toEqual([expect.stringMatching(/^production: /u)]);
    const stop = matrix(manifest, files, { cwd: space.path, tokenCache: false, signal: AbortSignal.abort() });
    await expect(stop).rejects.toMatchObject({ kind: 'interrupted' });
    await expect(matrix(manifest, { one: {} }, { cwd: space.path })).rejects.toMatchObject({ kind: 'usage' });
  });
});
