import { isObject, type Json } from '../../../../src/model/json.ts';
import { reservedLabels } from '../../../../src/model/data-types.ts';
import { mutateJson } from '../mutate-json.ts';
import type { Random } from '../random.ts';
import type { Draft, SoundModule } from './sound.ts';

/** A sound file with a few mistakes in it: any at all, or one of those that people make. */
export function withMistakes(file: readonly SoundModule[], random: Random): readonly Json[] {
  if (random.chance(0.4)) {
    const changed = mutateJson(file as unknown as Json, random);
    return Array.isArray(changed) ? (changed as readonly Json[]) : [changed];
  }
  const modules = structuredClone(file) as SoundModule[];
  for (let left = random.between(1, 3); left > 0; left -= 1) {
    const module = random.pick(modules);
    // An earlier mistake may have been the list itself.
    if (!Array.isArray(module.fields)) continue;
    const field = isObject(module.fields[0]) ? module.fields[0] : {};
    if (random.chance(0.1)) inFile(modules, module, random);
    else if (random.chance(0.25)) inModule(module, field, random);
    else Object.assign(field, inField(random));
  }
  return modules as unknown as readonly Json[];
}

function inFile(modules: SoundModule[], module: SoundModule, random: Random): void {
  switch (random.below(4)) {
    case 0:
      modules.push({
        ...structuredClone(module),
        module: random.pick([module.module, module.module.toLowerCase()]),
      });
      break;
    case 1:
      module.module = random.pick(['Deals-x', '1Deals', '', 'Größe', 'Calls']);
      break;
    case 2:
      Object.assign(module, random.pick([{ field: [] }, { name: 'x' }, { length: 3 }, { fields: {} }]));
      break;
    default:
      modules.push(random.pick<unknown>(['text', [], 3, {}]) as SoundModule);
  }
}

/** Mistakes that only show beside other fields. */
function inModule(module: SoundModule, field: Draft, random: Random): void {
  const add = (count: number, make: (index: number) => Draft): void => {
    for (let index = 0; index < count; index += 1) module.fields.push({ ...fresh(index), ...make(index) });
  };
  switch (random.below(9)) {
    case 0:
      module.fields.push(structuredClone(field));
      break;
    case 1:
      add(1, () => ({ field_label: field['field_label'] ?? 'X' }));
      break;
    case 2:
      add(3, () => ({ unique: true }));
      break;
    case 3:
      add(2, () => ({ data_type: 'autonumber', auto_number: { start_number: 1, prefix: 'x'.repeat(20) } }));
      break;
    case 4:
      add(2, () => ({ data_type: 'lookup', lookup: random.pick<Json>(['Contacts', titled]) }));
      break;
    case 5:
      add(3, () => ({ data_type: 'multiselectlookup', multiselectlookup: linked }));
      break;
    case 6:
      if (random.chance(0.02)) add(501, () => ({}));
      break;
    case 7:
      module.module = 'Calls';
      Object.assign(field, { external: { type: 'user', show: true }, maps_from: 'Leads.X' });
      break;
    default:
      module.fields.splice(
        random.below(module.fields.length),
        0,
        random.pick<unknown>([null, 'X', [], 1]) as Draft,
      );
  }
}

const titled: Json = { module: { api_name: 'Contacts' }, display_label: 'Twice' };
const linked: Json = {
  connected_details: { module: { api_name: 'Contacts' } },
  linking_details: { module: { plural_label: 'Twice' } },
};
const fresh = (index: number): Draft => ({
  api_name: `Fresh_${index}`,
  field_label: `Fresh ${index}`,
  data_type: 'text',
});

/** Mistakes of one field, as the keys that make them. */
function inField(random: Random): Draft {
  const text = (length: number): string => 'Ab '.repeat(length).slice(0, length).trim();
  return random.pick<() => Draft>([
    () => ({
      api_name: random.pick(['A__B', 'A_', '1A', 'Größe', 'A B', 'Name', 'Owner', `A${'b'.repeat(60)}`]),
    }),
    () => ({
      field_label: random.pick([text(60), text(30), 'A*B', ' A', 'A ', 'A  B', '', ' ', ...reservedLabels]),
    }),
    () => ({
      data_type: random.pick(['string', 'subform', 'Single Line', 'checkbox', 'x', 'TEXT', 'lookups']),
    }),
    () => ({ data_type: 'text', length: random.pick<Json>([0, 256, -1, 1.5, '50', true, null]) }),
    () => ({ data_type: 'textarea', textarea: 'small', length: 32000 }),
    () => ({ data_type: 'double', length: 3, decimal_place: random.pick([3, 10, -1]) }),
    () => ({
      data_type: 'currency',
      currency: { rounding_option: 'normal', precision: 4 },
      decimal_place: 2,
    }),
    () => ({ data_type: 'currency', currency: { rounding_option: 'normal' }, rounding_option: 'round_up' }),
    () => ({ data_type: 'picklist', pick_list_values: random.pick(badOptions) }),
    () => ({ data_type: 'picklist', pick_list_values: ['A'], global_picklist: 'Source' }),
    () => ({ data_type: 'picklist', pick_list_values: ['A'], default_value: 'B' }),
    () => ({ data_type: 'picklist' }),
    () => ({
      data_type: 'text',
      tooltip: random.pick<Json>([text(300), { name: 'static_text', value: text(90) }, '']),
    }),
    () => ({ data_type: 'picklist', tooltip: { name: 'static_text', value: 'A' }, pick_list_values: ['A'] }),
    () => ({ data_type: 'text', unique: true, crypt: { mode: 'encryption' } }),
    () => ({ data_type: 'text', external: { type: 'user' }, crypt: { mode: 'encryption' } }),
    () => ({ data_type: 'text', unique: { case_sensitive: true } }),
    () => ({ data_type: 'formula', formula: { expression: '(x', return_type: 'text' } }),
    () => ({ data_type: 'formula', formula: { expression: 'x', return_type: 'text' }, filterable: true }),
    () => ({ data_type: 'autonumber', auto_number: random.pick(badStarts) }),
    () => ({ data_type: 'userlookup', lookup: 'Contacts' }),
    () => ({ data_type: 'lookup', lookup: random.pick<Json>(['', 'A-B', {}, { module: {} }]) }),
    () => ({
      profiles: random.pick<Json>([
        {},
        [],
        { Standard: 'write' },
        [{ permission_type: 'hidden' }],
        [{ id: 'x' }],
        ['hidden', 'read_only'].map((permission_type) => ({ name: 'Standard', permission_type })),
      ]),
    }),
    () => ({ maps_from: random.pick<Json>(['Partner', 'Leads.', 'Deals.X', 3]) }),
    () => ({ required: true, type: 'text', label: 'x', sequence: 1, id: 'x', nam: 'x' }),
    () => ({ description: random.pick<Json>([3, null, [], {}]) }),
    () => ({ create: random.pick<Json>(['no', 'false', 0, null, false]) }),
    () => ({ data_type: 'boolean', unique: true, length: 3, pick_list_values: [] }),
    () => ({ Api_Name: 'x', api_names: 'x' }),
  ])();
}

const badOptions: readonly Json[] = [
  [],
  ['A', 'A'],
  ['A', 'a '],
  ['-None-'],
  [' '],
  ['A '],
  ['A\nB'],
  ['x'.repeat(121)],
  [{ actual_value: 'a' }],
  [
    { display_value: 'A', actual_value: 'a' },
    { display_value: 'B', actual_value: 'A' },
  ],
  ['A', 1, true, null, []],
  'A',
  { A: 'B' },
];

const badStarts: readonly Json[] = [
  {},
  { start_number: -1 },
  { start_number: 'x' },
  { start_number: '12345678901234567890' },
  { start_number: 1, prefix: 'x'.repeat(30) },
  'PD-1',
];
