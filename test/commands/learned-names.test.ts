import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it, text, type Story } from '../support/story.ts';

/** What `probe --create` showed of `api_name`, and what plan and apply make of it. */

const SANDBOX = {
  scope: 'ZohoCRM.settings.ALL ZohoCRM.org.READ',
  organisation: { type: 'sandbox', name: 'Acme Test' },
} as const;
/** A label of which Zoho would make another name. */
const FIELD = text('StrategicPartnerId', { field_label: 'Strategic Partner ID' });
const LINE = /API names are kept here, as your own probe showed/;

async function learnt(story: Story): Promise<void> {
  const probed = await story.run(['probe', '--create', '--yes']);
  expect(probed.code, probed.stderr).toBe(0);
  story.turnPage();
}

/** Where the user's own state lies. */
function learnedFile(story: Story): string {
  const folder = join(story.folder.path, '.local', 'state', 'zoho-fields');
  const [key = ''] = readdirSync(folder);
  return join(folder, key, 'profile.json');
}

const writes = ({ zoho }: Story, from: number): readonly string[] =>
  zoho.requests
    .slice(from)
    .filter(({ method, path }) => method !== 'GET' && path !== '/oauth/v2/token')
    .map(({ method }) => method);

describe.concurrent('a Zoho of which a probe has shown that it keeps names', () => {
  it('gets no call for labels, and says so in one line', async ({ open }) => {
    const story = await open(SANDBOX);
    story.declare({ Deals: [FIELD] });
    const unknown = await story.run(['plan']);
    expect(unknown.stderr).not.toMatch(LINE);
    await learnt(story);
    const plan = await story.run(['plan']);
    expect(plan.stderr).toMatch(LINE);
    expect(plan.stdout).toContain('1 to create');
    const from = story.zoho.requests.length;
    const applied = await story.json(['apply', '--yes']);
    expect(applied.code, applied.stdout).toBe(0);
    expect(applied.stderr).toMatch(LINE);
    expect(writes(story, from)).toEqual(['POST']);
    expect(story.custom()).toMatchObject({ StrategicPartnerId: 'Strategic Partner ID' });
    expect((await story.json(['plan', '--detailed-exitcode'])).code).toBe(0);
  });

  it('has no conflict about a working label, in a saved plan either', async ({ open }) => {
    const story = await open(SANDBOX);
    story.zoho
      .fields('Deals')
      .add({ field_label: 'StrategicPartnerId', api_name: 'Other', data_type: 'text', length: 10 });
    story.declare({ Deals: [FIELD] });
    expect((await story.json(['plan'])).code).toBe(3);
    await learnt(story);
    expect((await story.json(['plan', '--out', 'deals.plan'])).code).toBe(0);
    expect(readFileSync(join(story.folder.path, 'deals.plan'), 'utf8')).not.toContain('keepsName');
    const applied = await story.json(['apply', 'deals.plan', '--yes']);
    expect(applied.code, applied.stdout).toBe(0);
    expect(story.custom()).toMatchObject({
      StrategicPartnerId: 'Strategic Partner ID',
      Other: 'StrategicPartnerId',
    });
  });

  it('that refuses names after all gets the label that makes the name, as before', async ({ open }) => {
    const story = await open(SANDBOX);
    story.declare({ Deals: [FIELD], Leads: [FIELD] });
    await learnt(story);
    story.zoho.switches.apiNameInBody = 'reject';
    const applied = await story.json(['apply', '--yes']);
    expect(applied.code, applied.stdout).toBe(0);
    for (const module of ['Deals', 'Leads'])
      expect(story.custom(module)).toMatchObject({ StrategicPartnerId: 'Strategic Partner ID' });
  });

  it('that ignores names after all is told by the read-back, and believed no more', async ({ open }) => {
    const story = await open(SANDBOX);
    story.declare({ Deals: [FIELD] });
    await learnt(story);
    story.zoho.switches.apiNameInBody = 'ignore';
    const applied = await story.json(['apply', '--yes']);
    expect(applied.code, applied.stdout).toBe(4);
    expect(applied.report.fields).toMatchObject([{ outcome: 'created_differs' }]);
    story.declare({ Deals: [text('SecondPartnerId', { field_label: 'Second Partner ID' })] });
    const plan = await story.run(['plan']);
    expect(plan.stderr).not.toMatch(LINE);
  });

  it('that ignores names after all gets no more than five fields of another name', async ({ open }) => {
    const story = await open(SANDBOX);
    const many = Array.from({ length: 12 }, (_, index) =>
      text(`Part${index}Id`, { field_label: `Part ${index} ID` }),
    );
    story.declare({ Deals: many, Leads: [FIELD] });
    await learnt(story);
    const plan = (await story.run(['plan'])).stdout.replaceAll(/\s+/gu, ' ');
    expect(plan).toContain('4 to create, 3 to read back');
    story.zoho.switches.apiNameInBody = 'ignore';
    const applied = await story.json(['apply', '--yes']);
    expect(applied.code, applied.stdout).toBe(4);
    const outcomes = applied.report.fields.map(({ outcome }) => outcome);
    expect(outcomes.filter((one) => one === 'created_differs')).toHaveLength(5);
    expect(outcomes.filter((one) => one === 'created')).toHaveLength(8);
  });

  it('is believed only from a file that is the user’s alone', async ({ open }) => {
    const story = await open(SANDBOX);
    story.declare({ Deals: [FIELD] });
    await learnt(story);
    const file = learnedFile(story);
    chmodSync(file, 0o666);
    expect((await story.run(['plan'])).stderr).not.toMatch(LINE);
    chmodSync(file, 0o600);
    expect((await story.run(['plan'])).stderr).toMatch(LINE);
    writeFileSync(file, '{"kind":"profile"}');
    expect((await story.run(['plan'])).stderr).not.toMatch(LINE);
  });
});
