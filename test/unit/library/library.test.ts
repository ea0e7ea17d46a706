import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator } from '../../../src/emulator/start.ts';
import { apply, loadManifest, plan, Problem, type ModulePlan, type Plan } from '../../../src/index.ts';
import { assemblePlan } from '../../../src/plan/make-plan.ts';

const execFileAsync = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const MANIFEST = `module: Deals
fields:
  - api_name: StrategicPartnerId
    field_label: Strategic Partner ID
    data_type: text
    length: 50
`;

let folder: string;
let zoho: Emulator;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zoho-fields-'));
  writeFileSync(join(folder, 'fields.yaml'), MANIFEST);
  zoho = await startEmulator();
});

afterEach(async () => {
  await zoho.close();
  rmSync(folder, { recursive: true, force: true });
});

const options = () => ({
  env: { ...zoho.environment, HOME: folder, CI: '1', ZOHO_SETTLE_MS: '20' },
  cwd: folder,
});
const load = () => loadManifest('fields.yaml', { cwd: folder });

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  return work.then(
    () => {
      throw new Error('it worked');
    },
    (error: unknown) => {
      if (error instanceof Problem) return error;
      throw error;
    },
  );
}

/** Another plan, under the digest that belongs to it. */
const changed = (planned: Plan, change: (module: ModulePlan) => ModulePlan): Plan =>
  assemblePlan(planned.manifest, planned.modules.map(change));

describe('the library', () => {
  it('loads, plans and applies, and planning again says in sync', async () => {
    const manifest = await load();
    const planned = await plan(manifest, options());
    expect(planned.summary).toMatchObject({ create: 1, conflict: 0 });
    expect(zoho.requests.every(({ method, path }) => method === 'GET' || path.endsWith('/token'))).toBe(true);
    const events: string[] = [];
    const report = await apply(planned, { ...options(), onEvent: ({ type }) => events.push(type) });
    expect(report.fields.map(({ outcome }) => outcome)).toEqual(['created']);
    expect(events).toContain('reading-back');
    expect((await plan(manifest, options())).summary).toMatchObject({ create: 0, in_sync: 1 });
  });

  it('forgets a signal that serves many calls when each of them has ended', async () => {
    const { signal } = new AbortController();
    const manifest = await load();
    for (let call = 0; call < 3; call += 1) await plan(manifest, { ...options(), signal });
    await problemOf(plan(manifest, { env: {}, cwd: folder, signal }));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('makes the same plan as the command', async () => {
    const planned = await plan(await load(), options());
    // Not the blocking kind: the local Zoho lives in this process.
    const run = await execFileAsync(process.execPath, [join(ROOT, 'dist/bin.js'), 'plan', '--json'], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, CI: '1', ...zoho.environment },
    });
    const { plan_id, summary } = JSON.parse(run.stdout) as { plan_id: string; summary: object };
    expect({ plan_id, summary }).toEqual({ plan_id: planned.plan_id, summary: planned.summary });
  });

  it('tells of a field that was created twice, as every command does that reads live', async () => {
    const deals = zoho.fields('Deals');
    deals.add({ api_name: 'StrategicPartnerId', field_label: 'Strategic Partner ID', data_type: 'text' });
    deals.add({ api_name: 'StrategicPartnerId1', field_label: 'StrategicPartnerId', data_type: 'text' });
    const planWarnings: string[] = [];
    const applyWarnings: string[] = [];
    const planned = await plan(await load(), {
      ...options(),
      onWarning: ({ code }) => planWarnings.push(code),
    });
    await apply(planned, { ...options(), onWarning: ({ code }) => applyWarnings.push(code) });
    expect([planWarnings, applyWarnings]).toEqual([['duplicate-detected'], ['duplicate-detected']]);
    for (const command of [['plan'], ['audit'], ['apply', '--yes']]) {
      const run = await execFileAsync(process.execPath, [join(ROOT, 'dist/bin.js'), ...command, '--json'], {
        cwd: folder,
        env: { PATH: process.env['PATH'] ?? '', HOME: folder, CI: '1', ...zoho.environment },
      });
      expect(JSON.parse(run.stdout)).toMatchObject({ diagnostics: [{ code: 'duplicate-detected' }] });
    }
  });

  it('tells everything that is wrong with a manifest', async () => {
    writeFileSync(
      join(folder, 'fields.yaml'),
      'module: Deals\nfields:\n  - api_name: 1x\n    data_typ: text\n',
    );
    const problem = await problemOf(load());
    expect(problem.kind).toBe('invalid');
    expect(problem.diagnostics.length).toBeGreaterThan(1);
    expect(problem.diagnostics[0]).toMatchObject({ file: 'fields.yaml', line: 3 });
  });

  it('tries nothing with conflicts, unless it is told to', async () => {
    writeFileSync(
      join(folder, 'fields.yaml'),
      `${MANIFEST}  - api_name: Gone\n    data_type: text\n    create: false\n`,
    );
    const planned = await plan(await load(), options());
    const stopped = await apply(planned, options());
    expect([stopped.stoppedByConflicts, zoho.fields('Deals').find('StrategicPartnerId')]).toEqual([
      true,
      undefined,
    ]);
    const report = await apply(planned, { ...options(), allowConflicts: true });
    expect(report.fields[0]?.outcome).toBe('created');
  });

  it('refuses a plan of another organisation', async () => {
    const planned = await plan(await load(), options());
    const other = await startEmulator({ organisation: { idPrefix: '7777777' } });
    const env = { ...other.environment, HOME: folder, CI: '1' };
    const problem = await problemOf(apply(planned, { env, cwd: folder }));
    await other.close();
    expect(problem.kind).toBe('stale');
  });

  it.each<readonly [string, (planned: Plan) => unknown]>([
    ['nothing', () => undefined],
    ['null', () => null],
    ['a text', () => 'deals.plan'],
    ['an empty object', () => ({})],
    ['modules that are none', (planned) => ({ ...planned, modules: [null] })],
    ['no modules', (planned) => ({ ...planned, modules: [] })],
    ['something that is no JSON', (planned) => ({ ...planned, manifest: { path: 1n, sha256: '' } })],
    ['itself inside', (planned) => Object.assign({ ...planned }, { manifest: planned, modules: [planned] })],
    ['another digest', (planned) => ({ ...planned, digest: 'f'.repeat(64) })],
    ['another id', (planned) => ({ ...planned, plan_id: '2222-3333' })],
    ['no ids of existing fields', (planned) => changed(planned, (module) => ({ ...module, anchors: [] }))],
    [
      'another name among what is declared',
      (planned) =>
        changed(planned, (module) => ({
          ...module,
          entries: module.entries.map((entry) => ({
            ...entry,
            field: { ...entry.field, declared: { ...entry.field.declared, api_name: 'Other' } },
          })),
        })),
    ],
  ])('refuses %s in the place of a plan, in words and before any request', async (_, change) => {
    const planned = await plan(await load(), options());
    const before = zoho.requests.length;
    const problem = await problemOf(apply(change(planned) as Plan, options()));
    expect(problem.kind).toBe('invalid');
    expect(problem.diagnostics[0]?.remedy?.length).toBeGreaterThan(10);
    expect(zoho.requests).toHaveLength(before);
  });

  it('creates whatever its listeners throw, at once or later', async () => {
    const planned = await plan(await load(), options());
    const fail = (): never => {
      throw new Error('a bug of the program around it');
    };
    // Types know no better than to let a listener be asynchronous.
    const later: () => unknown = () => Promise.reject(new Error('a later one'));
    const report = await apply(planned, { ...options(), onEvent: fail, onNote: fail, onWarning: fail });
    expect(report.fields.map(({ outcome }) => outcome)).toEqual(['created']);
    const again = await apply(planned, {
      ...options(),
      onEvent: later,
      onNote: later,
      onWarning: later,
    });
    expect(again.fields.map(({ outcome }) => outcome)).toEqual(['in_sync']);
  });

  it('says what is not configured, and that it was interrupted', async () => {
    const manifest = await load();
    expect((await problemOf(plan(manifest, { env: {}, cwd: folder }))).kind).toBe('configuration');
    const signal = AbortSignal.abort();
    expect((await problemOf(plan(manifest, { ...options(), signal }))).kind).toBe('interrupted');
  });

  it('talks to the built-in Zoho, whose state lies beside the manifest', async () => {
    const manifest = await loadManifest(join(folder, 'fields.yaml'));
    const local = { emulator: true, env: { HOME: folder }, cwd: folder };
    await apply(await plan(manifest, local), local);
    expect((await plan(manifest, local)).summary).toMatchObject({ in_sync: 1 });
  });
});

/** What a portal's own deployment script would be; it prints one line, and the library none. */
const SCRIPT = `import { apply, loadManifest, plan, Problem, type ApplyReport, type Plan, type PlanEntry } from 'zoho-fields';
import { startEmulator } from 'zoho-fields/emulator';

const zoho = await startEmulator();
const options = { env: { ...zoho.environment, HOME: process.cwd(), CI: '1' } };
const manifest = await loadManifest('fields.yaml');
const planned: Plan = await plan(manifest, options);
const entries: readonly PlanEntry[] = planned.modules.flatMap((module) => module.entries);
const report: ApplyReport = await apply(planned, options);
const kinds: string[] = [];
await loadManifest('nowhere.yaml').catch((error: unknown) => {
  if (error instanceof Problem) kinds.push(error.kind);
});
console.log(JSON.stringify([entries.map((entry) => entry.action), report.fields.map((field) => field.outcome), kinds]));
await zoho.close();
`;

describe('the package', () => {
  beforeEach(() => {
    mkdirSync(join(folder, 'node_modules', '@types'), { recursive: true });
    symlinkSync(ROOT, join(folder, 'node_modules', 'zoho-fields'));
    symlinkSync(join(ROOT, 'node_modules/@types/node'), join(folder, 'node_modules/@types/node'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'deploy.ts'), SCRIPT);
  });

  it('gives a script types in every resolution, runs, and prints nothing of its own', () => {
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    for (const resolution of ['node16', 'nodenext', 'bundler']) {
      const module = resolution === 'bundler' ? 'esnext' : resolution;
      const words = [
        '--strict',
        '--exactOptionalPropertyTypes',
        '--target',
        'es2022',
        '--types',
        'node',
        '--outDir',
        'out',
      ];
      const args = [tsc, ...words, '--module', module, '--moduleResolution', resolution, 'deploy.ts'];
      const run = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
      expect([resolution, run.stdout, run.status]).toEqual([resolution, '', 0]);
    }
    const printed = execFileSync(process.execPath, ['out/deploy.js'], { cwd: folder, encoding: 'utf8' });
    expect(JSON.parse(printed)).toEqual([['create'], ['created'], ['not-found']]);
  }, 60_000);
});
