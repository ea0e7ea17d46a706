import { describe, expect, it } from 'vitest';
import { allows, mayAllow } from '../../../src/zoho/scopes.ts';

const CREATE = 'ZohoCRM.settings.fields.CREATE';

describe('a scope', () => {
  it.each([
    CREATE,
    'ZohoCRM.settings.fields.ALL',
    'ZohoCRM.settings.ALL',
    'zohocrm.Settings.FIELDS.create',
    'zohocrm.settings.all',
  ])('%s allows to create fields', (scope) => {
    expect(allows(['ZohoCRM.users.READ', scope], CREATE)).toBe(true);
  });

  it.each([
    'ZohoCRM.settings.fields.READ',
    'ZohoCRM.settings.fields.CREATED',
    'ZohoCRM.settings.field.ALL',
    'ZohoCRM.settings.modules.ALL',
    'ZohoCRM.settings.CREATE',
    'ZohoCRM.modules.ALL',
    'ZohoCRM.ALL',
    'ZohoBooks.settings.ALL',
    'ALL',
    '',
  ])('"%s" does not', (scope) => {
    expect(allows([scope], CREATE)).toBe(false);
    expect(mayAllow([scope], CREATE)).toBe(false);
  });

  it('of the organisation has no group around it', () => {
    expect(allows(['ZohoCRM.org.ALL'], 'ZohoCRM.org.READ')).toBe(true);
    expect(allows(['ZohoCRM.settings.ALL'], 'ZohoCRM.org.READ')).toBe(false);
  });

  it('is not missed where none is named', () => {
    expect([allows([], CREATE), mayAllow([], CREATE)]).toEqual([false, true]);
  });
});
