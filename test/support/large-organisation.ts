import type { JsonObject } from '../../src/model/json.ts';
import { examples } from './organisation.ts';

/** An organisation of 500 fields, as ten years of many hands leave it. The same in every run. */

const TOPICS = [
  'Contract',
  'Renewal',
  'Partner',
  'Billing',
  'Support',
  'Onboarding',
  'Security',
  'Marketing',
  'Delivery',
  'Legal',
];
const THINGS = [
  'Status',
  'Date',
  'Owner',
  'Amount',
  'Reference',
  'Notes',
  'Contact',
  'Region',
  'Score',
  'Document',
  'Channel',
];
const LATER = [
  '',
  '',
  '',
  ' (old)',
  ' EMEA',
  ' 2024',
  '',
  ' - do not use',
  ' per Quarter of the Fiscal Year',
  '',
];
const OTHERS = [
  '商談形態',
  '要約',
  'Größe des Auftrags',
  "Company's Registration N°",
  'תאריך חידוש',
  'Étape du projet',
];

/** Custom types, as often as people use them. */
const TYPES = [
  'text',
  'text',
  'picklist',
  'date',
  'text',
  'picklist',
  'currency',
  'boolean',
  'lookup',
  'textarea_small',
  'integer',
  'datetime',
  'email',
  'picklist_global',
  'percent',
  'double',
  'website',
  'phone',
  'multiselectpicklist',
  'formula',
  'textarea_large',
  'userlookup',
  'subform',
  'fileupload',
];

const names = [
  'text',
  'text_unique',
  'textarea_small',
  'textarea_large',
  'textarea_rich_text',
  'email',
  'phone',
  'website',
  'picklist',
  'picklist_global',
  'multiselectpicklist',
  'boolean',
  'integer',
  'bigint',
  'double',
  'currency',
  'percent',
  'date',
  'datetime',
  'autonumber',
  'lookup',
  'userlookup',
  'multiuserlookup',
  'multiselectlookup',
  'fileupload',
  'imageupload',
  'formula',
  'rollup_summary',
  'subform',
];

const example = (name: string): JsonObject => examples[names.indexOf(name)] ?? {};

function apiName(label: string, index: number): string {
  const plain = label.replaceAll(/[^A-Za-z0-9]+/gu, '_').replaceAll(/^_+|_+$/gu, '');
  return /^[A-Za-z]/u.test(plain) ? plain : `field${index}`;
}

/** @param standard Zoho's own fields, which come first. */
export function largeOrganisation(standard: readonly JsonObject[]): readonly JsonObject[] {
  const fields: JsonObject[] = [...standard];
  const taken = new Set(fields.map((field) => field['api_name']));
  for (let index = 0; fields.length < 500; index += 1) {
    const topic = TOPICS[index % TOPICS.length] ?? '';
    const thing = THINGS[Math.floor(index / TOPICS.length) % THINGS.length] ?? '';
    const later = LATER[(index * 7 + Math.floor(index / 110)) % LATER.length] ?? '';
    const other = index % 71 === 70 ? OTHERS[Math.floor(index / 71) % OTHERS.length] : undefined;
    const label = other ?? `${topic} ${thing}${later}`;
    let name = apiName(label, index);
    for (let digit = 1; taken.has(name); digit += 1) name = `${apiName(label, index)}${digit}`;
    taken.add(name);
    const shown =
      name === apiName(label, index) ? label : `${label} ${name.slice(apiName(label, index).length)}`;
    fields.push({
      ...example(TYPES[index % TYPES.length] ?? 'text'),
      ...(index === 5 ? example('text_unique') : index === 9 ? example('autonumber') : {}),
      id: `6084217000010${String(index).padStart(6, '0')}`,
      api_name: name,
      field_label: shown,
      display_label: shown,
      tooltip:
        index % 9 === 0
          ? { name: 'info_icon', value: `What the ${topic.toLowerCase()} team writes down.` }
          : null,
      ...(index % 29 === 28 ? { type: 'unused', layout_associations: [] } : { type: 'used' }),
    });
  }
  return fields;
}
