import {
  creatableTypes,
  dataTypes,
  findDataType,
  labelPattern,
  apiNamePattern,
  textareaLengths,
} from '../../../../src/model/data-types.ts';
import { isObject, textOf, type Json } from '../../../../src/model/json.ts';
import { manifestSchema } from '../../../../src/manifest/schema/schema.ts';
import type { Random } from '../random.ts';
import { shapesOf, valueOf, type Shape, type Writer } from './schema-values.ts';

/** A field or document while it is put together. */
export type Draft = Record<string, Json>;

/** A document that the checker has no reason to refuse. */
export interface SoundModule {
  module: string;
  fields: Draft[];
}

const field = manifestSchema.properties.fields.items as Shape & { readonly else: Shape };
const creation = field.else;
const ofType = new Map(
  creatableTypes.map((type) => [type.name, manifestSchema.$defs[`type-${type.name}`] as Shape]),
);

const consonants = Array.from('BCDFGKLMNPRST');
const vowels = Array.from('aeiou');
const scripts = ['Risiko', 'Größe', '金額', 'Ωμέγα', 'Дата', "Partner's", 'A (B)', 'C/D', '50%', 'R&D', 'Q?'];

const syllables = (random: Random): string =>
  Array.from({ length: random.between(1, 3) }, () => random.pick(consonants) + random.pick(vowels)).join('');
const apiName: Writer = (random) => `${syllables(random)}_${random.pick(['X', 'Level', 'Id', '2'])}`;
const digits: Writer = (random) => String(6084217000000000 + random.below(1e6));
const anyText: Writer = (random, most) =>
  Array.from({ length: random.between(1, 4) }, () =>
    random.pick([syllables(random), ...scripts, 'no', '1', '#', ': x']),
  )
    .join(' ')
    .slice(0, most)
    .trim();

const writers: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ['', anyText],
  ['^[A-Za-z][A-Za-z0-9_]*$', apiName],
  [apiNamePattern, apiName],
  [labelPattern, (random) => `${random.pick([syllables(random), ...scripts])} ${syllables(random)}`],
  ['^[0-9]+$', digits],
  ['^Leads\\.[A-Za-z][A-Za-z0-9_]*$', (random) => `Leads.${apiName(random, 50)}`],
]);

const modules = ['Deals', 'Leads', 'Contacts', 'Accounts', 'Calls', 'Partners_1'];

/** What a whole file must not have twice, or not too often. */
interface Budget {
  serial: number;
  unique: number;
  autonumber: number;
}

/** The documents of a file, of one module each. */
export function soundFile(random: Random): SoundModule[] {
  const names = random.shuffled(modules).slice(0, random.chance(0.85) ? 1 : random.between(2, 4));
  const budget = { serial: random.below(50) };
  return names.map((name) => {
    const module = random.chance(0.6) && names.length === 1 ? 'Deals' : name;
    const ofModule: Budget = { serial: budget.serial, unique: 0, autonumber: 0 };
    const fields = Array.from({ length: 1 + random.small(8) }, () => soundField(module, ofModule, random));
    budget.serial = ofModule.serial;
    return { module, fields };
  });
}

function soundField(module: string, budget: Budget, random: Random): Draft {
  budget.serial += 1;
  return random.chance(0.15) ? ownedField(module, budget, random) : createdField(module, budget, random);
}

/** A field of someone else: any type, any key, no limits of creation (contract §2). */
function ownedField(module: string, { serial }: Budget, random: Random): Draft {
  // A module has one auto-number, no matter whose it is.
  const { name } = random.pick(dataTypes.filter((type) => type.name !== 'autonumber'));
  const draft: Draft = {
    api_name: random.pick([`Own_${serial}`, `own__${serial}_`]),
    data_type: name,
    create: false,
  };
  for (const key of random.some(Object.keys(field.properties ?? {}), 0.06)) {
    // Zoho's limits hold for the owner's fields too, so they would count.
    if (key in draft || key === 'unique') continue;
    draft[key] = valueOf(shapesOf([field], key), writers, random);
  }
  if ('field_label' in draft) draft['field_label'] = `Any: label ${serial}`;
  return settle(draft, module, serial, random);
}

function createdField(module: string, budget: Budget, random: Random): Draft {
  const free = creatableTypes.filter(({ name }) => name !== 'autonumber' || budget.autonumber === 0);
  const type = random.pick(free);
  if (type.name === 'autonumber') budget.autonumber += 1;
  const shapes = [field, creation, ofType.get(type.name) ?? {}];
  const required = new Set(shapes.flatMap((shape) => shape.required ?? []));
  const keys = Object.keys(ofType.get(type.name)?.properties ?? {});
  const draft: Draft = {};
  for (const key of random.chance(0.5) ? keys : random.shuffled(keys)) {
    if (required.has(key) || random.chance(0.2)) draft[key] = valueOf(shapesOf(shapes, key), writers, random);
  }
  draft['data_type'] = type.name;
  delete draft['create'];
  if (random.chance(0.1)) draft['create'] = true;
  if (type.name === 'picklist') oneSourceOfOptions(draft, random, shapes);
  if (draft['unique'] !== undefined && draft['unique'] !== false) {
    if (budget.unique >= 2) delete draft['unique'];
    else budget.unique += 1;
  }
  return settle(draft, module, budget.serial, random);
}

function oneSourceOfOptions(draft: Draft, random: Random, shapes: readonly Shape[]): void {
  const sources = ['pick_list_values', 'global_picklist'];
  const kept = random.pick(sources);
  for (const key of sources) delete draft[key];
  draft[kept] = valueOf(shapesOf(shapes, kept), writers, random);
}

/** Puts right what a schema cannot say: names that must differ, keys that must agree. */
function settle(draft: Draft, module: string, serial: number, random: Random): Draft {
  if (draft['create'] !== false) {
    draft['api_name'] = `${textOf(draft['api_name'])}_${serial}`.slice(0, 50);
    draft['field_label'] = `${textOf(draft['field_label'])} ${serial}`;
  }
  if (!['Deals', 'Contacts', 'Accounts'].includes(module)) delete draft['maps_from'];
  if (module === 'Calls') delete draft['external'];
  settleOptions(draft);
  settleNumbers(draft);
  settleLinks(draft, serial);
  const { tooltip, crypt, formula, profiles } = draft;
  if (isObject(tooltip) && tooltip['name'] === 'static_text') {
    const tooltips = findDataType(textOf(draft['data_type']))?.tooltips;
    const name = tooltips?.includes('static_text') === true ? 'static_text' : 'info_icon';
    draft['tooltip'] = { ...tooltip, name, value: 'Short' };
  }
  if (isObject(crypt) && crypt['mode'] === 'encryption') draft['crypt'] = { mode: 'decryption' };
  if (isObject(formula) && formula['return_type'] === 'text') delete draft['filterable'];
  if (Array.isArray(profiles)) {
    draft['profiles'] = profiles.map((one: Json, index) => ({
      ...(isObject(one) ? one : {}),
      name: `P${index}`,
    }));
  }
  return random.chance(0.1) ? Object.fromEntries(random.shuffled(Object.entries(draft))) : draft;
}

/** Options that differ for Zoho. */
function settleOptions(draft: Draft): void {
  const options = draft['pick_list_values'];
  if (!Array.isArray(options)) return;
  draft['pick_list_values'] = options.map((one: Json, index): Json => {
    if (!isObject(one)) return `${textOf(one).slice(0, 40)} ${index}`;
    const texts = Object.fromEntries(
      Object.entries(one).map(([key, text]) => [key, `${textOf(text).slice(0, 40)} ${index}`]),
    );
    // Of an owned field nothing is needed; an actual value alone means nothing to anybody.
    return 'display_value' in texts ? texts : { display_value: `Option ${index}` };
  });
}

function settleNumbers(draft: Draft): void {
  const { textarea, currency } = draft;
  const kind = isObject(textarea) ? textarea['type'] : textarea;
  if (typeof kind === 'string' && draft['length'] !== undefined)
    draft['length'] = textareaLengths[kind] ?? 2000;
  if (draft['data_type'] === 'double' && typeof draft['length'] === 'number') {
    if (draft['length'] < 2) draft['length'] = 2;
    if (typeof draft['decimal_place'] === 'number')
      draft['decimal_place'] = Math.min(draft['decimal_place'], draft['length'] - 1);
  }
  if (isObject(currency)) {
    delete draft['precision'];
    delete draft['rounding_option'];
    draft['currency'] = { ...currency, ...('precision' in currency && { precision: 1 }) };
  } else if (draft['precision'] !== undefined) draft['precision'] = 1;
  // The short form says it already.
  if (typeof currency === 'string') delete draft['rounding_option'];
  if (draft['decimal_place'] !== undefined && draft['data_type'] === 'currency') draft['decimal_place'] = 3;
}

function settleLinks(draft: Draft, serial: number): void {
  const { lookup, multiselectlookup } = draft;
  const label = `Titles ${serial}`;
  if (isObject(lookup) && 'display_label' in lookup) {
    draft['lookup'] = { ...lookup, display_label: label };
    delete draft['display_label'];
  } else if ('display_label' in draft) draft['display_label'] = label;
  if (isObject(multiselectlookup) && 'linking_details' in multiselectlookup) {
    draft['multiselectlookup'] = {
      ...multiselectlookup,
      linking_details: { module: { plural_label: label } },
    };
  }
}
