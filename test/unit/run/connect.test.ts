import { describe, expect, it } from 'vitest';
import { errandOf } from '../../../src/run/connect.ts';

describe('what a request is for', () => {
  it.each([
    ['POST', 'accounts.zoho.eu/oauth/v2/token', 'Asking for an access token'],
    ['GET', 'www.zohoapis.eu/crm/v8/settings/fields?module=Deals&type=all', 'Reading Deals'],
    ['GET', 'www.zohoapis.eu/crm/v8/settings/fields?module=Deals&type=all&page=2', 'Reading Deals, page 2'],
    ['GET', 'www.zohoapis.eu/crm/v8/settings/fields/42?module=Deals', 'Reading one field of Deals'],
    ['GET', 'www.zohoapis.eu/crm/v8/settings/global_picklists', 'Reading the global picklists'],
    ['GET', 'www.zohoapis.eu/crm/v8/settings/modules', 'Reading the modules'],
    ['GET', 'www.zohoapis.eu/crm/v8/org', 'Reading the organisation'],
    ['POST', 'www.zohoapis.eu/crm/v8/settings/fields?module=Deals', 'Creating fields in Deals'],
    ['PATCH', 'www.zohoapis.eu/crm/v8/settings/fields?module=Deals', 'Setting labels in Deals'],
    ['GET', 'www.zohoapis.eu/crm/v8/settings/fields?module=%1B%5B2JDeals', 'Reading \\x1b[2JDeals'],
    ['GET', 'www.zohoapis.eu/', 'Reading'],
  ] as const)('%s %s: %s', (method, address, words) => {
    expect(errandOf({ method, url: `https://${address}` })).toBe(words);
  });
});
