import { expect } from 'vitest';
import { openChapter } from '../../support/shared-tests.ts';
import { missing } from '../../support/story.ts';

const { chapter, describe, it } = openChapter('tokens');

export const tokenErrors = chapter;

/** Sheet §1.3: what the token endpoint says, and the words that a person needs (contract §6: 77). */
const ERRORS: readonly { readonly error: string; readonly says: RegExp; readonly remedy: RegExp }[] = [
  {
    error: 'invalid_code',
    says: /revoked[\s\S]*another client[\s\S]*another data centre/,
    remedy: /auth login|api-console\.zoho\.com[\s\S]*ZOHO_REFRESH_TOKEN/,
  },
  { error: 'invalid_client', says: /ZOHO_CLIENT_ID/, remedy: /ZOHO_DC/ },
  { error: 'invalid_client_secret', says: /ZOHO_CLIENT_SECRET/, remedy: /api-console/ },
  { error: 'invalid_redirect_uri', says: /Self Client/, remedy: /Self Client/ },
  { error: 'invalid_scope', says: /scope/, remedy: /auth login|ZohoCRM\.settings\.ALL/ },
  { error: 'access_denied', says: /10 access tokens/, remedy: /10 minutes|Come back at \d\d:\d\d/ },
  { error: 'Access Denied', says: /10 access tokens/, remedy: /10 minutes|Come back at \d\d:\d\d/ },
  { error: 'other_dc', says: /another data centre/, remedy: /ZOHO_DC/ },
  { error: 'general_error', says: /without a reason/, remedy: /again/ },
  { error: 'expired', says: /expired/, remedy: /new refresh token|auth login/ },
  { error: 'something_new', says: /something_new/, remedy: /ZOHO_REFRESH_TOKEN|auth login/ },
];

describe('every refusal of the token endpoint is 77 and has words of its own', () => {
  it.for(ERRORS.map((one, index) => ({ ...one, status: index % 2 === 0 ? 200 : 400 })))(
    '$error under HTTP $status',
    async ({ error, says, remedy, status }, { open }) => {
      const body = JSON.stringify({ error, error_description: '请求过于频繁', status: 'failure' });
      const story = await open({ faults: [{ kind: 'status', status, body, path: '/oauth/v2/token' }] });
      story.declare({ Deals: missing(1) });

      const plan = await story.json(['plan']);
      expect(plan.code, plan.stdout).toBe(77);
      expect(plan.report.kind).toBe('error');
      const [told] = plan.report.diagnostics;
      expect(told?.message).toMatch(says);
      expect(told?.remedy).toMatch(remedy);
      expect(plan.stdout).not.toContain('请求过于频繁');
      expect(plan.stderr).toBe('');
      expect(story.zoho.requests, 'asked once: asking again makes it worse').toHaveLength(1);
    },
  );

  it('the real refusals of the local Zoho: another client, secret or token, and too many tokens', async ({
    open,
  }) => {
    const story = await open({ switches: { tokensPerTenMinutes: 1 } });
    story.declare({ Deals: missing(1) });
    const codeWith = async (env: Readonly<Record<string, string>>): Promise<readonly unknown[]> => {
      const plan = await story.json(['plan'], { env });
      return [plan.code, plan.report.diagnostics[0]?.code];
    };
    expect(await codeWith({ ZOHO_CLIENT_ID: '1000.OTHER' })).toEqual([77, 'invalid-client']);
    expect(await codeWith({ ZOHO_CLIENT_SECRET: 'another-secret' })).toEqual([77, 'invalid-client-secret']);
    expect(await codeWith({ ZOHO_REFRESH_TOKEN: '1000.another' })).toEqual([77, 'invalid-code']);
    expect(await codeWith({})).toEqual([0, undefined]);
    expect(await codeWith({})).toEqual([77, 'token-throttled']);
  });

  it('on the screen a refusal reads as a page of help, without a stack', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const plan = await story.run(['plan'], { env: { ZOHO_REFRESH_TOKEN: '1000.another', ZOHO_DC: 'eu' } });
    expect(plan.code).toBe(77);
    expect(plan.stdout).toBe('');
    expect(plan.stderr).toContain('zoho.eu');
    expect(plan.stderr).not.toMatch(/^ +at /m);
  });

  it('apply fails the same way, before it shows or writes anything', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const applied = await story.json(['apply', '--yes'], { env: { ZOHO_REFRESH_TOKEN: '1000.another' } });
    expect(applied.code).toBe(77);
    expect(applied.report.kind).toBe('error');
    expect(story.wire().posts).toEqual([]);
  });
});

describe('a token endpoint that is not one is 69 (contract §6)', () => {
  it.for([
    { name: 'HTML', fault: { kind: 'html', status: 200 } },
    { name: '500', fault: { kind: 'status', status: 500 } },
    { name: 'reset', fault: { kind: 'reset' } },
    { name: 'hang', fault: { kind: 'hang' } },
    { name: 'redirect', fault: { kind: 'redirect', location: 'http://127.0.0.1:9/', status: 308 } },
    { name: 'half an answer', fault: { kind: 'truncate', bytes: 20 } },
    { name: 'broken JSON', fault: { kind: 'body', body: '{"access_token"' } },
    { name: 'JSON without a token', fault: { kind: 'body', body: '{}' } },
    { name: 'a list', fault: { kind: 'body', body: '[]' } },
    { name: 'an empty token', fault: { kind: 'body', body: '{"access_token":""}' } },
    {
      name: 'a token with a line break',
      fault: { kind: 'body', body: '{"access_token":"1000.a\\nX-Evil: 1"}' },
    },
    { name: 'oversized', fault: { kind: 'oversize', bytes: 20_000_000 } },
  ] as const)('$name', async ({ fault }, { open }) => {
    const story = await open({ faults: [{ ...fault, path: '/oauth/v2/token' }] });
    story.declare({ Deals: missing(1) });
    const env = fault.kind === 'hang' ? { ZOHO_TIMEOUT_MS: '1500' } : {};
    const plan = await story.json(['plan'], { env });
    expect(plan.code, plan.stdout).toBe(69);
    expect(plan.report.kind).toBe('error');
    expect(story.wire().lists).toEqual([]);
  });

  it.for(['seconds', 'milliseconds', 'absent'] as const)(
    'a lifetime told in %s is understood',
    async (way, { open }) => {
      const story = await open({ switches: { tokenLifetime: way, scopeInToken: 'absent' } });
      story.declare({ Deals: missing(1) });
      const [first, second] = [
        await story.json(['plan'], { env: { CI: '' } }),
        await story.json(['plan'], { env: { CI: '' } }),
      ];
      expect([first.code, second.code]).toEqual([0, 0]);
      expect([first.report.requests.read, second.report.requests.read]).toEqual([2, 1]);
    },
  );
});
