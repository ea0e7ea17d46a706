import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator, type EmulatorOptions, type Fault } from '../../src/emulator/start.ts';
import type { Json } from '../../src/model/json.ts';
import { FACTS } from '../../src/probe/findings.ts';
import { makeWorkspace, type Run, type RunOptions } from '../support/run-cli.ts';
import { makeInsideWorkspace } from '../support/run-inside.ts';
import { runOnTerminal } from '../support/terminal.ts';
import { MOVED } from '../support/switch-expectations.ts';

/** An organisation in which something may be tried. */
const SANDBOX: EmulatorOptions = {
  scope: 'ZohoCRM.settings.ALL ZohoCRM.org.READ',
  organisation: { type: 'sandbox', name: 'Acme Test' },
};

interface Told {
  readonly kind: string;
  readonly facts: readonly { readonly id: string; readonly verdict: string; readonly seen?: unknown }[];
  readonly created: readonly {
    readonly api_name: string;
    readonly field_label: string;
    readonly id: string;
  }[];
}

interface Tried {
  readonly run: Run;
  readonly told: Told;
  readonly profile?: { readonly facts: Readonly<Record<string, Json>> };
  readonly zoho: Emulator;
  /** Methods of all that is no read. */
  readonly writes: readonly string[];
  readonly fresh: readonly { readonly id: string; readonly api_name: string }[];
  /** What is left in the journal. */
  readonly journal: string;
}

async function tried(options: EmulatorOptions, more: RunOptions = {}): Promise<Tried> {
  const zoho = await startEmulator(options);
  const space = makeInsideWorkspace(zoho, false);
  const before = new Set(ids(zoho));
  try {
    const run = await space.run(['probe', '--create', '--yes', '--json', '--out', 'p.json'], {
      ...more,
      env: { ...zoho.environment },
    });
    const file =
      run.code === 77 || run.code === 64 ? undefined : readFileSync(join(space.path, 'p.json'), 'utf8');
    return {
      run,
      told: JSON.parse(run.stdout) as Told,
      ...(file === undefined ? {} : { profile: JSON.parse(file) as never }),
      journal: journalIn(space.path),
      zoho,
      writes: zoho.requests
        .filter(({ method, path }) => method !== 'GET' && path !== '/oauth/v2/token')
        .map(({ method }) => method),
      fresh: zoho
        .fields('Deals')
        .all()
        .filter(({ id }) => !before.has(id)),
    };
  } finally {
    space.remove();
    await zoho.close();
  }
}

function journalIn(home: string): string {
  const state = join(home, '.local', 'state', 'zoho-fields');
  const files = readdirSync(state, { recursive: true, encoding: 'utf8' });
  const journal = files.find((file) => file.endsWith('journal.jsonl'));
  return journal === undefined ? '' : readFileSync(join(state, journal), 'utf8');
}

const sorted = (fields: readonly { readonly id: string }[]): readonly string[] =>
  fields.map(({ id }) => id).toSorted();

const ids = (zoho: Emulator): readonly string[] =>
  zoho
    .fields('Deals')
    .all()
    .map(({ id }) => id);

const differences = ({ told }: Tried): readonly string[] =>
  told.facts.filter(({ verdict }) => verdict === 'different').map(({ id }) => id);
const shownBy = (name: string): readonly string[] =>
  FACTS.filter(({ emulator }) => emulator === name).map(({ id }) => id);

/** Where an answer is lost or spoiled, or nothing may be written, less is learnt. */
const SPOILED: ReadonlySet<string> = new Set([
  'userPermission',
  'failAfterCommit',
  'failEvery',
  'throttleEvery',
  'scopeMismatchStatus',
  'uniqueKeyName',
  'customFieldLimit',
  'perTypeLimit',
]);

let asked: ReadonlySet<string>;
beforeAll(async () => {
  asked = (await tried(SANDBOX)).zoho.asked;
});

describe('a probe that creates', () => {
  it('learns everything there is to learn, and lists what it made', async () => {
    const { run, told, writes, fresh } = await tried(SANDBOX);
    expect(run.code, run.stderr).toBe(0);
    expect(
      told.facts.filter(({ id, verdict }) => id.startsWith('create.') && verdict !== 'as_believed'),
    ).toEqual([]);
    expect(writes).toEqual(['POST', 'PATCH']);
    expect(told.created.map(({ id }) => id).toSorted()).toEqual(fresh.map(({ id }) => id).toSorted());
    expect(fresh).toHaveLength(3);
    expect(run.stderr).toContain('at most 5 text fields in Deals of Acme Test (sandbox');
    for (const { field_label } of told.created) {
      const [, word = ''] = /(X[\da-z]{5})/u.exec(field_label) ?? [];
      expect(run.stderr).toContain(word);
    }
  });

  describe.concurrent('in every position', () => {
    it.for(MOVED)(
      '$name=$value: finds that, sends what it announced at most, and its profile is found again',
      async ({ name, value }) => {
        if (!asked.has(name)) return;
        const first = await tried({ ...SANDBOX, switches: { [name]: value } });
        expect(first.writes.filter((one) => one === 'POST').length).toBeLessThanOrEqual(2);
        expect(first.writes.filter((one) => one === 'PATCH').length).toBeLessThanOrEqual(1);
        expect(first.writes.filter((one) => one !== 'POST' && one !== 'PATCH')).toEqual([]);
        expect(first.fresh.length).toBeLessThanOrEqual(5);
        if (first.run.code === 77 && first.fresh.length === 0) return;
        // Whatever became of the answers: what is there is told.
        expect(sorted(first.told.created)).toEqual(sorted(first.fresh));
        if (SPOILED.has(name)) return;
        expect(first.run.code, first.run.stdout).toBe(0);
        expect(differences(first)).toEqual(shownBy(name));
        const again = await tried({ ...SANDBOX, profile: first.profile as Json });
        const other = Object.entries(first.profile?.facts ?? {}).filter(
          ([id, one]) => JSON.stringify(again.profile?.facts[id]) !== JSON.stringify(one),
        );
        expect(other).toEqual([]);
      },
    );
  });

  it('refuses a production organisation with --yes, and one whose kind it cannot know', async () => {
    const real = await tried({ ...SANDBOX, organisation: { type: 'production', name: 'Acme' } });
    expect([real.run.code, real.writes]).toEqual([64, []]);
    const unknown = await tried({ scope: 'ZohoCRM.settings.ALL' });
    expect([unknown.run.code, unknown.writes]).toEqual([77, []]);
    const mayNot = await tried({ ...SANDBOX, scope: 'ZohoCRM.settings.fields.READ ZohoCRM.org.READ' });
    expect([mayNot.run.code, mayNot.writes]).toEqual([77, []]);
  });

  it('at a terminal wants the name of a production organisation, and nothing less', async () => {
    // A no-break space, and a letter in two pieces: a person types what they see.
    const name = 'Acme\u00a0Mu\u0308ller GmbH';
    const zoho = await startEmulator({ ...SANDBOX, organisation: { type: 'production', name } });
    const space = makeWorkspace();
    const before = ids(zoho).length;
    const ask = (types: string) =>
      runOnTerminal(['probe', '--create'], {
        cwd: space.path,
        env: { ...zoho.environment },
        person: { when: 'Type its name', types: `${types}\r` },
      });
    const yes = await ask('yes');
    expect([yes.code, ids(zoho).length]).toEqual([1, before]);
    expect(yes.screen.replaceAll(/\s+/gu, ' ')).toContain('what was typed is not the name');
    const named = await ask('Acme M\u00fcller GmbH');
    expect([named.code, ids(zoho).length]).toEqual([0, before + 3]);
    await zoho.close();
    const alone = await space.run(['probe', '--create'], { env: { ...zoho.environment } });
    expect(alone.code).toBe(64);
    space.remove();
  });

  it('tells which labels nobody knows of, where an answer was lost and no read shows them', async () => {
    const lost = await tried({
      ...SANDBOX,
      faults: [{ method: 'POST', path: '/settings/fields', kind: 'reset' }],
    });
    expect(lost.run.code, lost.run.stdout).toBe(69);
    expect(lost.run.stdout).toContain('not-shown');
    expect(lost.writes).toEqual(['POST']);
    expect(lost.fresh).toEqual([]);
  });

  const POST = { method: 'POST', path: '/settings/fields' } as const;
  const PATCH = { method: 'PATCH', path: '/settings/fields' } as const;

  it.each<readonly [string, Fault]>([
    ['whose results are in another order', { ...POST, kind: 'results', change: 'shuffled', seed: 3 }],
    ['with one result too few', { ...POST, kind: 'results', change: 'short' }],
    ['with one result too many', { ...POST, kind: 'results', change: 'long' }],
    ['that is no JSON', { ...POST, kind: 'body', body: '<html>', contentType: 'text/html' }],
    ['that ends in the middle', { ...POST, kind: 'truncate', bytes: 40 }],
    ['that is a failure of the server', { ...POST, kind: 'status', status: 502, commit: 'all' }],
    ['that denies what was done', { ...POST, kind: 'status', status: 400, commit: 'all' }],
    ['that is none', { ...POST, kind: 'reset', commit: 'all' }],
  ])('learns what a read proves after an answer %s, and lists all that it made', async (_, fault) => {
    const { run, told, profile, writes, fresh, journal } = await tried({ ...SANDBOX, faults: [fault] });
    expect(run.code, run.stdout + run.stderr).toBe(0);
    expect(sorted(told.created)).toEqual(sorted(fresh));
    expect(fresh).toHaveLength(3);
    expect(writes).toEqual(['POST', 'PATCH']);
    expect(profile?.facts).toMatchObject({
      'create.api_name': 'honoured',
      'create.symbols': 'as_believed',
      'create.letters': 'underscore',
      'create.label_patch': '200',
      'create.name_after': 'stays',
    });
    expect(profile?.facts['create.order']).not.toBe('as_sent');
    expect(journal).toBe('');
  });

  it('tells ignored names from refused ones where no answer does', async () => {
    const lost: Fault = { ...POST, kind: 'reset', commit: 'all' };
    const { profile } = await tried({ ...SANDBOX, switches: { apiNameInBody: 'ignore' }, faults: [lost] });
    expect(profile?.facts['create.api_name']).toBe('ignored');
  });

  it.each([
    ['may not create', 'READ', 77, ['POST'], 0],
    ['may create, and may change nothing', 'READ ZohoCRM.settings.fields.CREATE', 4, ['POST', 'PATCH'], 3],
  ] as const)('learns only by the answer of a token that it %s', async (_, may, code, sent, count) => {
    const { run, told, writes, fresh, journal } = await tried({
      ...SANDBOX,
      scope: `ZohoCRM.org.READ ZohoCRM.settings.fields.${may}`,
      switches: { scopeInToken: 'absent' },
    });
    expect([run.code, writes, fresh.length, journal]).toEqual([code, sent, count, '']);
    expect(run.stdout).toMatch(/"scope-missing"|OAUTH_SCOPE_MISMATCH/u);
    if (count > 0) expect(sorted(told.created)).toEqual(sorted(fresh));
  });

  it('tells of a label whose PATCH nobody answered, and nobody sees', async () => {
    const { run, told, fresh } = await tried({ ...SANDBOX, faults: [{ ...PATCH, kind: 'reset' }] });
    expect([run.code, sorted(told.created)]).toEqual([4, sorted(fresh)]);
    expect(run.stdout).toMatch(/not-shown.*ZF Probe X\w{5} C/su);
    for (const kind of ['reset', 'html'] as const) {
      const done = await tried({ ...SANDBOX, faults: [{ ...PATCH, kind, commit: 'all' }] });
      expect(done.run.code, done.run.stdout).toBe(0);
      expect(done.profile?.facts['create.name_after']).toBe('stays');
      expect(done.profile?.facts['create.label_patch']).toBeUndefined();
    }
  });

  it('lists what it made where its user stops it right after the creation', async () => {
    let stop = (): void => undefined;
    const stopped = await tried(
      { ...SANDBOX, faults: [{ ...POST, kind: 'run', effect: () => stop() }] },
      { onSpawn: (kill) => void (stop = () => kill('SIGINT')) },
    );
    expect([stopped.run.code, sorted(stopped.told.created)]).toEqual([130, sorted(stopped.fresh)]);
    expect([stopped.writes, stopped.fresh.length, stopped.journal]).toEqual([['POST'], 3, '']);
  });

  it('lists what it made where the profile cannot be written any more', async () => {
    const zoho = await startEmulator(SANDBOX);
    const space = makeInsideWorkspace(zoho, false);
    const before = new Set(ids(zoho));
    zoho.faults = [{ ...POST, kind: 'run', effect: () => mkdirSync(join(space.path, 'p.json')) }];
    const run = await space.run(['probe', '--create', '--yes', '--json', '--out', 'p.json'], {
      env: { ...zoho.environment },
    });
    const fresh = ids(zoho).filter((id) => !before.has(id));
    const told = JSON.parse(run.stdout) as Told;
    expect([run.code, sorted(told.created)]).toEqual([4, fresh.toSorted()]);
    expect(run.stdout).toContain('out-exists');
    space.remove();
    await zoho.close();
  });

  it('tells at a terminal what it made where the words on standard output are for an issue', async () => {
    const zoho = await startEmulator(SANDBOX);
    const space = makeInsideWorkspace(zoho, false);
    const run = await space.run(['probe', '--create', '--yes', '--format', 'markdown'], {
      env: { ...zoho.environment },
    });
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).not.toMatch(/ZF Probe|Deals/u);
    expect(run.stderr).toContain('Created (3)');
    space.remove();
    await zoho.close();
  });

  it('that is killed before it can list what it made is told of by the next one', async () => {
    const zoho = await startEmulator(SANDBOX);
    const space = makeWorkspace();
    const env = { ...zoho.environment, ZOHO_SETTLE_MS: '50' };
    const before = new Set(ids(zoho));
    const fresh = (): readonly string[] => ids(zoho).filter((id) => !before.has(id));
    const probe = (onSpawn?: RunOptions['onSpawn']) =>
      space.run(['probe', '--create', '--yes', '--json'], { env, ...(onSpawn && { onSpawn }) });
    let kill = (): void => undefined;
    const killOnce = (): void => {
      if (fresh().length > 0) kill();
    };
    zoho.faults = [{ method: 'GET', path: '/settings/fields', kind: 'run', effect: killOnce }];
    const killed = await probe((signal) => void (kill = () => signal('SIGKILL')));
    expect([killed.stdout, fresh().length]).toEqual(['', 3]);
    const left = fresh();
    zoho.faults = [];
    const next = await probe();
    expect(next.code, next.stderr).toBe(0);
    expect(next.stderr).toContain('An earlier probe was stopped');
    for (const id of left) expect(next.stderr.replaceAll(/\s+/gu, ' ')).toContain(`id ${id}`);
    expect(sorted((JSON.parse(next.stdout) as Told).created)).toEqual(
      fresh()
        .filter((id) => !left.includes(id))
        .toSorted(),
    );
    expect((await probe()).stderr).not.toContain('An earlier probe');
    space.remove();
    await zoho.close();
  });
});
