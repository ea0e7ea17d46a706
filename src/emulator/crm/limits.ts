import {
  placeOf,
  featureMissing,
  limitReached,
  type Item,
  type Problem,
  type Rule,
} from '../fields/problem.ts';
import { given, isObject } from '../json.ts';
import type { Edition, Field } from '../state/organisation-state.ts';
import type { Zoho } from '../zoho.ts';

interface EditionLimits {
  readonly credits: number;
  readonly creditsPerUser: number;
  readonly mostCredits: number;
  readonly concurrency: number;
  readonly customFields: number;
}

/** What an edition allows: credits and concurrency of sheet §6, custom fields per module of §3.1 and §7. */
const EDITIONS: Readonly<Record<Edition, EditionLimits>> = {
  free: { credits: 5000, creditsPerUser: 0, mostCredits: 5000, concurrency: 5, customFields: 0 },
  standard: { credits: 50_000, creditsPerUser: 250, mostCredits: 100_000, concurrency: 10, customFields: 10 },
  professional: {
    credits: 50_000,
    creditsPerUser: 500,
    mostCredits: 3e6,
    concurrency: 15,
    customFields: 155,
  },
  enterprise: { credits: 50_000, creditsPerUser: 1000, mostCredits: 5e6, concurrency: 20, customFields: 300 },
  ultimate: {
    credits: 50_000,
    creditsPerUser: 2000,
    mostCredits: Infinity,
    concurrency: 25,
    customFields: 500,
  },
};

/** Credits in 24 hours. */
export function creditLimit({ switches, store }: Zoho): number {
  const { organisation } = store.now();
  const limits = EDITIONS[organisation.edition];
  const bought = limits.credits + organisation.userCount * limits.creditsPerUser;
  return switches.credits || Math.min(bought, limits.mostCredits);
}

export function concurrencyLimit({ switches, store }: Zoho): number {
  return switches.concurrency || EDITIONS[store.now().organisation.edition].concurrency;
}

/** From the least to the most. */
const ORDER = Object.keys(EDITIONS);

/** Unique fields of a module, in every edition (sheet §3.1). */
const MOST_UNIQUE = 2;

/** What the edition lacks, and how many a module may hold (sheet §3.1, §7). */
export const limitRules: readonly Rule[] = [
  (item) => {
    const { edition } = item.draft.world.organisation;
    const lacksType = ORDER.indexOf(edition) < ORDER.indexOf(item.dataType.edition ?? edition);
    return lacksType ? featureMissing(placeOf(item, 'data_type'), 'FEATURE_NOT_SUPPORTED') : undefined;
  },
  (item) => {
    const { edition } = item.draft.world.organisation;
    const most = item.zoho.switches.customFieldLimit || EDITIONS[edition].customFields;
    const held = customFields(item).length;
    return held < most ? undefined : limitReached('LIMIT_EXCEEDED', most, placeOf(item, 'field_label'));
  },
  (item) => {
    const most = item.dataType.most ?? item.zoho.switches.perTypeLimit;
    const held = customFields(item).filter((field) => field.data_type === item.dataTypeName).length;
    if (most === 0 || held < most) return undefined;
    return limitReached('FIELD_LIMIT_EXCEEDED', most, placeOf(item, 'data_type'));
  },
];

/** The third unique field; also asked when an update makes a field unique. */
export function uniqueLimit(item: Item): Problem | undefined {
  const wanted = given(item.body, 'unique');
  if (!isObject(wanted) || Object.hasOwn(wanted, '_disable')) return undefined;
  const held = item.module.fields.filter((field) => isUnique(field) && field.id !== item.existing?.id).length;
  return held < MOST_UNIQUE
    ? undefined
    : limitReached('LIMIT_EXCEEDED', MOST_UNIQUE, placeOf(item, 'unique'));
}

const isUnique = (field: Field): boolean =>
  isObject(field['unique']) && Object.keys(field['unique']).length > 0;

const customFields = ({ module }: Item): readonly Field[] =>
  module.fields.filter((field) => field['custom_field'] === true);
