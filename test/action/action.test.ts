import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator/start.ts';
import type { Emulator } from '../../src/emulator/options.ts';
import { makeCheckout, type Checkout, type StepRun } from './checkout.ts';
import { hasPrograms } from '../support/programs.ts';
import { startGithub, type GithubStub } from './github-stub.ts';

/** What GitHub's runners have and the steps use. */
const RUNNER = hasPrograms('bash', 'git', 'curl', 'jq', 'unzip');

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

const LIVE = (): Record<string, string> => ({ ...zoho.environment });

function review(env: Readonly<Record<string, string>> = {}): Promise<StepRun> {
  return checkout.step('review', {
    GITHUB_API_URL: github.url,
    PR_NUMBER: '7',
    BASE_SHA: checkout.git('rev-parse', 'main'),
    ...env,
  });
}

function comments(): readonly string[] {
  return (github.comments.get(7) ?? []).map((post) => post.body);
}

const writes = (): readonly string[] =>
  github.calls.filter((call) => call.method !== 'GET').map((call) => call.method);

/** A pull request that adds a field, reviewed with credentials, and merged. */
async function reviewedAndMerged(
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly run: StepRun; readonly merge: string }> {
  checkout.branch('pr');
  const head = checkout.commit(HEAD + field('Region'));
  const run = await review({ ...LIVE(), ...env });
  github.artifacts.push({ name: run.outputs['artifact'] ?? '', head, zip: run.zip() });
  const merge = checkout.merge('pr');
  github.merged = { number: 7, head, commit: merge };
  return { run, merge };
}

function apply(merge: string, env: Readonly<Record<string, string>> = {}): Promise<StepRun> {
  return checkout.step('apply', { GITHUB_API_URL: github.url, GITHUB_SHA: merge, ...LIVE(), ...env });
}

describe.skipIf(!RUNNER)('review', () => {
  it('comments with the plan at first, and updates that comment later', async () => {
    checkout.branch('pr');
    checkout.commit(HEAD + field('Region'));
    const first = await review(LIVE());
    expect(first.verdict).toBe(0);
    expect(comments()).toHaveLength(1);
    expect(comments()[0]).toMatch(
      /^<!-- zoho-fields plan manifest="fields\.yaml" digest="[0-9a-f]{64}" -->\n/u,
    );
    expect(comments()[0]).toContain('Merging and applying this adds **1 new field**');
    expect(first.summary).toBe(comments()[0]);
    expect(first.log).toContain('::notice file=fields.yaml,line=4');
    expect(first.outputs['artifact']).toBe('zoho-fields-plan-7-fields.yaml');
    expect(first.report('reviewed.plan')).toContain('"kind": "saved-plan"');

    checkout.commit(HEAD + field('Region') + field('Territory_Code'));
    expect((await review(LIVE())).verdict).toBe(0);
    expect(comments()).toHaveLength(1);
    expect(comments()[0]).toContain('**2 new fields**');
    expect(writes()).toEqual(['POST', 'PATCH']);

    await review(LIVE());
    expect(writes()).toEqual(['POST', 'PATCH']);
    expect(zoho.requests.some((request) => request.method !== 'GET' && !request.path.includes('token'))).toBe(
      false,
    );
  });

  it('finds its own comment among many, and never takes one that a person wrote', async () => {
    const mine = '<!-- zoho-fields plan manifest="fields.yaml" digest="0123" -->\n\nold';
    const posts = Array.from({ length: 130 }, (_, id) => ({
      id,
      body: id === 120 ? mine : 'hello',
      author: id === 120 ? 'github-actions[bot]' : 'somebody',
      state: 'open' as const,
    }));
    posts.push({ id: 999, body: mine, author: 'somebody', state: 'open' });
    github.comments.set(7, posts);
    checkout.branch('pr');
    checkout.commit(HEAD + field('Region'));
    await review(LIVE());
    expect(comments()).toHaveLength(131);
    expect(comments()[120]).toContain('**1 new field**');
    expect(comments()[130]).toBe(mine);
  });

  it('says nothing where nothing changes, but corrects an older comment', async () => {
    checkout.branch('pr');
    checkout.commit(`# only a comment\n${HEAD}`);
    expect((await review(LIVE())).verdict).toBe(0);
    expect(comments()).toHaveLength(0);

    checkout.commit(HEAD + field('Region'));
    await review(LIVE());
    checkout.commit(HEAD);
    await review(LIVE());
    expect(comments()).toHaveLength(1);
    expect(comments()[0]).toContain('Merging this **creates nothing**');
  });

  it('keeps one comment for each organisation that a manifest is reviewed for', async () => {
    checkout.branch('pr');
    checkout.commit(HEAD + field('Region'));
    for (const REVIEW_NAME of ['sandbox', 'production', 'sandbox', '']) {
      const run = await review({ ...LIVE(), REVIEW_NAME });
      expect(run.verdict, run.log).toBe(0);
    }
    expect(comments().map((body) => body.split('manifest=')[0])).toEqual([
      '<!-- zoho-fields plan name="sandbox" ',
      '<!-- zoho-fields plan name="production" ',
      '<!-- zoho-fields plan ',
    ]);
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

  it('fails on an invalid manifest, after saying so in the comment and on its lines', async () => {
    checkout.branch('pr');
    checkout.commit(`${HEAD}  - {api_name: Risk, data_typ: text}\n`);
    const run = await review(LIVE());
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
    const run = await review({ BASE_SHA: '' });
    expect(run.verdict).toBe(0);
    expect(run.summary).toContain('**adds 2 fields**');
  });

  it('does not let a .env of the pull request choose the host of the credentials', async () => {
    checkout.branch('pr');
    checkout.commit(HEAD + field('Region'));
    const trap = `ZOHO_ACCOUNTS_URL=${github.url}\nZOHO_API_URL=${github.url}\n`;
    writeFileSync(`${checkout.path}/.env`, trap);
    // No real host can be reached from here; what counts is where the credentials were about to go.
    const nowhere = { ZOHO_ACCOUNTS_URL: '', ZOHO_API_URL: '', HTTPS_PROXY: 'http://127.0.0.1:9' };
    const run = await review({ ...LIVE(), ...nowhere });
    expect(run.verdict).toBe(69);
    expect(comments()[0]).toContain('Zoho could not be reached');
    expect(github.calls.some((call) => call.path.includes('oauth'))).toBe(false);
  });
});

describe.skipIf(!RUNNER)('apply', () => {
  it('applies exactly the reviewed plan after the merge, and tells what became of it', async () => {
    const { run, merge } = await reviewedAndMerged();
    const applied = await apply(merge);
    expect(applied.verdict, applied.log).toBe(0);
    expect(applied.outputs['plan-id']).toBe(run.outputs['plan-id']);
    expect(
      zoho
        .fields('Deals')
        .all()
        .map((one) => one.api_name),
    ).toContain('Region');
    expect(comments()).toHaveLength(2);
    expect(comments()[1]).toMatch(/^<!-- zoho-fields apply manifest="fields\.yaml"/u);
    expect(comments()[1]).toContain('**1 of 1 field was created**');
    const storage = github.calls.filter((call) => /^\/\d+$/u.test(call.path));
    expect(storage.map((call) => call.authorization)).toEqual([undefined]);
  });

  it('applies the plan of the organisation that it is named for', async () => {
    const env = { REVIEW_NAME: 'sandbox' };
    const { merge } = await reviewedAndMerged(env);
    expect((await apply(merge)).verdict).toBe(75);
    const applied = await apply(merge, env);
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
    const merge = checkout.commit(HEAD + field('Region') + field('Sneaked_In'));
    github.merged = { number: 7, head: github.merged?.head ?? '', commit: merge };
    const applied = await apply(merge);
    expect(applied.verdict).toBe(75);
    expect(run.verdict).toBe(0);
    expect(
      zoho
        .fields('Deals')
        .all()
        .map((one) => one.api_name),
    ).not.toContain('Region');
  });

  it('takes no plan from a fork, none of another commit, and none that the comment does not show', async () => {
    const { run, merge } = await reviewedAndMerged();
    const [kept] = github.artifacts.splice(0);
    if (kept === undefined) throw new Error('nothing was kept');
    github.artifacts.push({ ...kept, fork: true }, { ...kept, head: 'f'.repeat(40) });
    expect((await apply(merge)).verdict).toBe(75);
    expect(comments().at(-1)).toContain('no plan was kept for pull request 7');

    github.artifacts.push(kept);
    const post = github.comments.get(7)?.[0];
    if (post === undefined) throw new Error('no comment');
    // The short id for people stays: it is the whole digest that is compared.
    expect(post.body).toContain(run.outputs['plan-id']);
    post.body = post.body.replace(/digest="[0-9a-f]{8}/u, 'digest="00000000');
    const applied = await apply(merge);
    expect(applied.verdict).toBe(75);
    expect(comments().at(-1)).toContain('not the one that the comment shows');
    expect(
      zoho
        .fields('Deals')
        .all()
        .map((one) => one.api_name),
    ).not.toContain('Region');
  });

  it('refuses a commit that is no merge', async () => {
    const applied = await apply(checkout.git('rev-parse', 'HEAD'));
    expect(applied.verdict).toBe(75);
    expect(applied.summary).toContain('nobody reviewed a plan');
  });
});

describe.skipIf(!RUNNER)('drift', () => {
  const drift = (): Promise<StepRun> => checkout.step('drift', { GITHUB_API_URL: github.url, ...LIVE() });

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
    await zoho.close();
    const run = await checkout.step('drift', { GITHUB_API_URL: github.url, ...LIVE() });
    zoho = await startEmulator();
    expect(run.verdict).toBe(69);
    expect(github.calls).toHaveLength(0);
  });
});

describe('the action itself', () => {
  it('refuses what could be taken for an option', async () => {
    const run = await checkout.step('review', { GITHUB_API_URL: github.url, MANIFEST: '--version' });
    expect(run.verdict).toBe(64);
    const other = await checkout.step('../evil', { GITHUB_API_URL: github.url });
    expect(other.verdict).toBe(64);
  });
});
