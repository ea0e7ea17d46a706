import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../src/emulator/accounts/issue.ts';
import { asText, isObject } from '../../src/emulator/json.ts';
import { startEmulator } from '../../src/emulator/start.ts';
import { bundle } from './bundle.ts';
import { spawnEmulator, temporaryFolder } from './child-process.ts';
import { DEALS, essence, list, request, visit } from './support.ts';

const text = (field_label: string) => ({ field_label, data_type: 'text' });

describe('the state file', () => {
  it('carries fields and tokens from one start to the next', async () => {
    const stateFile = join(temporaryFolder(), 'deep', 'er', 'state.json');
    const before = await visit({ stateFile });
    await before.create(text('Kept'));
    await before.zoho.close();
    const after = await visit({ stateFile });
    expect(after.zoho.fields('Deals').find('Kept')).toBeDefined();
    after.token = before.token;
    expect((await after.get(DEALS)).status).toBe(200);
    await after.create(text('More'));
    const [kept, more] = ['Kept', 'More'].map((name) => after.zoho.fields('Deals').find(name)?.id ?? '');
    expect(Number(more?.slice(7))).toBeGreaterThan(Number(kept?.slice(7)));
  });

  it('is only the owner’s, and leaves nothing beside it', async () => {
    const folder = join(temporaryFolder(), 'state');
    const stateFile = join(folder, 'state.json');
    await (await visit({ stateFile })).create(text('Kept'));
    expect(statSync(stateFile).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toEqual(['state.json']);
    expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toMatchObject({ version: 1 });
  });

  it.each([
    ['{"version":1', 'not JSON'],
    ['{"fields":[]}', 'not a state file'],
    ['{"version":2,"modules":{}}', 'version 2, this program reads version 1'],
  ])('that holds %s is refused in words', async (content, words) => {
    const stateFile = join(temporaryFolder(), 'state.json');
    writeFileSync(stateFile, content);
    await expect(startEmulator({ stateFile })).rejects.toThrow(words);
  });

  it('that cannot be written: 500, and nothing has changed', async () => {
    const folder = join(temporaryFolder(), 'state');
    mkdirSync(folder);
    const guest = await visit({ stateFile: join(folder, 'state.json') });
    rmSync(folder, { recursive: true });
    expect(essence(await guest.create(text('Lost')))).toEqual([500, 'INTERNAL_ERROR', []]);
    expect(guest.zoho.fields('Deals').find('Lost')).toBeUndefined();
    mkdirSync(folder);
    expect((await guest.create(text('Lost'))).status).toBe(201);
  });

  it('lets in who was told to come, whatever an earlier start was told', async () => {
    const stateFile = join(temporaryFolder(), 'state.json');
    await visit({ stateFile });
    const other = { clientId: '1000.OTHER', clientSecret: 'other', refreshToken: '1000.aa.bb' };
    const guest = await visit({ stateFile, credentials: other, scope: 'ZohoCRM.settings.ALL' });
    expect((await guest.get(DEALS)).status).toBe(200);
  });

  it('makes two emulators one Zoho', async () => {
    const stateFile = join(temporaryFolder(), 'state.json');
    const [left, right] = [await visit({ stateFile }), await visit({ stateFile })];
    const labels = Array.from({ length: 12 }, (_, index) => `Label ${index}`);
    const creations = labels.flatMap((label) => [left.create(text(label)), right.create(text(label))]);
    const statuses = (await Promise.all(creations)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(12);
    expect(left.zoho.fields('Deals').all()).toEqual(right.zoho.fields('Deals').all());
    const ids = left.zoho
      .fields('Deals')
      .all()
      .map((field) => field.id);
    expect(new Set(ids).size).toBe(34 + 12);
  });

  it('makes two processes one Zoho', async () => {
    const folder = temporaryFolder();
    const script = await bundle(folder);
    const stateFile = join(folder, 'state.json');
    const [left, right] = await Promise.all([
      spawnEmulator(script, stateFile),
      spawnEmulator(script, stateFile),
    ]);
    const headers = { authorization: `Zoho-oauthtoken ${await tokenOf(left.url)}` };
    const creations = Array.from({ length: 40 }, (_, index) => {
      const body = JSON.stringify({ fields: [text(`Label ${index >> 1}`)] });
      return request(`${(index % 2 === 0 ? left : right).url}${DEALS}`, { method: 'POST', headers, body });
    });
    const statuses = (await Promise.all(creations)).map(({ status }) => status);
    expect([201, 400, 429].map((wanted) => statuses.filter((status) => status === wanted).length)).toEqual([
      20, 20, 0,
    ]);
    const { body } = await request(`${left.url}${DEALS}`, { headers });
    const fields = list({ status: 200, headers: new Headers(), body });
    expect(new Set(fields.map((field) => field['id'])).size).toBe(34 + 20);
  });

  it('holds every field that was acknowledged, whenever the process is killed', async () => {
    const folder = temporaryFolder();
    const script = await bundle(folder);
    const stateFile = join(folder, 'state.json');
    const acknowledged: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const { url, kill } = await spawnEmulator(script, stateFile);
      const headers = { authorization: `Zoho-oauthtoken ${await tokenOf(url)}` };
      for (let index = 0; ; index += 1) {
        const label = `Round ${round} field ${index}`;
        const body = JSON.stringify({ fields: [text(label)] });
        // At a different point of a request each time: before it arrives, while it is saved, while it is answered.
        if (index === 3 + round) setTimeout(() => void kill(), round);
        const answer = await request(`${url}${DEALS}`, { method: 'POST', headers, body }).catch(
          () => undefined,
        );
        if (answer === undefined) break;
        expect(answer.status).toBe(201);
        acknowledged.push(label);
      }
      await kill();
      expect(acknowledged.length).toBeGreaterThan(0);
      const revived = await startEmulator({ stateFile });
      const labels = revived
        .fields('Deals')
        .all()
        .map((field) => field.field_label);
      await revived.close();
      expect(labels).toEqual(expect.arrayContaining(acknowledged));
      expect(new Set(labels).size).toBe(labels.length);
    }
  }, 20_000);
});

async function tokenOf(url: string): Promise<string> {
  const { clientId, clientSecret, refreshToken } = LOCAL_CREDENTIALS;
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  });
  const granted = await request(`${url}/oauth/v2/token`, { method: 'POST', body });
  return isObject(granted.body) ? asText(granted.body['access_token']) : '';
}
