import http from 'node:http';
import { describe, expect, it } from 'vitest';
import { DEALS, essence, first, request, visit, type Visit } from './support.ts';

describe('the checks come in the order of sheet §13.2', () => {
  it('each refusal hides all that would come later', async () => {
    const guest = await visit({ scope: 'ZohoCRM.settings.fields.READ', switches: { throttleEvery: 1 } });
    const { zoho } = guest;
    const post = (path: string, authorization: string) =>
      request(`${zoho.url}${path}`, { method: 'POST', headers: { authorization }, body: 'no JSON' });
    const path = '/crm/v8/settings/fields';
    expect(essence(await post('/crm/v8/settings/feilds', ''))).toEqual([404, 'INVALID_URL_PATTERN', []]);
    expect(essence(await post(path, 'Zoho-oauthtoken'))).toEqual([401, 'AUTHENTICATION_FAILURE', []]);
    expect(essence(await post(path, 'Zoho-oauthtoken nope'))).toEqual([401, 'INVALID_TOKEN', []]);
    const own = `Zoho-oauthtoken ${guest.token}`;
    expect(essence(await post(path, own))).toEqual([401, 'OAUTH_SCOPE_MISMATCH', []]);
    expect(essence(await guest.get(path))).toEqual([429, 'TOO_MANY_REQUESTS', []]);
  });

  it('then permission, then module, then the body', async () => {
    const guest = await visit({ switches: { userPermission: 'denied' } });
    const path = '/crm/v8/settings/fields';
    expect(essence(await guest.post(path, 'no JSON'))).toEqual([403, 'NO_PERMISSION', ['permissions']]);
    guest.zoho.switches.userPermission = 'granted';
    expect(essence(await guest.post(path, 'no JSON'))).toEqual([
      400,
      'REQUIRED_PARAM_MISSING',
      ['param_name'],
    ]);
    expect(essence(await guest.post(`${path}?module=Delas`, 'no JSON'))).toEqual([400, 'INVALID_MODULE', []]);
    expect(essence(await guest.post(DEALS, 'no JSON'))).toEqual([
      400,
      'INVALID_DATA',
      ['api_name', 'expected_data_type', 'json_path'],
    ]);
  });
});

describe('the request-level errors of sheet §5.1', () => {
  const withAuthorization = (guest: Visit, authorization: string) =>
    request(`${guest.zoho.url}${DEALS}`, { headers: { authorization } });

  it('AUTHENTICATION_FAILURE: no header, a garbled one, Bearer', async () => {
    const guest = await visit();
    const body = {
      code: 'AUTHENTICATION_FAILURE',
      details: {},
      message: 'Authentication failed',
      status: 'error',
    };
    expect(await request(`${guest.zoho.url}${DEALS}`)).toMatchObject({ status: 401, body });
    for (const header of ['undefined', 'Zoho-oauthtoken ', `Bearer ${guest.token}`]) {
      expect(await withAuthorization(guest, header)).toMatchObject({ status: 401, body });
    }
    guest.zoho.switches.bearer = 'accept';
    expect(await withAuthorization(guest, `Bearer ${guest.token}`)).toMatchObject({ status: 200 });
  });

  it('INVALID_TOKEN: what a client sends that did not look at its token', async () => {
    const guest = await visit();
    const body = { code: 'INVALID_TOKEN', details: {}, message: 'invalid oauth token', status: 'error' };
    expect(await withAuthorization(guest, 'Zoho-oauthtoken undefined')).toMatchObject({ status: 401, body });
  });

  it('OAUTH_SCOPE_MISMATCH: the scope of records opens no settings; 401 or 403', async () => {
    const guest = await visit({ scope: 'ZohoCRM.modules.ALL' });
    expect(essence(await guest.get(DEALS))).toEqual([401, 'OAUTH_SCOPE_MISMATCH', []]);
    guest.zoho.switches.scopeMismatchStatus = 403;
    expect(essence(await guest.get(DEALS))).toEqual([403, 'OAUTH_SCOPE_MISMATCH', []]);
  });

  it('NO_PERMISSION: the profile may not customise; reading works but hides the profiles', async () => {
    const guest = await visit({ switches: { userPermission: 'denied' } });
    expect(await guest.create({ field_label: 'X', data_type: 'text' })).toMatchObject({
      status: 403,
      body: { code: 'NO_PERMISSION', details: { permissions: ['Crm_Implied_Customize_Zoho_CRM'] } },
    });
    expect(first(await guest.get(DEALS))).toMatchObject({ api_name: 'Owner', profiles: null });
    expect(essence(await guest.get('/crm/v8/org'))).toEqual([400, 'AUTHORIZATION_FAILED', []]);
  });

  it('INVALID_MODULE: unknown, and in another case', async () => {
    const guest = await visit();
    const other = '/crm/v8/settings/fields?module=deals';
    expect(essence(await guest.get(other))).toEqual([400, 'INVALID_MODULE', []]);
    guest.zoho.switches.moduleCase = 'ignore';
    expect(await guest.get(other)).toMatchObject({ status: 200 });
    expect(essence(await guest.get('/crm/v8/settings/modules/__proto__'))).toEqual([
      400,
      'INVALID_MODULE',
      [],
    ]);
  });

  it('INVALID_REQUEST_METHOD, INVALID_REQUEST and METHOD_NOT_ALLOWED', async () => {
    const guest = await visit();
    const put = () => request(`${guest.zoho.url}${DEALS}`, { method: 'PUT' });
    expect(essence(await put())).toEqual([400, 'INVALID_REQUEST_METHOD', []]);
    expect(essence(await guest.post('/crm/v8/org', {}))).toEqual([400, 'INVALID_REQUEST', []]);
    guest.zoho.switches.wrongMethod = 405;
    expect(essence(await put())).toEqual([405, 'METHOD_NOT_ALLOWED', []]);
  });

  it('INVALID_URL_PATTERN, or INVALID_MODULE where a segment is read as a module', async () => {
    const guest = await visit();
    for (const path of [
      '/crm/v9/org',
      '/crm/v8/settings',
      '/crm/v8/settings/fields/1/2',
      '/nothing',
      '/crm/v8/orgg',
    ]) {
      expect(essence(await guest.get(path))).toEqual([404, 'INVALID_URL_PATTERN', []]);
    }
    guest.zoho.switches.unknownPath = 'INVALID_MODULE';
    expect(essence(await guest.get('/crm/v8/orgg'))).toEqual([400, 'INVALID_MODULE', []]);
  });

  it('API_NOT_SUPPORTED: the options endpoint before version 8', async () => {
    const guest = await visit();
    const id = String(guest.zoho.fields('Deals').find('Stage')?.id);
    const answer = await guest.get(`/crm/v7/settings/fields/${id}/pick_list_values?module=Deals`);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'API_NOT_SUPPORTED', details: { supported_version: 8 } },
    });
  });

  it('answers whatever comes, and stays up', async () => {
    const guest = await visit();
    for (const path of ['//elsewhere/crm/v8/org', '/crm/v8/%E0%A4%A', '/crm/v8/org?%', '/?', '/crm//']) {
      expect((await guest.get(path)).status, path).toBeGreaterThanOrEqual(200);
    }
    const strange =
      '{"fields":[{"field_label":"X","data_type":"toString","__proto__":{"a":1},"constructor":1}]}';
    expect(essence(await guest.post(DEALS, strange))[1]).toBe('INVALID_DATA');
    expect((await guest.post(DEALS, strange.replace('toString', 'text'))).status).toBe(201);
    expect(Object.hasOwn(Object.prototype, 'a')).toBe(false);
  });

  it('REQUEST_ENTITY_TOO_LARGE and UNSUPPORTED_MEDIA_TYPE', async () => {
    const guest = await visit();
    const post = (body: string, type: string) =>
      request(`${guest.zoho.url}${DEALS}`, {
        method: 'POST',
        headers: { authorization: `Zoho-oauthtoken ${guest.token}`, 'content-type': type },
        body,
      });
    expect(essence(await post(' '.repeat(5_000_000), 'application/json'))[0]).toBe(413);
    expect(essence(await post('<fields/>', 'application/xml'))).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE', []]);
  });

  it('INVALID_HOST: the API under a name that is not its own', async () => {
    const { zoho } = await visit();
    const status = await new Promise((resolve) => {
      http.get(`${zoho.url}${DEALS}`, { headers: { host: 'accounts.zoho.com' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
    });
    expect(status).toBe(400);
  });
});

describe('scopes (sheet §1.6)', () => {
  const paths: Readonly<Record<string, string>> = {
    'settings.fields': DEALS,
    'settings.modules': '/crm/v8/settings/modules',
    'settings.profiles': '/crm/v8/settings/profiles',
    'settings.global_picklist': '/crm/v8/settings/global_picklists',
    'settings.layouts': '/crm/v8/settings/layouts?module=Deals',
    org: '/crm/v8/org',
    users: '/crm/v8/users',
  };

  it.each(Object.keys(paths))('%s opens its endpoint and no other', async (group) => {
    const guest = await visit({ scope: `ZohoCRM.${group}.READ` });
    for (const [name, path] of Object.entries(paths)) {
      expect((await guest.get(path)).status, path).toBe(name === group ? 200 : 401);
    }
  });

  it('each action needs its own', async () => {
    const guest = await visit({ scope: 'ZohoCRM.settings.fields.CREATE' });
    expect((await guest.create({ field_label: 'Mine', data_type: 'text' })).status).toBe(201);
    const id = guest.zoho.fields('Deals').find('Mine')?.id;
    const refused = [
      await guest.get(DEALS),
      await guest.patch(DEALS, { fields: [{ id, field_label: 'Yours' }] }),
      await guest.remove(`/crm/v8/settings/fields/${id}?module=Deals`),
    ];
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401]);
  });

  it('settings.ALL opens all settings, but not the organisation', async () => {
    const guest = await visit({ scope: 'ZohoCRM.settings.ALL' });
    expect((await guest.get(paths['settings.layouts'] ?? '')).status).toBe(200);
    expect((await guest.get('/crm/v8/org')).status).toBe(401);
  });
});
