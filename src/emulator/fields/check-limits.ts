import { customFieldLimit, isAtLeast } from '../crm/limits.ts';
import { given, isObject } from '../json.ts';
import type { Field } from '../state/organisation-state.ts';
import { placeOf, type Item, type Rule } from './problem.ts';
import { featureMissing, limitReached, type Problem } from './problem.ts';

/** Unique fields of a module, in every edition (sheet §3.1). */
const MOST_UNIQUE = 2;

/** What the edition lacks, and how many a module may hold (sheet §3.1, §7). */
export const limitRules: readonly Rule[] = [
  ({ dataType, draft, ...item }) =>
    dataType.edition === undefined || isAtLeast(draft.world.organisation.edition, dataType.edition)
      ? undefined
      : featureMissing(placeOf({ dataType, draft, ...item }, 'data_type'), 'FEATURE_NOT_SUPPORTED'),
  (item) => {
    const most = customFieldLimit(item.zoho, item.draft.world.organisation);
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
