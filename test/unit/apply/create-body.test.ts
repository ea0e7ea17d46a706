import { describe, expect, it } from 'vitest';
import { Attempt } from '../../../src/apply/attempt.ts';
import { want, type Wish } from '../../support/field.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import { createBody } from '../../../src/apply/send.ts';

function body(wish: Wish, withApiName = true) {
  const entry = {
    module: 'Deals',
    action: 'create' as const,
    field: want('RiskId', { label: 'Risk ID', ...wish }),
    differences: [],
    reasons: [],
  };
  return createBody(new Attempt(entry, new Set(['RiskId'])), withApiName);
}

describe('the body that creates a field', () => {
  it('has the label that gives the API name, and the API name where this Zoho takes it', () => {
    expect(body({ length: 5 })).toStrictEqual({
      field_label: 'RiskId',
      api_name: 'RiskId',
      data_type: 'text',
      length: 5,
    });
    expect(body({ length: 5 }, false)).toStrictEqual({
      field_label: 'RiskId',
      data_type: 'text',
      length: 5,
    });
  });

  it('names profiles and global picklists by their ids, and only where there is one', () => {
    expect(
      body({
        profiles: [{ name: 'A', id: '1', permission_type: 'hidden' }, { name: 'B' }, 'C'],
        global_picklist: { api_name: 'Sources', id: '7' },
      }),
    ).toMatchObject({
      profiles: [{ id: '1', permission_type: 'hidden' }, { name: 'B' }, 'C'],
      global_picklist: { id: '7' },
    });
    expect(body({ global_picklist: { api_name: 'Sources', id: '7' } })['global_picklist']).toStrictEqual({
      id: '7',
    });
    expect(body({ global_picklist: { api_name: 'Sources' }, profiles: 'odd' })).toMatchObject({
      global_picklist: { api_name: 'Sources' },
      profiles: 'odd',
    });
  });

  it('says nothing of uniqueness where none is wanted', () => {
    expect(body({ unique: false })).not.toHaveProperty('unique');
    expect(body({ unique: { case_sensitive: false } })['unique']).toEqual({ case_sensitive: false });
  });

  it('titles the related list of a lookup after this module, unless it has a title', () => {
    const module = { api_name: 'Accounts' };
    expect(body({ type: 'lookup', lookup: { module } })['lookup']).toStrictEqual({
      module,
      display_label: 'Deals',
    });
    expect(body({ type: 'lookup', lookup: { module, display_label: 'Ours' } })['lookup']).toStrictEqual({
      module,
      display_label: 'Ours',
    });
    expect(body({ type: 'lookup', lookup: 'odd' })['lookup']).toBe('odd');
    expect(body({ type: 'text', lookup: { module } })['lookup']).toStrictEqual({ module });
  });

  it('labels the field on the other side of a multi-select lookup after this module, unless it has a label', () => {
    const connected = { module: { api_name: 'Contacts' } };
    const linking_details = { module: { plural_label: 'Links' } };
    const sent = (connected_details: JsonObject) =>
      body({ type: 'multiselectlookup', multiselectlookup: { connected_details, linking_details } })[
        'multiselectlookup'
      ];
    const field = { field_label: 'Deals' };
    expect(sent(connected)).toStrictEqual({ connected_details: { ...connected, field }, linking_details });
    const labelled = { ...connected, field: { field_label: 'Ours' } };
    expect(sent(labelled)).toStrictEqual({ connected_details: labelled, linking_details });
  });
});
