import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import type { FaultCommit, FaultEffect } from '../../src/emulator/faults/fault.ts';
import type { Emulator } from '../../src/emulator/start.ts';
import type { ReceiptReport } from '../support/report-shapes.ts';
import { it, missing, text, type Story } from '../support/story.ts';

/** Every field of the organisation, with all that it has. */
const everything = (zoho: Emulator): unknown => [zoho.fields('Deals').all(), zoho.fields('Leads').all()];

/** Sends what a receipt prints, as a person would who copies it. */
async function takeBack(receipt: ReceiptReport, { zoho }: Story): Promise<readonly number[]> {
  const words = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: zoho.environment['ZOHO_CLIENT_ID'] ?? '',
    client_secret: zoho.environment['ZOHO_CLIENT_SECRET'] ?? '',
    refresh_token: zoho.environment['ZOHO_REFRESH_TOKEN'] ?? '',
  });
  const answer = await fetch(`${zoho.url}/oauth/v2/token`, { method: 'POST', body: words });
  const { access_token } = (await answer.json()) as { readonly access_token: string };
  const headers = { Authorization: `Zoho-oauthtoken ${access_token}` };
  const statuses: number[] = [];
  for (const { undo } of receipt.fields) {
    statuses.push((await fetch(`${zoho.url}${undo.path}`, { method: undo.method, headers })).status);
  }
  return statuses;
}

it('what a receipt prints, sent by a person, brings back what was there before', async ({ open }) => {
  const story = await open();
  const before = structuredClone(everything(story.zoho));
  const picklist = { ...text('Risk'), data_type: 'picklist', pick_list_values: ['Low', 'High'] };
  delete (picklist as Record<string, unknown>)['length'];
  story.declare({ Deals: [...missing(6), picklist], Leads: [text('Lead_Risk')] });

  const { code, report } = await story.json(['apply', '--yes']);
  expect(code).toBe(0);
  const { receipt } = report;
  expect(receipt).toMatchObject({ plan_id: report.plan_id, organisation: null });
  expect(new Date(receipt?.at ?? '').toISOString()).toBe(receipt?.at);
  expect(receipt?.digest).toMatch(/^[0-9a-f]{64}$/u);
  expect(receipt).not.toHaveProperty('commit');
  expect(receipt?.fields.map(({ module, api_name }) => `${module} ${api_name}`)).toEqual(
    report.fields.map(({ module, api_name }) => `${module} ${api_name}`),
  );
  expect(receipt?.fields[0]?.undo).toEqual({
    method: 'DELETE',
    path: `/crm/v8/settings/fields/${receipt?.fields[0]?.id}?module=Deals`,
    scope: 'ZohoCRM.settings.fields.DELETE',
    setup: 'Setup > Customization > Modules and Fields > Deals',
    conditions: [
      'Zoho refuses to delete a field (NOT_ALLOWED) while it is used in other places, such as a workflow, a scoring rule or an approval.',
      'All data in the field is lost with it.',
    ],
  });

  expect(everything(story.zoho)).not.toEqual(before);
  if (receipt === undefined) throw new Error('no receipt');
  expect(await takeBack(receipt, story)).toEqual(receipt.fields.map(() => 200));
  expect(everything(story.zoho)).toEqual(before);
});

it('after lost answers the receipt still names exactly what this run created', async ({ open }) => {
  const story = await open();
  const before = structuredClone(everything(story.zoho));
  story.zoho.faults = [
    { kind: 'reset', commit: 2, method: 'POST', path: '/settings/fields', nth: 1 },
    { kind: 'status', status: 500, commit: 'all', method: 'POST', path: '/settings/fields', nth: 2 },
  ];
  story.declare({ Deals: missing(7) });

  const { code, report } = await story.json(['apply', '--yes']);
  expect(code).toBe(0);
  expect(
    story.wire().posts.map(({ status }) => status),
    'answers were lost',
  ).toEqual([null, 500]);
  if (report.receipt === undefined) throw new Error('no receipt');
  expect(report.receipt.fields).toHaveLength(7);
  await takeBack(report.receipt, story);
  expect(everything(story.zoho)).toEqual(before);
});

const FAULTS: readonly (readonly [string, FaultEffect & FaultCommit])[] = [
  ['a connection that is reset', { kind: 'reset', commit: 'all' }],
  ['a part of it, and then a reset', { kind: 'reset', commit: 1 }],
  ['a server’s own fault', { kind: 'status', status: 503, commit: 'all' }],
  ['a page of a proxy', { kind: 'html', commit: 'all' }],
  ['a cut answer', { kind: 'truncate', bytes: 30 }],
  ['an answer in another form', { kind: 'body', body: '{}' }],
  ['one result too few', { kind: 'results', change: 'short' }],
  ['results in another order', { kind: 'results', change: 'shuffled', seed: 3 }],
  ['a throttle', { kind: 'throttle', retryAfter: '0' }],
  ['a token that has ended', { kind: 'expire-tokens' }],
];

for (const [name, effect] of FAULTS) {
  it(`with ${name} it names what the server says this run created, and can be taken back`, async ({
    open,
  }) => {
    const story = await open();
    const before = structuredClone(everything(story.zoho));
    const ids = new Set(
      story.zoho
        .fields('Deals')
        .all()
        .map(({ id }) => id),
    );
    story.zoho.faults = [{ ...effect, method: 'POST', path: '/settings/fields', nth: 1 }];
    story.declare({ Deals: missing(3) });

    const { report } = await story.json(['apply', '--yes']);
    const made = story.zoho
      .fields('Deals')
      .all()
      .filter(({ id }) => !ids.has(id));
    expect(made).toHaveLength(3);
    if (report.receipt === undefined) throw new Error('no receipt');
    const names = (fields: readonly { readonly id: string; readonly api_name: string }[]) =>
      fields.map(({ id, api_name }) => `${id} ${api_name}`).toSorted();
    expect(names(report.receipt.fields)).toEqual(names(made));
    await takeBack(report.receipt, story);
    expect(everything(story.zoho)).toEqual(before);
  });
}

it('what was created and could not be read back is on no receipt: its id is only what an answer said', async ({
  open,
}) => {
  const story = await open({ switches: { apiNameInBody: 'honour' } });
  // Whatever is read after the plan was made.
  story.zoho.faults = Array.from({ length: 20 }, (_, index) => ({
    kind: 'status',
    status: 503,
    method: 'GET',
    path: '/settings/fields',
    nth: index + 2,
  }));
  story.declare({ Deals: missing(2) });

  const { report } = await story.json(['apply', '--yes']);
  expect(report.summary).toMatchObject({ created: 2 });
  expect(report).not.toHaveProperty('receipt');
});

it('a run that created nothing has no receipt, in any format', async ({ open }) => {
  const story = await open();
  story.declare({ Deals: missing(1) });
  await story.run(['apply', '--yes']);

  const { report } = await story.json(['apply', '--yes']);
  expect(report.summary).toMatchObject({ created: 0, in_sync: 1 });
  expect(report).not.toHaveProperty('receipt');
  for (const format of ['text', 'markdown', 'html']) {
    const { stdout } = await story.run(['apply', '--yes', '--format', format]);
    expect(stdout).not.toMatch(/receipt/iu);
  }
});

it('text, Markdown and HTML print the request that takes the field back', async ({ open }) => {
  for (const format of ['text', 'markdown', 'html']) {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const { stdout } = await story.run(['apply', '--yes', '--format', format]);
    const id = story.zoho.fields('Deals').find('Part_1')?.id;
    expect(stdout).toContain('Receipt');
    expect(stdout).toContain(`DELETE /crm/v8/settings/fields/${id}?module=Deals`);
    expect(stdout).toContain('ZohoCRM.settings.fields.DELETE');
  }
});

it('the receipt names the commit whose manifest was applied, and none that has another one', async ({
  open,
}) => {
  const story = await open();
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...words], {
      cwd: story.folder.path,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  const elsewhere = { env: { GITHUB_SHA: 'a'.repeat(40) } };
  const applied = async (count: number): Promise<string | undefined> => {
    story.declare({ Deals: missing(count) });
    if (count === 2) {
      git('init', '-q');
      git('add', 'fields.yaml');
      git('commit', '-q', '-m', 'Begin');
    }
    const { report } = await story.json(['apply', '--yes'], elsewhere);
    expect(report.receipt?.fields).toHaveLength(1);
    return report.receipt?.commit;
  };
  expect(await applied(1), 'no repository: the word of GitHub').toBe('a'.repeat(40));
  expect(await applied(2)).toBe(git('rev-parse', 'HEAD'));
  expect(await applied(3), 'changed since the commit').toBeUndefined();
});
