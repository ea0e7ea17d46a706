import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startEmulator, type RequestLogEntry } from '../../src/emulator/start.ts';
import { takeSeen } from './wire-watch.ts';
import { wireSins } from './wire.ts';

const FIELDS = '/crm/v8/settings/fields';

function request(method: string, path: string, body: RequestLogEntry['body'] = null): RequestLogEntry {
  return { number: 1, method, path, query: {}, headers: {}, body, status: null };
}

const fields = (count: number) => ({
  fields: Array.from({ length: count }, (_, index) => ({ id: `${index}` })),
});

describe('what no run may ever send', () => {
  it.each<[string, RequestLogEntry, RegExp]>([
    ['deletes', request('DELETE', `${FIELDS}/1`), /neither read nor create nor label/],
    ['replaces', request('PUT', `${FIELDS}/1`), /neither read nor create nor label/],
    ['creates something else', request('POST', '/crm/v8/Deals', fields(1)), /something else than fields/],
    ['revokes', request('POST', '/oauth/v2/token/revoke'), /something else than fields/],
    ['creates six at once', request('POST', FIELDS, fields(6)), /more than five/],
    [
      'labels a field that was there',
      request('PATCH', FIELDS, { fields: [{ id: '7', field_label: 'x' }] }),
      /changes 7, which is not shown to be ours/,
    ],
    [
      'changes more than a label',
      request('PATCH', FIELDS, { fields: [{ id: '8', length: 3 }] }),
      /more than a label/,
    ],
  ])('a request that %s is told', (_, sent, says) => {
    expect(wireSins([sent], (id) => id !== '7').join('\n')).toMatch(says);
  });

  it('reading, creating five, labelling one of them and asking for a token are none', () => {
    const sent = [
      request('GET', FIELDS),
      request('POST', FIELDS, fields(5)),
      request('PATCH', FIELDS, { fields: [{ id: '8', field_label: 'x' }] }),
      request('POST', '/oauth/v2/token', 'form'),
    ];
    expect(wireSins(sent, (id) => id !== '7')).toEqual([]);
  });
});

describe('a sin of the client', () => {
  it('is noticed by any server of the tests, and one of the tests is not', async () => {
    const server = createServer(
      (incoming, outgoing) => void incoming.resume().on('end', () => outgoing.end('{}')),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    takeSeen();
    const six = { method: 'POST', body: JSON.stringify(fields(6)) };
    await (await fetch(`${url}${FIELDS}`, six)).text();
    expect(takeSeen()).toEqual({ methods: {}, labels: 0, sins: [], others: 1 });

    const headers = { 'User-Agent': 'zoho-fields', Authorization: 'Zoho-oauthtoken 1000.abcdefabcdef' };
    await (await fetch(`${url}${FIELDS}`, { ...six, headers })).text();
    await (await fetch(`${url}${FIELDS}/1?token=1000.abcdefabcdef`, { method: 'DELETE', headers })).text();
    const { methods, sins } = takeSeen();
    expect(methods).toEqual({ POST: 1, DELETE: 1 });
    expect(sins).toHaveLength(3);
    expect(sins.join('\n')).toMatch(/more than five fields\n.*neither read[^\n]*\n.*a secret/);
    server.closeAllConnections();
    server.close();
  });

  it('is a label for a field that it was told of before it created anything, or was not shown after it', async () => {
    const zoho = await startEmulator();
    const headers = { 'User-Agent': 'zoho-fields' };
    const id = zoho.fields('Deals').find('Partner')?.id;
    takeSeen();
    const { ZOHO_CLIENT_ID = '', ZOHO_CLIENT_SECRET = '', ZOHO_REFRESH_TOKEN = '' } = zoho.environment;
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: ZOHO_CLIENT_ID,
      client_secret: ZOHO_CLIENT_SECRET,
      refresh_token: ZOHO_REFRESH_TOKEN,
    });
    const token = await fetch(`${zoho.url}/oauth/v2/token`, { method: 'POST', headers, body });
    const { access_token } = (await token.json()) as { access_token: string };
    const known = { ...headers, Authorization: `Zoho-oauthtoken ${access_token}` };
    await (await fetch(`${zoho.url}${FIELDS}?module=Deals&type=all`, { headers: known })).text();
    const patch = JSON.stringify({ fields: [{ id, field_label: 'Mine' }] });
    await (
      await fetch(`${zoho.url}${FIELDS}?module=Deals`, { method: 'PATCH', headers: known, body: patch })
    ).text();
    const isSin = /changes \d+, which is not shown to be ours/;
    expect(takeSeen().sins.join('\n')).toMatch(isSin);

    // The answer to a creation names an id; only a read shows it.
    const list = `${zoho.url}${FIELDS}?module=Deals`;
    const wish = { field_label: 'Other', data_type: 'text', length: 50 };
    const made = await fetch(list, {
      method: 'POST',
      headers: known,
      body: JSON.stringify({ fields: [wish] }),
    });
    const { fields: results } = (await made.json()) as { fields: { details: { id: string } }[] };
    const label = JSON.stringify({ fields: [{ id: results[0]?.details.id, field_label: 'Other' }] });
    const relabel = async (): Promise<string> => {
      await (await fetch(list, { method: 'PATCH', headers: known, body: label })).text();
      return takeSeen().sins.join('\n');
    };
    expect(await relabel()).toMatch(isSin);
    await (await fetch(`${list}&type=all`, { headers: known })).text();
    expect(await relabel()).toBe('');
    await zoho.close();
  });
});
