import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveApiName } from '../../src/emulator/fields/check-names.ts';
import { essence, visit } from './support.ts';

/** Every pair of sheet §3.6 that the derivation can know. */
const PAIRS: readonly (readonly [label: string, name: string])[] = [
  ['Product Interest', 'Product_Interest'],
  ['checking multi picklist', 'checking_multi_picklist'],
  ['mableOne', 'mableOne'],
  ['Employee Identification number', 'Employee_Identification_number'],
  ['No. of Employees', 'No_of_Employees'],
  ['Average Time Spent (Minutes)', 'Average_Time_Spent_Minutes'],
  ['Call Duration (in seconds)', 'Call_Duration_in_seconds'],
  ['Check-In Sub-Locality', 'Check_In_Sub_Locality'],
  ["Company's Name", 'Company_s_Name'],
  ["Partner's Name", 'Partner_s_Name'],
  ['Probability (%)', 'Probability'],
  ['Profesión', 'Profesi_n'],
  ['División', 'Divisi_n'],
  ['Suscripción', 'Suscripci_n'],
  ['Strategic Partner ID', 'Strategic_Partner_ID'],
  ['StrategicPartnerId', 'StrategicPartnerId'],
];

const COLLISIONS = [
  ['Name', 'Name1'],
  ['LinkedIn', 'LinkedIn1'],
  ['GCLID', 'GCLID1'],
  ['Client Name', 'Client_Name1'],
  ['Listing Type', 'Listing_Type1'],
] as const;

describe('the API name of a label (sheet §3.6)', () => {
  it.each(PAIRS)('%s → %s', (label, name) => {
    expect(deriveApiName(label, () => false)).toBe(name);
  });

  it.each(COLLISIONS)('%s → %s where the first is taken', (label, name) => {
    const taken = name.slice(0, -1);
    expect(deriveApiName(label, (wanted) => wanted === taken)).toBe(name);
  });

  it('is cut at fifty, without the underscore that may then stand at the end', () => {
    expect(deriveApiName(`${'x'.repeat(49)} tail`, () => false)).toBe('x'.repeat(49));
    const long = 'x'.repeat(60);
    expect(deriveApiName(long, (name) => name === 'x'.repeat(50))).toBe(`${'x'.repeat(49)}1`);
  });

  it('of labels on no record: a digit first, nothing usable', () => {
    const names = ['2nd Partner', '商談形態', '%'].map((label) => deriveApiName(label, () => false));
    expect(names).toEqual(['field2nd_Partner', 'field', 'field']);
  });

  it('is what a field gets that asks for none, over the wire', async () => {
    const { create, zoho } = await visit();
    for (const [label] of PAIRS.filter(([known]) => known !== 'Probability (%)')) {
      expect((await create({ field_label: label, data_type: 'text' })).status, label).toBe(201);
    }
    const names = zoho
      .fields('Deals')
      .all()
      .map((field) => field.api_name);
    for (const [, name] of PAIRS) expect(names).toContain(name);
    await create({ field_label: 'Name', data_type: 'text' }, { field_label: 'Deal_Name', data_type: 'text' });
    expect(zoho.fields('Deals').find('Name1')).toMatchObject({ field_label: 'Name' });
    expect(zoho.fields('Deals').find('Deal_Name1')).toMatchObject({ field_label: 'Deal_Name' });
  });

  it('always has the form that Zoho describes, and is never taken', () => {
    const label = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(label, fc.array(label, { maxLength: 8 }), (wanted, others) => {
        const taken = new Set<string>();
        for (const other of [...others, wanted, wanted]) {
          const name = deriveApiName(other, (candidate) => taken.has(candidate.toLowerCase()));
          expect(name).toMatch(/^[A-Za-z](?:_?[A-Za-z0-9])*$/);
          expect(name.length).toBeLessThanOrEqual(50);
          expect(taken.has(name.toLowerCase())).toBe(false);
          taken.add(name.toLowerCase());
        }
      }),
    );
  });

  it('of a name that has the form already is the name itself', () => {
    const name = fc.stringMatching(/^[A-Za-z](_?[A-Za-z0-9]){0,24}$/);
    fc.assert(
      fc.property(name, (wanted) => {
        expect(deriveApiName(wanted, () => false)).toBe(wanted);
      }),
    );
  });
});

describe('an API name in the body', () => {
  const wish = { field_label: 'Strategic Partner ID', api_name: 'StrategicPartnerId', data_type: 'text' };

  it('is honoured', async () => {
    const { create, zoho } = await visit();
    expect((await create(wish)).status).toBe(201);
    expect(zoho.fields('Deals').find('StrategicPartnerId')).toMatchObject({
      field_label: 'Strategic Partner ID',
    });
    expect(await create({ ...wish, field_label: 'Another' })).toMatchObject({
      status: 400,
      body: {
        fields: [
          { code: 'DUPLICATE_DATA', message: 'API NAME DUPLICATE', details: { api_name: 'api_name' } },
        ],
      },
    });
  });

  it('is ignored where the switch says so', async () => {
    const { create, zoho } = await visit({ switches: { apiNameInBody: 'ignore' } });
    expect((await create({ ...wish, api_name: 'Amount' })).status).toBe(201);
    expect(zoho.fields('Deals').find('Strategic_Partner_ID')).toBeDefined();
  });

  it('is refused where the switch says so, with the whole request', async () => {
    const { create, zoho } = await visit({ switches: { apiNameInBody: 'reject' } });
    const answer = await create({ field_label: 'Innocent', data_type: 'text' }, wish);
    expect(essence(answer)).toEqual([400, 'INVALID_DATA', ['api_name', 'json_path']]);
    expect(answer.body).toMatchObject({
      details: { api_name: 'api_name', json_path: '$.fields[1].api_name' },
    });
    expect(zoho.fields('Deals').find('Innocent')).toBeUndefined();
    expect((await create({ field_label: 'Innocent', data_type: 'text' })).status).toBe(201);
  });
});
