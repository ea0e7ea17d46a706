import { describe, expect, it } from 'vitest';
import { envText, openDesk } from './desk.ts';

const TOKEN_PATH = '/oauth/v2/token';

interface Status {
  readonly kind: string;
  readonly configured: boolean;
  readonly settings: readonly Readonly<Record<string, unknown>>[];
  readonly place: Readonly<Record<string, unknown>>;
  readonly access_token: Readonly<Record<string, unknown>>;
}

describe('auth status', () => {
  it('says what is set and from where, masked, and sends nothing', async () => {
    const desk = await openDesk();
    const { ZOHO_CLIENT_ID: id = '' } = desk.settings;
    desk.folder.write('.env', envText({ ...desk.settings, ZOHO_DC: 'eu' }));
    const { code, stdout } = await desk.run(['auth', 'status', '--json'], { env: { ZOHO_DC: 'in' } });
    const status = JSON.parse(stdout) as Status;
    expect({ code, kind: status.kind, configured: status.configured }).toEqual({
      code: 0,
      kind: 'auth_status',
      configured: true,
    });
    expect(status.settings[0]).toMatchObject({
      name: 'ZOHO_CLIENT_ID',
      origin: 'file',
      shown: `…${id.slice(-4)}`,
    });
    expect(status.settings[1]).toMatchObject({
      name: 'ZOHO_CLIENT_SECRET',
      shown: 'not shown, 42 characters',
    });
    expect(status.settings[3]).toMatchObject({ origin: 'environment', shown: 'in', overrules_file: true });
    expect(status.place).toMatchObject({ data_centre: 'in', console_url: 'https://api-console.zoho.in' });
    expect(status.access_token).toMatchObject({ state: 'none' });
    expect(stdout).not.toContain(id);
    expect(desk.zoho.requests).toEqual([]);
  });

  it('asks for a token only when told to, and then shows its scopes and its end', async () => {
    const desk = await openDesk();
    desk.folder.write('.env', envText(desk.settings));
    const online = await desk.run(['auth', 'status', '--online']);
    expect(online.stdout).toMatch(/scopes +ZohoCRM\.modules\.ALL ZohoCRM\.settings\.ALL/);
    expect(online.stdout).toMatch(/ends +\d\d:\d\d \(UTC\), in 60 minutes/);
    const kept = await desk.run(['auth', 'status']);
    expect(kept.stdout).toMatch(/state +kept from an earlier run/);
    expect(kept.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(desk.zoho.requests.filter((one) => one.path === TOKEN_PATH)).toHaveLength(1);
  });

  it('shows a data centre that nobody knows as it was written, and nothing that would follow from it', async () => {
    const desk = await openDesk();
    const { ZOHO_CLIENT_SECRET: secret = '' } = desk.settings;
    const statusWith = async (name: string) => {
      desk.folder.write('.env', `ZOHO_DC=${name}\n`);
      const [screen, json] = [
        await desk.run(['auth', 'status']),
        await desk.run(['auth', 'status', '--json']),
      ];
      const { settings, place } = JSON.parse(json.stdout) as Status;
      return { told: screen.stdout + screen.stderr, setting: settings[3], place };
    };
    const europe = await statusWith('europe');
    expect(europe.setting).toMatchObject({ name: 'ZOHO_DC', state: 'malformed', shown: '"europe"' });
    expect(europe.place).toMatchObject({ data_centre: null, console_url: null });
    expect(europe.told).toMatch(/MALFORMED: "europe", from the file[\s\S]*Did you mean ZOHO_DC=eu\?/);
    expect(europe.told).not.toContain('zoho.com');
    const pasted = await statusWith(secret);
    expect([pasted.setting?.['shown'], pasted.told.includes(secret)]).toEqual(['not shown', false]);
  });

  it('names everything that is missing or malformed, with 78 and still one document', async () => {
    const desk = await openDesk();
    desk.folder.write('.env', 'ZOHO_CLIENT_ID="1000.AB CD"\nZOHO_DC=mars\n');
    const { code, stdout } = await desk.run(['auth', 'status', '--json']);
    const status = JSON.parse(stdout) as Status & { diagnostics: readonly { message: string }[] };
    expect({ code, configured: status.configured }).toEqual({ code: 78, configured: false });
    expect(status.settings.map((one) => one['state'])).toEqual(
      expect.arrayContaining(['malformed', 'missing', 'missing', 'malformed']),
    );
    expect(status.diagnostics).toHaveLength(4);
  });

  it('gives the refusal of Zoho its exit code', async () => {
    const desk = await openDesk();
    desk.folder.write('.env', envText({ ...desk.settings, ZOHO_CLIENT_SECRET: 'f'.repeat(42) }));
    const { code, stderr } = await desk.run(['auth', 'status', '--online']);
    expect(code).toBe(77);
    expect(stderr).toMatch(/not its\s+secret/);
  });

  it('says why no token is kept', async () => {
    const desk = await openDesk();
    desk.folder.write('.env', envText(desk.settings));
    const { stdout } = await desk.run(['auth', 'status'], { env: { CI: 'true' } });
    expect(stdout).toMatch(/off, because CI is set/);
  });
});
