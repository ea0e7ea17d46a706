import { dig, given, isList, isObject, numberOf, textOf } from '../json.ts';
import { formulaProblem } from './check-formula.ts';
import { labelRules } from './check-names.ts';
import { uniqueLimit } from './check-limits.ts';
import { numberRules } from './check-numbers.ts';
import { optionRules } from './check-options.ts';
import { propertyRules } from './check-properties.ts';
import { valueRule } from './create-fields.ts';
import { placeOf, type Item, type Rule } from './problem.ts';
import { at, notAllowed, problem, type Place, type Problem } from './problem.ts';

/** The rules of an update, in order (sheet §4.1). */
export const updateRules: readonly Rule[] = [
  somethingToDo,
  immutable,
  systemLabel,
  ...labelRules.map(onlyWith('field_label')),
  valueRule,
  ...numberRules,
  ...propertyRules,
  ...optionRules,
  optionValue,
  formulaProblem,
  uniqueLimit,
];

/** Keys that PATCH knows; a body without any of them changes nothing. */
const CHANGEABLE = [
  'field_label',
  'length',
  'tooltip',
  'profiles',
  'unique',
  'pick_list_values',
  'pick_list_values_sorted_lexically',
  'enable_colour_code',
  'global_picklist',
  'lookup',
  'sharing_properties',
  'history_tracking',
  'history_tracking_enabled',
  'formula',
  'decimal_place',
  'currency',
  'rollup_summary',
  'hipaa_compliance_enabled',
  'association_details',
  'separator',
  'filterable',
];

function somethingToDo(item: Item): Problem | undefined {
  const keys = Object.keys(item.body).filter((key) => key !== 'id');
  const isKnown = (key: string): boolean =>
    CHANGEABLE.includes(key) || FIXED.some(([fixed]) => fixed[0] === key);
  if (keys.some(isKnown)) return undefined;
  const details = { expected_fields: CHANGEABLE.map((key) => ({ ...placeOf(item, key) })) };
  const status = item.zoho.switches.expectedFieldMissingStatus;
  return problem('EXPECTED_FIELD_MISSING', 'one of the expected fields is missing', details, status);
}

/** What can never change, by path in the body and in the field, and only refused when it would change. */
const FIXED: readonly (readonly [path: readonly string[], message: string])[] = [
  [['data_type'], 'data type cannot be changed'],
  [['api_name'], 'api name cannot be changed'],
  [['external'], 'external cannot be changed'],
  [['private'], 'private cannot be changed'],
  [['textarea', 'type'], 'text area type cannot be changed'],
  [['lookup', 'module', 'api_name'], 'lookup module cannot be changed'],
  [['formula', 'return_type'], 'formula return type cannot be changed'],
];

function immutable(item: Item): Problem | undefined {
  if (item.zoho.switches.immutableKeys === 'ignore') return undefined;
  for (const [path, message] of FIXED) {
    const wanted = dig(item.body, ...path);
    if (wanted !== undefined && !sameJson(wanted, dig(item.existing, ...path))) {
      return notAllowed(at(item.path, ...path), message);
    }
  }
  const length = numberOf(item.body, 'length');
  const isTextArea = item.dataTypeName === 'textarea' && length !== undefined;
  return isTextArea && length !== numberOf(item.existing, 'length')
    ? notAllowed(placeOf(item, 'length'), 'text area length cannot be changed')
    : undefined;
}

function systemLabel(item: Item): Problem | undefined {
  const label = textOf(item.body, 'field_label');
  const isSystem = item.existing?.['custom_field'] !== true;
  if (label === undefined || !isSystem || label === item.existing?.field_label) return undefined;
  return notAllowed(placeOf(item, 'field_label'), 'label of a system field cannot be changed');
}

/** An option is found by id or actual value; the actual value itself stays (sheet §4.1). */
function optionValue(item: Item): Problem | undefined {
  const sent = given(item.body, 'pick_list_values');
  const held = given(item.existing, 'pick_list_values');
  if (!isList(sent) || !isList(held)) return undefined;
  for (const [index, option] of sent.entries()) {
    const id = textOf(option, 'id');
    const known = held.find((candidate) => textOf(candidate, 'id') === id);
    const place: Place = at(item.path, 'pick_list_values', index, id === undefined ? 'actual_value' : 'id');
    if (id !== undefined && known === undefined) return problem('INVALID_DATA', 'invalid data', { ...place });
    const actual = textOf(option, 'actual_value');
    if (known !== undefined && actual !== undefined && actual !== textOf(known, 'actual_value')) {
      const at_ = at(item.path, 'pick_list_values', index, 'actual_value');
      return notAllowed(at_, 'actual value cannot be changed');
    }
  }
  return undefined;
}

function onlyWith(key: string): (rule: Rule) => Rule {
  return (rule) => (item) => (given(item.body, key) === undefined ? undefined : rule(item));
}

function sameJson(left: unknown, right: unknown): boolean {
  if (isObject(left) && isObject(right))
    return Object.keys(left).every((key) => sameJson(left[key], right[key]));
  return left === right;
}
