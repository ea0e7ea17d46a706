import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Fault } from '../../src/emulator/faults/fault.ts';
import { it, missing, type Story } from '../support/story.ts';

const HOME = { env: { CI: '' } };

const cacheFolder = (story: Story): string => join(story.folder.path, '.cache', 'zoho-fields');
const tokenFile = (story: Story): string => {
  const [name] = readdirSync(cacheFolder(story));
  return join(cacheFolder(story), name ?? 'none');
};

async function planned(open: (options?: object) => Promise<Story>, options = HOME): Promise<Story> {
  const story = await open();
  story.declare({ Deals: missing(1) });
  const plan = await story.json(['plan'], options);
  expect(plan.code, plan.stdout).toBe(0);
  return story;
}

describe.concurrent('access tokens are reused across runs (contract §4)', () => {
  it('from a file that only the user can read, in a folder that only the user can open', async ({ open }) => {
    const story = await planned(open);
    expect(statSync(tokenFile(story)).mode & 0o777).toBe(0o600);
    expect(statSync(cacheFolder(story)).mode & 0o777).toBe(0o700);
    expect(readdirSync(cacheFolder(story))).toHaveLength(1);
    const kept = readFileSync(tokenFile(story), 'utf8');
    expect(kept).not.toContain(story.zoho.environment['ZOHO_REFRESH_TOKEN']);
    expect(kept).not.toContain(story.zoho.environment['ZOHO_CLIENT_SECRET']);

    const again = await story.json(['plan'], HOME);
    expect(again.report.requests).toEqual({ read: 1, write: 0 });
    expect(story.wire().tokens).toHaveLength(1);
  });

  it('apply reuses what plan got', async ({ open }) => {
    const story = await planned(open);
    const applied = await story.json(['apply', '--yes'], HOME);
    expect(applied.code).toBe(0);
    expect(applied.report.requests).toEqual({ read: 2, write: 1 });
    expect(story.wire().tokens).toHaveLength(1);
  });

  it('XDG_CACHE_HOME names the place', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const xdg = join(story.folder.path, '.cache', 'elsewhere');
    await story.run(['plan'], { env: { CI: '', XDG_CACHE_HOME: xdg } });
    expect(readdirSync(join(xdg, 'zoho-fields'))).toHaveLength(1);
  });

  it.for(['true', '1', 'github'])('not under CI=%s', async (ci, { open }) => {
    const story = await planned(open, { env: { CI: ci } });
    expect(existsSync(cacheFolder(story))).toBe(false);
    const again = await story.json(['plan'], { env: { CI: ci } });
    expect(again.report.requests).toEqual({ read: 2, write: 0 });
  });

  it('not with --no-token-cache, neither read nor written', async ({ open }) => {
    const story = await planned(open);
    const before = readFileSync(tokenFile(story), 'utf8');
    const again = await story.json(['plan', '--no-token-cache'], HOME);
    expect(again.report.requests).toEqual({ read: 2, write: 0 });
    expect(readFileSync(tokenFile(story), 'utf8')).toBe(before);
  });

  it('not from a file that others could have read', async ({ open }) => {
    const story = await planned(open);
    chmodSync(tokenFile(story), 0o644);
    const again = await story.json(['plan'], HOME);
    expect(again.report.requests.read).toBe(2);
    expect(statSync(tokenFile(story)).mode & 0o777).toBe(0o600);
  });

  it.for(['', 'x', '{}', '[]', '{"access_token":5}', '\u0000'])(
    'not from a file that says %j',
    async (text, { open }) => {
      const story = await planned(open);
      writeFileSync(tokenFile(story), text, { mode: 0o600 });
      const again = await story.json(['plan'], HOME);
      expect(again.code, again.stdout).toBe(0);
      expect(again.report.requests.read).toBe(2);
    },
  );

  it('not for other credentials', async ({ open }) => {
    const story = await planned(open);
    const other = await story.json(['plan'], { env: { CI: '', ZOHO_REFRESH_TOKEN: '1000.another' } });
    expect(other.code).toBe(77);
  });

  it('not one that has an API domain that is no Zoho', async ({ open }) => {
    const story = await planned(open, { env: { CI: '', ZOHO_API_URL: '' } } as typeof HOME);
    const kept = JSON.parse(readFileSync(tokenFile(story), 'utf8')) as Readonly<Record<string, unknown>>;
    writeFileSync(tokenFile(story), JSON.stringify({ ...kept, api_domain: 'https://evil.example' }));
    const again = await story.json(['plan'], { env: { CI: '', ZOHO_API_URL: '' } });
    expect([0, 77]).toContain(again.code);
    expect(again.stdout).not.toContain('ENOTFOUND');
  });

  it('one that Zoho no longer takes is dropped and renewed, once', async ({ open }) => {
    const story = await planned(open);
    const before = readFileSync(tokenFile(story), 'utf8');
    story.zoho.faults = [{ kind: 'expire-tokens', path: '/settings/fields', nth: 1 }];
    story.turnPage();
    const again = await story.json(['plan'], HOME);
    expect(again.code, again.stdout).toBe(0);
    expect(again.report.requests).toEqual({ read: 3, write: 0 });
    expect(story.wire().tokens).toHaveLength(1);
    expect(readFileSync(tokenFile(story), 'utf8')).not.toBe(before);
  });

  it('one that Zoho has forgotten is dropped and renewed, once; a fresh one that it does not know is 77', async ({
    open,
  }) => {
    const story = await planned(open);
    const before = readFileSync(tokenFile(story), 'utf8');
    const forgotten: Fault = {
      kind: 'status',
      method: 'GET',
      path: '/settings/fields',
      status: 401,
      body: '{"code":"AUTHENTICATION_FAILURE","details":{},"message":"Authentication failed","status":"error"}',
    };
    story.zoho.faults = [{ ...forgotten, nth: 1, times: 1 }];
    story.turnPage();
    const again = await story.json(['plan'], HOME);
    expect(again.code, again.stdout).toBe(0);
    expect(again.report.requests).toEqual({ read: 3, write: 0 });
    expect(story.wire().tokens).toHaveLength(1);
    expect(readFileSync(tokenFile(story), 'utf8')).not.toBe(before);

    story.zoho.faults = [forgotten];
    story.turnPage();
    const never = await story.json(['plan'], HOME);
    expect(never.code, never.stdout).toBe(77);
    expect(never.report.diagnostics[0]?.message).toMatch(
      /finds no access token in the request that it knows/,
    );
    expect(story.wire().tokens).toHaveLength(1);
    // A token that nobody knows must not wait for the next run.
    expect(readdirSync(cacheFolder(story))).toEqual([]);
    expect(existsSync(tokenFile(story))).toBe(false);
  });

  it('a cache that cannot be written is no failure', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    story.folder.write('.cache', 'a file where the folder should be');
    const plan = await story.json(['plan'], HOME);
    expect(plan.code, plan.stdout).toBe(0);
  });
});
