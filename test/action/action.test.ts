import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator } from '../../src/emulator/start.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { serialisePlan } from '../../src/plan/saved-plan.ts';
import { markdownSins, rawControls } from '../unit/report/judges.ts';
import { has, manifestOf, want } from '../support/field.ts';
import { hasPrograms } from '../support/programs.ts';
import { makeCheckout, type Checkout, type Given, type StepRun } from './checkout.ts';
import { startGithub, type GithubStub } from './github-stub.ts';

/** What GitHub's runners have and the action uses. */
const RUNNER = hasPrograms('bash', 'git');
const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

const HEAD = 'module: Deals\nfields:\n  - {api_name: Deal_Name, data_type: text, create: false}\n';
const field = (name: string, type = 'text, length: 50'): string =>
  `  - {api_name: ${name}, field_label: ${name}, data_type: ${type}}\n`;

let github: GithubStub;
let zoho: Emulator;
let checkout: Checkout;

beforeEach(async () => {
  github = await startGithub();
  zoho = await startEmulator();
  checkout = makeCheckout();
  checkout.commit(HEAD);
});

afterEach(async () => {
  checkout.remove();
  await zoho.close();
  await github.close();
});

type Inputs = Readonly<Record<string, string>>;

/** The inputs that point the action at the local Zoho. */
function live(): Inputs {
  const { environment } = zoho;
  return {
    'client-id': environment['ZOHO_CLIENT_ID'] ?? '',
    'client-secret': environment['ZOHO_CLIENT_SECRET'] ?? '',
    'refresh-token': environment['ZOHO_REFRESH_TOKEN'] ?? '',
    'accounts-url': environment['ZOHO_ACCOUNTS_URL'] ?? '',
    'api-url': environment['ZOHO_API_URL'] ?? '',
  };
}

function step(name: string, { env, ...given }: Given): Promise<StepRun> {
  return checkout.step(name, { ...given, env: { GITHUB_API_URL: github.url, ...env } });
}

function review(inputs: Inputs = {}, env: Inputs = {}, base?: string): Promise<StepRun> {
  // Written by a stranger; the action has no use for it.
  const title = 'gotcha-title $(id) ${{ secrets.X }}';
  const head = { ref: 'gotcha-branch;id' };
  const pull_request = { number: 7, title, head, base: { sha: base ?? checkout.git('rev-parse', 'main') } };
  return step('review', {
    inputs,
    env: { ...env, GITHUB_REF: 'refs/pull/7/merge' },
    event: { pull_request },
  });
}

/** The built action beside another command. */
function standIn(command: string): string {
  const dist = join(checkout.path, '..', 'stand-in');
  mkdirSync(dist);
  cpSync(join(DIST, 'action.js'), join(dist, 'action.js'));
  writeFileSync(join(dist, 'package.json'), '{"type":"commonjs"}');
  writeFileSync(join(dist, 'bin.js'), command);
  return dist;
}

function comments(pull = 7): readonly string[] {
  return (github.comments.get(pull) ?? []).map((post) => post.body);
}

const writes = (): readonly string[] =>
  github.calls.filter((call) => call.method !== 'GET').map((call) => call.method);

const names = (): readonly string[] =>
  zoho
    .fields('Deals')
    .all()
    .map((one) => one.api_name);

/** A pull request that adds a field, reviewed with credentials, and merged. */
async function reviewedAndMerged(
  inputs: Inputs = {},
): Promise<{ readonly run: StepRun; readonly merge: string }> {
  checkout.branch('pr');
  const head = checkout.commit(HEAD + field('Region'));
  const run = await review({ ...live(), ...inputs });
  github.artifacts.push({ name: run.outputs['artifact'] ?? '', head, zip: run.zip() });
  const merge = checkout.merge('pr');
  github.merges.push({ number: 7, head, commit: merge });
  return { run, merge };
}

function apply(merge: string, inputs: Inputs = {}): Promise<StepRun> {
  return step('apply', { inputs: { ...live(), ...inputs }, env: { GITHUB_SHA: merge } });
}

/** The snapshot of the local Zoho, as the action's own step commits it. */
async function takenSnapshot(inputs: Inputs = {}): Promise<string> {
  const run = await step('snapshot', { inputs: { ...live(), ...inputs } });
  expect(run.verdict, run.log).toBe(0);
  return github.files.at(-1)?.text ?? '';
}

describe.skipIf(!RUNNER)('snapshot', () => {
  it('commits what plan reads to the branch, over the one of last night, and touches no file of the checkout', async () => {
    const first = await takenSnapshot();
    zoho.fields('Deals').add({ api_name: 'New', field_label: 'New', data_type: 'text' });
    const second = await takenSnapshot();
    expect(second).toContain('"api_name": "New"');
    expect(first).not.toContain('"api_name": "New"');
    expect(github.files.map(({ path, branch, message }) => [path, branch, message])).toEqual([
      ['zoho.snapshot.json', 'main', 'Refresh zoho.snapshot.json'],
      ['zoho.snapshot.json', 'main', 'Refresh zoho.snapshot.json'],
    ]);
    expect(checkout.git('status', '--porcelain')).toBe('');
    const written = zoho.requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/token'));
    expect(written).toEqual([]);
  });

  it('leaves options and tooltips out where that is asked for, and takes another path', async () => {
    const text = await takenSnapshot({ 'names-only': 'true', snapshot: 'crm/zoho.json' });
    expect(text).toContain('"names_only": true');
    expect(github.files[0]?.path).toBe('crm/zoho.json');
  });

  it('asks again where GitHub has trouble, and commits once though the answer was lost', async () => {
    github.trouble = { at: /^PUT \/contents/u, status: 502, times: 1, after: true };
    await takenSnapshot();
    expect(github.files).toHaveLength(1);
  });

  it('is nothing for a pull request, commits nothing that could not be read, and says what the token lacks', async () => {
    const pull = await step('snapshot', {
      inputs: live(),
      env: { GITHUB_REF: 'refs/pull/7/merge' },
      event: { pull_request: { number: 7 } },
    });
    expect(pull.verdict).toBe(64);
    const wrong = await step('snapshot', { inputs: { ...live(), 'refresh-token': '1000.no.token' } });
    expect(wrong.verdict).toBe(77);
    expect((await step('snapshot', { inputs: { ...live(), snapshot: '../x.json' } })).verdict).toBe(64);
    github.readOnly = true;
    const denied = await step('snapshot', { inputs: live() });
    expect(denied.verdict).toBe(1);
    expect(denied.log).toContain('GitHub answered 403 when asked to commit a file');
    expect(github.files).toEqual([]);
  });
});

describe.skipIf(!RUNNER)('review', () => {
  it('comments with the plan at first, and updates that comment later', async () => {
    checkout.branch('pr');
    checkout.commit(HEAD + field('Region'));
    const first = await review(live());
    expect(first.verdict, first.log).toBe(0);
    expect(comments()).toHaveLength(1);
    expect(comments()[0]).toMatch(
      /^<!-- zoho-fields plan manifest="fields\.yaml" digest="[0-9a-f]{64}" -->\n/u,
    );
    expect(comments()[0]).toContain('Merging and applying this adds **1 new field**');
    expect(first.summary.trim()).toBe(comments()[0]?.trim());
    expect(first.log).toContain('::notice file=fields.yaml,line=4');
    expect(first.outputs['artifact']).toMatch(/^zoho-fields-plan-7-fields\.yaml-[0-9a-f]{64}$/u);
    expect(first.outputs['plan-id']).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/u);
    expect(first.report('reviewed.plan')).toContain('"kind": "saved-plan"');

    checkout.commit(HEAD + field('Region') + field('Territory_Code'));
    expect((await review(live())).verdict).toBe(0);
    expect(comments()).toHaveLength(1);
    expect(comments()[0]).toContain('**2 new fields**');
    expect(writes()).toEqual(['POST', 'PATCH']);

    await review(live());
    expect(writes()).toEqual(['POST', 'PATCH']);
    expect(zoho.requests.some((request) => request.method !== 'GET' && !request.path.includes('token'))).toBe(
      false,
    );
  });

  it('finds its own comment among many, and never takes one that a person wrote', async () => {
    const mine = '<!-- zoho-fields plan manifest="fields.yaml" digest="" -->\n\nold';
    const posts = Array.from({ length: 130 }, (_, id) => ({
      id,
      body: id === 120 ? mine : 'hello',
      author: id === 120 ? 'github-actions[bot]' : 'a person',
      state: 'open' as const,
    }));
    posts.push({ id: 999, body: mine, author: 'a person', state: 'open' });
    github.comments.set(7, posts);
    checkout.branch('pr');
    checkout.commit(HEAD + field('Region'));
    await review(live());
    expect(comments()).toHaveLength(131);
    expect(comments()[120]).toContain('**1 new field**');
    expect(comments()[130]).toBe(mine);
  });

  it('says nothing where nothing changes, but corrects an older comment', async () => {
    checkout.branch('pr');
    checkout.commit(`# only a comment\n${HEAD}`);
    expect((await review(live())).verdict).toBe(0);
    expect(comments()).toHaveLength(0);

    checkout.commit(HEAD + field('Region'));
    await review(live());
    checkout.commit(HEAD);
    await review(live());
    expect(comments()).toHaveLength(1);
    expect(comments()[0]).toContain('Merging this **creates nothing**');
  });

  it('keeps one comment for each organisation that a manifest is reviewed for', async () => {
    checkout.branch('pr');
    checkout.commit(HEAD + field('Region'));
    for (const name of ['sandbox', 'production', 'sandbox', '']) {
      const run = await review({ ...live(), name });
      expect(run.verdict, run.log).toBe(0);
    }
    expect(comments().map((body) => body.split('manifest=')[0])).toEqual([
      '<!-- zoho-fields plan name="sandbox" ',
      '<!-- zoho-fields plan name="production" ',
      '<!-- zoho-fields plan ',
    ]);
  });

  it('keeps different plans for manifests whose names differ only in what an artifact cannot be called', async () => {
    const kept = new Set<string | undefined>();
    const pairs = [
      ['a/b.yaml', ''],
      ['a-b.yaml', ''],
      ['a b.yaml', ''],
      ['a/b.yaml', 'c'],
      ['a/b.yaml-c', ''],
    ];
    checkout.branch('pr');
    for (const [manifest = '', name = ''] of pairs) {
      checkout.commit(`${HEAD}${field('Region')}# ${name}\n`, manifest);
      kept.add((await review({ ...live(), manifest, name })).outputs['artifact']);
    }
    expect(kept.size).toBe(pairs.length);
    for (const name of kept) expect(name).toMatch(/^[\w.-]{1,200}$/u);
    expect(comments()).toHaveLength(pairs.length);
  });

  it('reviews a fork without secrets and with a token that may not write', async () => {
    github.readOnly = true;
    checkout.branch('fork');
    checkout.commit(HEAD + field('Region'));
    const run = await review();
    expect(run.verdict).toBe(0);
    expect(run.summary).toMatch(/^<!-- zoho-fields diff manifest="fields\.yaml" -->/u);
    expect(run.summary).toContain('**adds 1 field**');
    expect(run.log).toContain('may not comment here');
    expect(run.outputs['artifact']).toBeUndefined();
    expect(zoho.requests).toHaveLength(0);
  });

  it('plans a fork from the snapshot of the base branch, and never from its own', async () => {
    checkout.commit(await takenSnapshot(), 'zoho.snapshot.json');
    checkout.branch('fork');
    checkout.commit(HEAD + field('Region') + field('Amount'));
    // A stranger's own: by it nothing would be missing.
    checkout.commit('{"format_version": "1.0", "kind": "snapshot"}', 'zoho.snapshot.json');
    checkout.commit('ZOHO_CLIENT_ID=stolen\n', '.env');
    const sent = zoho.requests.length;
    github.readOnly = true;
    const run = await review();
    expect(run.verdict, run.log).toBe(3);
    expect(run.summary).toMatch(/^<!-- zoho-fields plan manifest="fields\.yaml" -->\n\n\*\*Not live\*\*/u);
    expect(run.summary).toContain('`Region`');
    expect(run.summary).toContain('`Amount`');
    expect(run.log).toContain('::warning title=Not live');
    expect(run.outputs['artifact']).toBeUndefined();
    expect(run.outputs['plan-id']).toBeUndefined();
    expect(zoho.requests).toHaveLength(sent);
  });

  it.each([
    ['is damaged', '{"format_version": "1.0", "kind": "snapshot"}', 'zoho.snapshot.json'],
    ['is not asked for', undefined, ''],
    ['is not there', undefined, 'other.json'],
  ])(
    'compares the manifests of a fork where the snapshot of the base branch %s',
    async (_, text, snapshot) => {
      checkout.commit(text ?? (await takenSnapshot()), 'zoho.snapshot.json');
      checkout.branch('fork');
      checkout.commit(HEAD + field('Region'));
      checkout.commit(await takenSnapshot(), 'other.json');
      const run = await review({ snapshot });
      expect(run.verdict, run.log).toBe(0);
      expect(run.summary).toMatch(/^<!-- zoho-fields diff /u);
    },
  );

  it('plans live where there are credentials, whatever snapshot there is', async () => {
    checkout.commit(await takenSnapshot(), 'zoho.snapshot.json');
    checkout.branch('pr');
    checkout.commit(HEAD + field('Region'));
    const run = await review(live());
    expect(run.summary).toMatch(/^<!-- zoho-fields plan manifest="fields\.yaml" digest=/u);
    expect(run.summary).not.toContain('Not live');
  });

  it('fails on an invalid manifest, after saying so in the comment and on its lines', async () => {
    checkout.branch('pr');
    checkout.commit(`${HEAD}  - {api_name: Risk, data_typ: text}\n`);
    const run = await review(live());
    expect(run.verdict).toBe(65);
    expect(comments()[0]).toMatch(/^<!-- zoho-fields validate /u);
    expect(comments()[0]).toContain('**is not valid**');
    expect(run.log).toContain('::error file=fields.yaml,line=4');
    expect(JSON.parse(run.report('validate.sarif') ?? '')).toMatchObject({ version: '2.1.0' });
    expect(zoho.requests).toHaveLength(0);
  });

  it('compares with what the merge commit merges into, and takes a missing manifest for an empty one', async () => {
    checkout.git('rm', '-q', 'fields.yaml');
    checkout.git('commit', '-q', '-m', 'No manifest yet');
    checkout.branch('pr');
    checkout.commit(HEAD + field('Region'));
    checkout.merge('pr');
    const run = await review({}, {}, '');
    expect(run.verdict).toBe(0);
    expect(run.summary).toContain('**adds 2 fields**');
  });

  it('says how to check out where what it compares with is not there, instead of comparing with nothing', async () => {
    checkout.branch('pr');
    checkout.commit(HEAD + field('Region'));
    const run = await review({}, {}, 'a'.repeat(40));
    expect(run.verdict).toBe(64);
    expect(run.log).toContain('fetch-depth: 2');
    expect(comments()).toHaveLength(0);
  });

  it('does not let a .env of the pull request choose the host of the credentials', async () => {
    checkout.branch('pr');
    checkout.commit(HEAD + field('Region'));
    const trap = `ZOHO_ACCOUNTS_URL=${github.url}\nZOHO_API_URL=${github.url}\n`;
    writeFileSync(`${checkout.path}/.env`, trap);
    // No real host can be reached from here; what counts is where the credentials were about to go.
    const nowhere = { 'accounts-url': '', 'api-url': '' };
    const run = await review({ ...live(), ...nowhere }, { HTTPS_PROXY: 'http://127.0.0.1:9' });
    expect(run.verdict).toBe(69);
    expect(comments()[0]).toContain('Zoho could not be reached');
    expect(github.calls.some((call) => call.path.includes('oauth'))).toBe(false);
  });

  it('does not let a link in the pull request show a file of the runner', async () => {
    writeFileSync(join(checkout.path, '..', 'secret.yaml'), 'secret: canary\n');
    checkout.branch('pr');
    checkout.git('rm', '-q', 'fields.yaml');
    symlinkSync('../secret.yaml', join(checkout.path, 'fields.yaml'));
    const run = await review(live());
    expect(run.verdict).toBe(65);
    expect(run.log).toContain('outside the checkout');
    expect(run.log + run.summary).not.toContain('canary');
    expect(github.calls).toHaveLength(0);
  });

  it('lets no text of a manifest act, in the comment or in the log', async () => {
    checkout.branch('pr');
    const evil = '@everyone --> <img src=x> ::error::gotcha ##[error]gotcha';
    checkout.commit(
      `${HEAD}  - {api_name: Region, field_label: Region, data_type: text, length: 50, tooltip: ${JSON.stringify(evil)}}\n` +
        `  - {api_name: ${JSON.stringify(`X\n::error::gotcha`)}, data_type: text, create: false}\n`,
    );
    const run = await review(live());
    const [body = ''] = comments();
    expect(body).toContain('gotcha');
    expect([...markdownSins(body), ...rawControls(body)]).toEqual([]);
    expect(body + run.log + run.summary).not.toMatch(/gotcha-(?:title|branch)/u);
    expect(run.log.split('\n').filter((line) => /^::error::gotcha|##\[/u.test(line))).toEqual([]);
  });

  it('keeps a comment within what GitHub takes, the name of the organisation included', async () => {
    checkout.branch('pr');
    const tooltip = 'Said at length, so that many such fields are too many. '.repeat(3);
    const many = Array.from({ length: 260 }, (_, index) =>
      field(`Field_Number_${index}`, `text, length: 50, tooltip: ${JSON.stringify(tooltip)}`),
    ).join('');
    checkout.commit(HEAD + many);
    await review({ ...live(), name: 'n'.repeat(40) });
    expect(comments()[0]).toContain('**This comment was cut:**');
    expect(comments()[0]?.length).toBeLessThanOrEqual(65_536);
  });

  it('gives the command no token of GitHub, and what needs no organisation no secret at all', async () => {
    const dist = standIn(
      'console.log(JSON.stringify({words: process.argv.slice(2), env: Object.keys(process.env), values: Object.values(process.env)}));',
    );
    const pull_request = { number: 7, base: { sha: checkout.git('rev-parse', 'main') } };
    const run = await step('review', { inputs: live(), event: { pull_request }, dist });
    const calls = run.log
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as { words: string[]; env: string[]; values: string[] });
    expect(calls.map(({ words }) => words[0])).toEqual(['validate', 'diff', 'plan']);
    for (const { words, env, values } of calls) {
      expect([...words, ...values].join('\n')).not.toContain('ghs_canary');
      expect(env.filter((name) => name.startsWith('INPUT_'))).toEqual([]);
      expect(env.includes('ZOHO_REFRESH_TOKEN')).toBe(words[0] === 'plan');
      expect(words.join('\n')).not.toContain(live()['refresh-token']);
    }
    expect(calls[2]?.words.slice(-2)).toEqual(['--settings', '/dev/null']);
  });
});

describe.skipIf(!RUNNER)('apply', () => {
  it('applies exactly the reviewed plan after the merge, and tells what became of it', async () => {
    const { run, merge } = await reviewedAndMerged();
    const applied = await apply(merge);
    expect(applied.verdict, applied.log).toBe(0);
    expect(applied.outputs['plan-id']).toBe(run.outputs['plan-id']);
    expect(names()).toContain('Region');
    expect(comments()).toHaveLength(2);
    expect(comments()[1]).toMatch(/^<!-- zoho-fields apply manifest="fields\.yaml"/u);
    expect(comments()[1]).toContain('**1 of 1 field was created**');
    const storage = github.calls.filter((call) => /^\/\d+$/u.test(call.path));
    expect(storage.map((call) => call.authorization)).toEqual([undefined]);
  });

  it('applies the plan of the organisation that it is named for', async () => {
    const name = 'sandbox';
    const { merge } = await reviewedAndMerged({ name });
    expect((await apply(merge)).verdict).toBe(75);
    const applied = await apply(merge, { name });
    expect(applied.verdict, applied.log).toBe(0);
    expect(comments().at(-1)).toMatch(/^<!-- zoho-fields apply name="sandbox" manifest=/u);
  });

  it('refuses a plan that went stale, and creates nothing', async () => {
    const { merge } = await reviewedAndMerged();
    zoho.fields('Deals').add({ api_name: 'Region', field_label: 'Region', data_type: 'integer' });
    const before = zoho.requests.filter((request) => request.method === 'POST').length;
    const applied = await apply(merge);
    expect(applied.verdict).toBe(75);
    expect(comments()[1]).toContain('The reviewed plan no longer fits');
    const posts = zoho.requests
      .slice(before)
      .filter((request) => request.path.includes('settings/fields') && request.method === 'POST');
    expect(posts).toHaveLength(0);
  });

  it('refuses when the merged manifest is not the one that was planned', async () => {
    const { run } = await reviewedAndMerged();
    const [was] = github.merges.splice(0);
    const merge = checkout.commit(HEAD + field('Region') + field('Sneaked_In'));
    github.merges.push({ number: 7, head: was?.head ?? '', commit: merge });
    const applied = await apply(merge);
    expect(applied.verdict).toBe(75);
    expect(run.verdict).toBe(0);
    expect(names()).not.toContain('Region');
  });

  it('takes no plan from a fork, none of another commit, none that expired, and none that the comment does not show', async () => {
    const { merge } = await reviewedAndMerged();
    const [kept] = github.artifacts.splice(0);
    if (kept === undefined) throw new Error('nothing was kept');
    github.artifacts.push(
      { ...kept, fork: true },
      { ...kept, head: 'f'.repeat(40) },
      { ...kept, expired: true },
    );
    expect((await apply(merge)).verdict).toBe(75);
    expect(comments().at(-1)).toContain('no plan was kept for pull request 7');

    github.artifacts.push(kept);
    const post = github.comments.get(7)?.[0];
    if (post === undefined) throw new Error('no comment');
    // The short id is the same in both: what is compared is the whole digest.
    post.body = post.body.replace(/(?<=digest="[0-9a-f]{63})[0-9a-f]/u, (digit) =>
      digit === '0' ? '1' : '0',
    );
    const applied = await apply(merge);
    expect(applied.verdict).toBe(75);
    expect(comments().at(-1)).toContain('not the one that the comment shows');

    post.body = post.body.replace(/ digest="[0-9a-f]{64}"/u, '');
    expect((await apply(merge)).verdict).toBe(75);
    expect(comments().at(-1)).toContain('no comment shows the plan');
    expect(names()).not.toContain('Region');
  });

  it('refuses a kept file that is no plan', async () => {
    const { merge } = await reviewedAndMerged();
    const [kept] = github.artifacts.splice(0);
    if (kept === undefined) throw new Error('nothing was kept');
    const files = [{ 'reviewed.plan': new Uint8Array([123]) }, { 'other.txt': new Uint8Array([0]) }];
    const zips = [...files.map((one) => zipSync(one)), kept.zip.slice(0, kept.zip.length / 2)];
    for (const zip of zips) {
      github.artifacts.splice(0, 1, { ...kept, zip });
      expect((await apply(merge)).verdict).toBe(75);
    }
    expect(names()).not.toContain('Region');
  });

  it('applies no plan that nobody was shown, also where it would only finish a label', async () => {
    const left = has('Region', { label: 'Region' });
    const plan = makePlan(
      manifestOf(want('Region', { label: 'Sales Region' })),
      [{ module: 'Deals', fields: [left] }],
      { profiles: new Map() },
      [{ event: 'created', module: 'Deals', api_name: 'Region', id: left.id }],
    );
    expect(plan.summary).toMatchObject({ create: 0, drift: 1 });
    const { merge } = await reviewedAndMerged();
    const [kept] = github.artifacts.splice(0);
    if (kept === undefined) throw new Error('nothing was kept');
    github.comments.clear();
    const zip = zipSync({ 'reviewed.plan': new TextEncoder().encode(serialisePlan(plan)) });
    github.artifacts.push({ ...kept, zip });
    expect((await apply(merge)).verdict).toBe(75);
    expect(comments().at(-1)).toContain('no comment shows the plan');
    expect(zoho.requests.filter((request) => request.method === 'PATCH')).toHaveLength(0);
  });

  it('has nothing to do, and nothing to say, where the reviewed plan had nothing', async () => {
    checkout.branch('pr');
    const head = checkout.commit(`# only a comment\n${HEAD}`);
    const run = await review(live());
    github.artifacts.push({ name: run.outputs['artifact'] ?? '', head, zip: run.zip() });
    const merge = checkout.merge('pr');
    github.merges.push({ number: 7, head, commit: merge });
    expect((await apply(merge)).verdict).toBe(0);
    expect(comments()).toHaveLength(0);
  });

  it('refuses a commit that is no merge', async () => {
    const applied = await apply(checkout.git('rev-parse', 'HEAD'));
    expect(applied.verdict).toBe(75);
    expect(applied.summary).toContain('no plan of it was reviewed');
  });

  it('tells the merge whose run was dropped, and applies nothing of it late', async () => {
    const first = await reviewedAndMerged();
    expect((await apply(first.merge)).verdict).toBe(0);
    // Two more merges; of the first of them GitHub drops the waiting run.
    const shown = github.comments.get(7)?.[0]?.body ?? '';
    github.comments.set(8, [{ id: 1, body: shown, author: 'github-actions[bot]', state: 'open' }]);
    github.comments.set(5, [{ id: 2, body: shown, author: 'github-actions[bot]', state: 'open' }]);
    github.merges.unshift({ number: 5, head: 'a'.repeat(40), commit: 'b'.repeat(40) });
    github.merges.push({ number: 8, head: 'c'.repeat(40), commit: 'd'.repeat(40) });
    github.merges.push({ number: 6, head: 'c'.repeat(40), commit: 'f'.repeat(40), base: 'other' });
    const last = checkout.commit(`# last\n${HEAD}`);
    github.merges.push({ number: 9, head: 'e'.repeat(40), commit: last });
    const applied = await apply(last);
    expect(applied.verdict).toBe(75);
    expect(comments(8)).toHaveLength(2);
    expect(comments(8)[1]).toMatch(/^<!-- zoho-fields apply manifest="fields\.yaml" -->/u);
    expect(comments(8)[1]).toContain('the merge of #9');
    expect(comments(8)[1]).toContain('/acme/crm/actions/runs/4711');
    // Before a merge of which a result was told, all were told of; and other branches have their own runs.
    expect(comments(5)).toHaveLength(1);
    expect(comments(6)).toHaveLength(0);

    await apply(last);
    expect(comments(8)).toHaveLength(2);
    expect(comments(9)).toHaveLength(1);
  });
});

describe.skipIf(!RUNNER)('a GitHub in trouble', () => {
  it.each([
    ['GET /commits/', 'find the pull request of a commit'],
    ['GET /actions/artifacts', 'find the reviewed plan'],
    ['GET /issues/7/comments', 'list the comments of a pull request'],
  ])('is reported as that, and never as a merge that is none: %s', async (at, words) => {
    const { merge } = await reviewedAndMerged();
    github.trouble = { at: new RegExp(`^${at}`, 'u'), status: 503 };
    const applied = await apply(merge);
    expect(applied.verdict).toBe(1);
    expect(applied.log).toContain(`::error::GitHub answered 503 when asked to ${words}, 4 times in a row.`);
    expect(applied.log + applied.summary).not.toMatch(/no merge|no plan was kept/u);
    expect(comments()).toHaveLength(1);
    expect(names()).not.toContain('Region');
  });

  it('is asked again while the trouble passes', async () => {
    const { merge } = await reviewedAndMerged();
    github.trouble = { at: /^GET/u, status: 502, times: 3 };
    expect((await apply(merge)).verdict).toBe(0);
    expect(names()).toContain('Region');
  });

  it('gets no second comment where only the answer to the first one was lost', async () => {
    github.trouble = { at: /^POST/u, status: 502, times: 1, after: true };
    checkout.branch('pr');
    checkout.commit(HEAD + field('Region'));
    expect((await review(live())).verdict).toBe(0);
    expect(comments()).toHaveLength(1);

    github.trouble = { at: /^POST/u, status: 502, times: 1, after: true };
    checkout.commit(HEAD + field('Other'));
    await step('drift', { inputs: live() });
    expect(github.issues).toHaveLength(1);
  });

  it('is no reason to tell of permissions, and a token without them is', async () => {
    const { merge } = await reviewedAndMerged();
    github.trouble = { at: /^GET .commits/u, status: 403, times: 9 };
    const applied = await apply(merge);
    expect(applied.verdict).toBe(1);
    expect(applied.log).toContain("Compare the job's permissions");
  });

  it('that cannot be reached is reported as that', async () => {
    const applied = await step('apply', {
      inputs: live(),
      env: { GITHUB_SHA: 'a'.repeat(40), GITHUB_API_URL: 'http://127.0.0.1:9' },
    });
    expect(applied.verdict).toBe(1);
    expect(applied.log).toContain('GitHub could not be reached to find the pull request of a commit');
  });
});

describe.skipIf(!RUNNER)('drift', () => {
  const drift = (): Promise<StepRun> => step('drift', { inputs: live() });

  it('keeps one issue open while there is drift, and closes it after', async () => {
    expect((await drift()).verdict).toBe(0);
    expect(github.issues).toHaveLength(0);

    checkout.commit(HEAD + field('Region'));
    expect((await drift()).verdict).toBe(0);
    expect((await drift()).verdict).toBe(0);
    expect(github.issues).toHaveLength(1);
    expect(github.issues[0]?.body).toContain('**1 new field**');
    expect(writes()).toEqual(['POST']);

    zoho.fields('Deals').add({ api_name: 'Region', field_label: 'Region', data_type: 'text', length: 20 });
    await drift();
    expect(github.issues).toHaveLength(1);
    expect(github.issues[0]?.body).toContain('**1 field differs**');

    checkout.commit(HEAD + field('Region', 'text, length: 20'));
    expect((await drift()).verdict).toBe(0);
    expect(github.issues[0]?.state).toBe('closed');
  });

  it('leaves the issue alone and fails where Zoho cannot be asked', async () => {
    const inputs = live();
    await zoho.close();
    const run = await step('drift', { inputs });
    zoho = await startEmulator();
    expect(run.verdict).toBe(69);
    expect(github.calls).toHaveLength(0);
  });
});

describe.skipIf(!RUNNER)('the action itself', () => {
  it.each([
    ['review', { manifest: '--version' }],
    ['review', { manifest: 'a\nb' }],
    ['review', { manifest: 'a/../../fields.yaml' }],
    ['review', { manifest: '/etc/passwd' }],
    ['review', { manifest: '' }],
    ['review', { manifest: `${'a'.repeat(200)}.yaml` }],
    ['review', { name: 'a"b' }],
    ['../evil', {}],
  ])('refuses what could be taken for something else: %s %j', async (name, inputs) => {
    const run = await step(name, { inputs });
    expect(run.verdict).toBe(64);
    expect(run.log).toMatch(/^::error::/u);
    expect(github.calls).toHaveLength(0);
  });

  it('lets the command end in its own words when the job is cancelled', async () => {
    const dist = standIn(
      "process.on('SIGTERM', () => { console.log('what became of each field'); process.exit(130); });" +
        "process.kill(process.ppid, 'SIGTERM'); setInterval(() => undefined, 1000);",
    );
    const run = await step('drift', { inputs: live(), dist });
    expect(run.log).toContain('what became of each field');
    expect(run.verdict).toBe(130);
  });

  it('takes another spelling of a path for the same manifest', async () => {
    checkout.commit(HEAD + field('Region'));
    for (const manifest of ['fields.yaml', './fields.yaml', 'a/../fields.yaml']) {
      expect((await step('drift', { inputs: { ...live(), manifest } })).verdict).toBe(0);
    }
    expect(github.issues).toHaveLength(1);
  });

  it('installs one exact version, outside the checkout, without scripts and without secrets', async () => {
    const said = await checkout.install({});
    expect(said).toMatch(/^0\nTEMP\n/u);
    expect(said).toMatch(/^word: zoho-fields@\d+\.\d+\.\d+$/mu);
    for (const word of ['install', '--ignore-scripts', '--prefix', 'TEMP/zoho-fields']) {
      expect(said).toContain(`word: ${word}\n`);
    }
    expect(said).not.toMatch(/^(?:ZOHO_|INPUT_|GITHUB_TOKEN)/mu);
  });
});
