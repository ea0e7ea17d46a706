import { get } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  SWITCHES,
  defaultSwitches,
  parseSwitch,
  parseSwitches,
  SWITCH_NAMES,
} from '../../src/emulator/switches.ts';
import { MOVED } from '../support/switch-expectations.ts';
import { DEALS, request, visit, type Visit } from './support.ts';

describe('the switches, as data', () => {
  it('have a default among their values and a line about them', () => {
    const defaults = defaultSwitches();
    for (const name of SWITCH_NAMES) {
      const entry = SWITCHES[name];
      expect(entry.about.length, name).toBeGreaterThan(10);
      expect(entry.about, name).not.toContain('\n');
      expect(parseSwitch(name, String(defaults[name])), name).toBe(defaults[name]);
    }
  });

  it('are read as flags are written', () => {
    expect(parseSwitches({ tokenErrorStatus: '400', labelCaseInsensitive: 'false', latency: '20' })).toEqual({
      tokenErrorStatus: 400,
      labelCaseInsensitive: false,
      latency: 20,
    });
    expect(() => parseSwitch('apiNameInBody', 'maybe')).toThrow('one of: honour, ignore, reject');
    expect(() => parseSwitch('latency', '-1')).toThrow('a number from 0');
    expect(() => parseSwitch('toString', '1')).toThrow('no switch "toString"; there are: apiNameInBody');
  });
});

it('every switch has a second position, and Zoho still answers in each', async () => {
  for (const { name, value } of MOVED) {
    const guest = await visit({ switches: { [name]: value } });
    const status = (await guest.get(DEALS)).status;
    expect([200, 429, 500], `${name}=${value}`).toContain(status);
  }
});

describe('the control door of a running emulator', () => {
  const control = (
    { zoho }: Visit,
    method: string,
    path: string,
    body?: unknown,
    type = 'application/json',
  ) =>
    request(`${zoho.url}/__emulator${path}`, {
      method,
      headers: body === undefined && method === 'GET' ? {} : { 'content-type': type },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  it('tells the environment and what else there is', async () => {
    const guest = await visit();
    expect((await control(guest, 'GET', '')).body).toMatchObject({
      environment: { ZOHO_ACCOUNTS_URL: guest.zoho.url, ZOHO_API_URL: guest.zoho.url },
    });
    expect((await control(guest, 'GET', '/nothing')).status).toBe(404);
  });

  it('turns switches and faults while Zoho runs', async () => {
    const guest = await visit();
    const turned = await control(guest, 'PATCH', '/switches', { apiNameInBody: 'ignore' });
    expect(turned.body).toMatchObject({ apiNameInBody: 'ignore' });
    expect(guest.zoho.switches.apiNameInBody).toBe('ignore');
    expect((await control(guest, 'GET', '/switches')).body).toEqual({ ...guest.zoho.switches });
    expect(await control(guest, 'PATCH', '/switches', { apiNameInBody: 'no' })).toMatchObject({
      status: 400,
    });
    await control(guest, 'PUT', '/faults', [{ method: 'GET', kind: 'status', status: 503 }]);
    expect((await guest.get(DEALS)).status).toBe(503);
    expect((await control(guest, 'GET', '/faults')).body).toMatchObject([{ kind: 'status', status: 503 }]);
    expect(await control(guest, 'PUT', '/faults', [{ kind: 'flood' }])).toMatchObject({ status: 400 });
    expect(await control(guest, 'PUT', '/faults', [{ kind: 'latency' }])).toMatchObject({ status: 400 });
    expect(await control(guest, 'PUT', '/faults', {})).toMatchObject({ status: 400 });
    await control(guest, 'PUT', '/faults', []);
    expect((await guest.get(DEALS)).status).toBe(200);
  });

  it('shows and forgets the requests, of which it is none', async () => {
    const guest = await visit();
    await guest.create({ field_label: 'Seen', data_type: 'text' });
    expect((await control(guest, 'GET', '/requests')).body).toMatchObject([
      {
        method: 'POST',
        path: '/oauth/v2/token',
        body: { grant_type: 'refresh_token' },
        status: 200,
        query: {},
      },
      {
        method: 'POST',
        path: '/crm/v8/settings/fields',
        query: { module: 'Deals' },
        status: 201,
        body: { fields: [{}] },
      },
    ]);
    expect((await control(guest, 'DELETE', '/requests')).body).toEqual({ deleted: 2 });
    expect(guest.zoho.requests).toEqual([]);
  });

  it('changes fields behind the client’s back', async () => {
    const guest = await visit();
    const fields = guest.zoho.fields('Deals');
    await control(guest, 'POST', '/fields?module=Deals', { api_name: 'Theirs', data_type: 'boolean' });
    expect(fields.find('Theirs')).toMatchObject({
      field_label: 'Theirs',
      json_type: 'boolean',
      custom_field: true,
    });
    await control(guest, 'PATCH', '/fields?module=Deals&field=Theirs', { api_name: 'Ours' });
    await control(guest, 'POST', '/used-elsewhere?module=Deals&field=Ours');
    const id = fields.find('Ours')?.id;
    expect((await guest.remove(`/crm/v8/settings/fields/${id}?module=Deals`)).status).toBe(400);
    await control(guest, 'DELETE', '/fields?module=Deals&field=Ours');
    expect(fields.find('Ours')).toBeUndefined();
    expect(await control(guest, 'DELETE', '/fields?module=Deals&field=Ours')).toMatchObject({ status: 400 });
  });

  it('has a page for people, whose scripts are its own, for whatever client there is', async () => {
    const id = '1000.A<b>"&';
    const guest = await visit({ credentials: { clientId: id, clientSecret: 's', refreshToken: 't' } });
    const page = await fetch(`${guest.zoho.url}/__emulator/console`);
    const text = await page.text();
    expect(text).toContain('<code>1000.A&lt;b>&quot;&amp;</code>');
    const policy = page.headers.get('content-security-policy') ?? '';
    const nonce = /script-src 'nonce-([^']+)'/u.exec(policy)?.[1] ?? '';
    expect(text.match(/<script[^>]*>/gu)).toEqual([`<script nonce="${nonce}">`]);
    expect(policy).toContain("default-src 'none'");
    // A name that a foreign page rebinds to this machine shows nothing.
    const foreign = await new Promise<number | undefined>((resolve, reject) => {
      get(`${guest.zoho.url}/__emulator/console`, { headers: { host: 'evil.example' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).on('error', reject);
    });
    expect(foreign).toBe(403);
  });

  it('gives codes and moves the clock', async () => {
    const guest = await visit();
    const { code } = (await control(guest, 'POST', '/codes', { minutes: 10 })).body as { code: string };
    await control(guest, 'POST', '/clock', { advance_ms: 9 * 60_000 });
    const granted = await guest.grant({ grant_type: 'authorization_code', code });
    expect(granted.body).toHaveProperty('refresh_token');
  });

  it('is shut to web pages: no JSON type, no change', async () => {
    const guest = await visit();
    const answer = await control(guest, 'PATCH', '/switches', { latency: 1000 }, 'text/plain');
    expect(answer.status).toBe(403);
    expect(guest.zoho.switches.latency).toBe(0);
  });
});
