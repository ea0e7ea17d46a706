import type { Emulator } from '../../../src/emulator/start.ts';

/** A manifest and an organisation that have some of everything whose order or case a machine could decide. */

export const MANIFEST = `module: Deals
fields:
  - {api_name: Deal_Name, data_type: text, create: false}
  - {api_name: Iban, field_label: IBAN, data_type: text, length: 34, tooltip: "Bank – für die Überweisung"}
  - {api_name: Groesse, field_label: Größe (m), data_type: integer, description: Äußere Maße}
  - {api_name: Danisma, field_label: Danışma IĞDIR, data_type: text, length: 40}
  - {api_name: Shodan, field_label: 商談形態, data_type: picklist, pick_list_values: [新規, 既存, İ, I, ı]}
  - {api_name: Risk_Level, field_label: Risk Level, data_type: picklist, pick_list_values: [Low, Medium, High]}
  - {api_name: Amount, field_label: Amount, data_type: text, length: 20}
  - {api_name: Region, field_label: Region, data_type: text, length: 40, profiles: {Standard: read_only}}
  - {api_name: Loner, field_label: Loner, data_type: text, length: 9, profiles: {Nobody: read_only}}
---
module: Leads
fields:
  - {api_name: Source_Id, field_label: Source ID, data_type: text, length: 40, unique: true}
`;

/** The manifest before: for `diff`, and for `plan --base` where there is git. */
export const BEFORE = MANIFEST.replace('length: 34', 'length: 30')
  .replace('[Low, Medium, High]', '[Low, High]')
  .replace('Größe (m)', 'Größe');

export const INVALID = `module: Deals
fields:
  - {api_name: Größe, field_label: "İ@", data_typ: text, length: 99999}
  - {api_name: Iban, data_type: nothing}
  - 12
`;

/** Puts the fields there that the manifest will meet, and some that only stand in the way. */
export function settle(zoho: Emulator): void {
  const deals = zoho.fields('Deals');
  const options = ['High', 'Low', 'Extrem'].map((name) => ({ display_value: name, actual_value: name }));
  deals.add({
    api_name: 'Risk_Level',
    field_label: 'Risk Level',
    data_type: 'picklist',
    pick_list_values: options,
  });
  const others = ['Zürich', 'zebra', 'Ähre', 'apfel', 'Öl', 'Ilgaz', 'ılık', 'İzmir', 'Åland', '案件'];
  for (const [index, label] of others.entries()) {
    deals.add({ api_name: `Other_${index}`, field_label: label, data_type: 'text', length: 10 + index });
  }
  deals.add({ api_name: 'Region_1', field_label: 'region', data_type: 'text', length: 10 });
  deals.add({ api_name: 'Region_2', field_label: 'Elsewhere', data_type: 'text', length: 10 });
  deals.edit('Region_2', { display_label: 'REGION' });
}
