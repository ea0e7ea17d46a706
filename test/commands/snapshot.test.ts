import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator } from '../../src/emulator/start.ts';
import { loadManifest, snapshot } from '../../src/index.ts';
import { BIN, makeWorkspace, ownEnvironment, type Run, type Workspace } from '../support/run-cli.ts';

const MANIFEST = `module: Deals
fields:
  - {api_name: Stage, data_type: picklist, create: false, pick_list_values: [Qualification]}
  - {api_name: Amount, data_type: text, create: false}
  - {api_name: Risk, field_label: Risk, data_type: picklist, pick_list_values: [Low, High], tooltip: How sure we are}
  - {api_name: Partner_2, field_label: Partner 2, data_type: lookup, lookup: Acounts}
  - {api_name: Hidden, field_label: Hidden, data_type: text, profiles: {Standard: hidden}, maps_from: Leads.Company}
`;
const FILE = 'zoho.snapshot.json';

let space: Workspace;
let zoho: Emulator;

beforeEach(async () => {
  space = makeWorkspace();
  space.write('fields.yaml', MANIFEST);
  zoho = await startEmulator();
});
afterEach(async () => {
  await zoho.close();
  space.remove();
});

const live = (...words: readonly string[]): Promise<Run> =>
  space.run(words, { env: { ...zoho.environment, CI: '1' } });
const text = (name = FILE): string => readFileSync(join(space.path, name), 'utf8');
const documentOf = (run: Run): Record<string, unknown> => JSON.parse(run.stdout) as Record<string, unknown>;

describe('snapshot', () => {
  it('is planned without credentials, and the plan is the one of what was there', async () => {
    const taken = await live('snapshot', '--out', FILE);
    expect([taken.code, taken.stdout]).toEqual([0, '']);
    const now = documentOf(await live('plan', '--json', '--unmanaged'));
    const sent = zoho.requests.length;
    const later = await space.run(['plan', '--json', '--unmanaged', '--from', FILE]);
    expect(later.code).toBe(3);
    expect(zoho.requests.length).toBe(sent);
    const { live: isLive, snapshot: of, ...plan } = documentOf(later);
    expect({ isLive, of }).toEqual({
      isLive: false,
      of: {
        path: FILE,
        taken_at: (JSON.parse(text()) as { taken_at: string }).taken_at,
        age_seconds: expect.any(Number) as number,
      },
    });
    const { target: _target, requests: _requests, diagnostics: _told, ...rest } = now;
    expect(plan).toMatchObject(rest);
    expect(plan).toMatchObject({ requests: { read: 0, write: 0 } });
  });

  it('reads what plan reads, and not more', async () => {
    const asked = (): readonly string[] =>
      zoho.requests.map(({ method, path }) => `${method} ${path}`).toSorted();
    await live('plan');
    const byPlan = asked();
    await live('snapshot');
    expect(asked()).toEqual([...byPlan, ...byPlan].toSorted());
  });

  it('is everyone’s to read, holds no secret, and is the same text but for its time', async () => {
    await live('snapshot', '--out', FILE);
    const first = text();
    await live('snapshot', '--out', FILE);
    const withoutTime = (one: string): string => one.replace(/"taken_at": "[^"]+"/u, '');
    expect(withoutTime(text())).toBe(withoutTime(first));
    if (process.platform !== 'win32') expect(statSync(join(space.path, FILE)).mode & 0o777).toBe(0o644);
    for (const name of ['ZOHO_CLIENT_ID', 'ZOHO_CLIENT_SECRET', 'ZOHO_REFRESH_TOKEN'])
      expect(text()).not.toContain(zoho.environment[name]);
    expect(Object.keys(JSON.parse(text()) as object).slice(0, 3)).toEqual([
      'format_version',
      'kind',
      'taken_at',
    ]);
    expect(text()).not.toMatch(/"(?:created_by|modified_by|owner|email)":/iu);
  });

  it('goes to standard output, by itself or beside the file, and to the library', async () => {
    const printed = documentOf(await live('snapshot'));
    const both = documentOf(await live('snapshot', '--json', '--out', FILE));
    const env = { ...zoho.environment, HOME: space.path, CI: '1' };
    const given = await snapshot(await loadManifest('fields.yaml', { cwd: space.path }), {
      env,
      cwd: space.path,
    });
    const { taken_at: _at, ...body } = given;
    for (const one of [printed, both, JSON.parse(text()) as object]) expect(one).toMatchObject(body);
  });

  it('of names only leaves options and tooltips out, and its plan says so', async () => {
    await live('snapshot', '--names-only', '--out', FILE);
    expect(text()).not.toMatch(/Qualification|pick_list_values"|"tooltip"/u);
    const run = await space.run(['plan', '--from', FILE]);
    expect(run.stderr).toContain('--names-only');
    expect(run.stderr).toContain('Deals.Stage');
  });

  it('replaces a snapshot, and nothing else', async () => {
    space.write('notes.json', '{"kind": "notes"}');
    space.write('report.json', (await live('plan', '--json')).stdout);
    symlinkSync('notes.json', join(space.path, 'link.json'));
    mkdirSync(join(space.path, 'folder'));
    for (const name of ['notes.json', 'report.json', 'link.json', 'folder', 'fields.yaml', '.env']) {
      const run = await live('snapshot', '--out', name);
      expect([name, run.code, run.stdout]).toEqual([name, 64, '']);
    }
    expect(text('notes.json')).toBe('{"kind": "notes"}');
    expect((await live('snapshot', '--out', 'new/deep.json')).code).toBe(0);
    expect((await live('snapshot', '--out', 'new/deep.json')).code).toBe(0);
  });

  it('is no report that another run may write over', async () => {
    await live('snapshot', '--out', FILE);
    const before = text();
    expect((await live('plan', '--format', `json=${FILE}`)).code).toBe(64);
    expect((await space.run(['plan', '--from', FILE, '--format', `json=${FILE}`])).code).toBe(64);
    expect(text()).toBe(before);
  });

  it('is not kept where a field holds a secret', async () => {
    const token = `1000.${'ab12'.repeat(8)}.${'cd34'.repeat(8)}`;
    zoho.fields('Deals').add({
      api_name: 'Trap',
      field_label: 'Trap',
      data_type: 'text',
      tooltip: { name: 'info_icon', value: token },
    });
    const run = await live('snapshot', '--out', FILE);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('secret');
    expect(run.stderr + run.stdout).not.toContain(token);
    expect(() => text()).toThrow('ENOENT');
  });
});

describe('a plan of a snapshot', () => {
  beforeEach(async () => {
    await live('snapshot', '--out', FILE);
  });

  it('is neither saved nor applied, and never says that it could be', async () => {
    expect((await space.run(['plan', '--from', FILE, '--out', 'deals.plan'])).code).toBe(64);
    expect((await space.run(['plan', '--from', FILE, '--emulator'])).code).toBe(64);
    expect((await live('plan', '--max-age', '3')).code).toBe(64);
    expect((await live('apply', FILE, '--yes')).code).toBe(65);
    for (const format of ['text', 'markdown', 'html', 'github', 'json']) {
      const { stdout } = await space.run(['plan', '--from', FILE, '--format', format]);
      expect(stdout.toLowerCase()).toMatch(/not live|"live": false/u);
      expect(stdout).not.toMatch(/zoho-fields apply/u);
    }
  });

  it('warns of an old snapshot, by seven days or as many as are asked for', async () => {
    const old = new Date(Date.now() - 8 * 86_400_000).toISOString();
    space.write('old.json', text().replace(/(?<="taken_at": ")[^"]+/u, old));
    const codes = async (...words: readonly string[]): Promise<readonly string[]> => {
      const { diagnostics } = documentOf(await space.run(['plan', '--json', '--from', 'old.json', ...words]));
      return (diagnostics as readonly { code: string }[])
        .map(({ code }) => code)
        .filter((code) => code === 'snapshot-old');
    };
    expect(await codes()).toEqual(['snapshot-old']);
    expect(await codes('--max-age', '9')).toEqual([]);
    expect((await space.run(['plan', '--from', FILE, '--max-age', 'soon'])).code).toBe(64);
  });

  it.each([
    ['that is not there', undefined, 66],
    ['that is a manifest', MANIFEST, 65],
    ['of another version', '{"format_version": "9.0", "kind": "snapshot"}', 65],
    ['that was cut', '{"format_version": "1.0", "kind": "snapsh', 65],
  ])('from a file %s is refused in words, as text and as JSON', async (_, content, code) => {
    if (content !== undefined) space.write('odd.json', content);
    const run = await space.run(['plan', '--from', 'odd.json']);
    expect([run.code, run.stdout]).toEqual([code, '']);
    expect(run.stderr).toContain('odd.json');
    const json = await space.run(['plan', '--from', 'odd.json', '--json']);
    expect([json.code, documentOf(json)['kind']]).toEqual([code, 'error']);
  });

  it('is made of what a revision of git holds, whatever lies in the folder', async () => {
    const git = (...words: readonly string[]): void => {
      const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.com'];
      expect(spawnSync('git', [...who, ...words], { cwd: space.path }).status).toBe(0);
    };
    git('init', '-q');
    git('add', FILE);
    git('commit', '-q', '-m', 'Keep it');
    space.write(FILE, '{"format_version": "1.0", "kind": "snapshot"}');
    expect((await space.run(['plan', '--from', FILE])).code).toBe(65);
    const run = await space.run(['plan', '--from', `HEAD:./${FILE}`, '--json']);
    expect([run.code, documentOf(run)['snapshot']]).toMatchObject([3, { path: `HEAD:./${FILE}` }]);
    expect((await space.run(['plan', '--from', 'HEAD:./nowhere.json'])).code).toBe(66);
  });

  it('of a module that was not kept is 65, and names the module', async () => {
    space.write('fields.yaml', MANIFEST.replace('module: Deals', 'module: Contacts'));
    const run = await space.run(['plan', '--from', FILE]);
    expect(run.code).toBe(65);
    expect(run.stderr).toContain('Contacts');
  });

  it('reads no settings, not even malformed ones', async () => {
    space.write('.env', 'ZOHO_DC=nowhere\nZOHO_TIMEOUT_MS=soon\n');
    const run = await space.run(['plan', '--from', FILE, '--json'], { env: { ZOHO_DC: 'nowhere' } });
    expect(documentOf(run)['kind']).toBe('plan');
  });

  it('opens no socket, and asks for no name', async () => {
    const guard = space.write(
      'guard.cjs',
      `const refuse = () => { process.stderr.write('A SOCKET\\n'); process.exit(99); };
for (const [module, names] of [['net', ['connect', 'createConnection']], ['dns', ['lookup']], ['dgram', ['createSocket']]])
  for (const name of names) require(module)[name] = refuse;
require('net').Socket.prototype.connect = refuse;
globalThis.fetch = refuse;
`,
    );
    const guarded = { env: { NODE_OPTIONS: `--require=${guard}` } };
    expect((await space.run(['plan', '--from', FILE], guarded)).code).toBe(3);
    const connected = await space.run(['plan'], { env: { ...zoho.environment, CI: '1', ...guarded.env } });
    expect([connected.code, connected.stderr]).toEqual([99, 'A SOCKET\n']);
  });

  it.skipIf(spawnSync('strace', ['-V']).status !== 0)(
    'makes no call of the system that leaves the machine',
    () => {
      const traced = (...words: readonly string[]): string => {
        const log = join(space.path, 'trace');
        writeFileSync(log, '');
        const env = { ...ownEnvironment(space.path), ...zoho.environment, CI: '1', ZOHO_TIMEOUT_MS: '1000' };
        spawnSync(
          'strace',
          ['-f', '-e', 'trace=socket,connect', '-o', log, process.execPath, BIN, ...words],
          {
            cwd: space.path,
            env,
          },
        );
        return readFileSync(log, 'utf8');
      };
      expect(traced('plan', '--from', FILE)).not.toMatch(/(?:socket|connect)\(/u);
      // The emulator lives in this process, which waits for the command: it is connected to, and never answers.
      expect(traced('plan')).toMatch(/connect\(/u);
    },
  );
});
