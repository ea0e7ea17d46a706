import { isObject } from '../../model/json.ts';
import { CUSTOM_FIELDS, EVERY_EDITION, MOST_MULTI_LOOKUPS } from '../../model/limits.ts';
import { excerpt, list, quote } from '../finding.ts';
import type { Finding, Span } from '../finding.ts';
import { doubt, finding, fold, keyAt, nameOf, textAt, valueAt, valueSpan } from './field.ts';
import type { Field } from './field.ts';

/** What only shows when the fields of one module are seen together. */

/** A field with its place in the list. */
interface Item {
  readonly field: Field;
  readonly index: number;
}

/**
 * Two fields with one name; sheet §3.5, §5.2 (`DUPLICATE_DATA`). Case does not count where one of them would have to be
 * created, and there it is that one which cannot stay. Fields that exist may have names that differ only in case, and
 * labels that do not differ at all.
 */
function repeated(
  fields: readonly Field[],
  key: 'api_name' | 'field_label',
  code: string,
  what: string,
): Finding[] {
  const alike = new Map<string, Item>();
  const same = new Map<string, Item>();
  const problem = (wrong: Item, other: Item, [first, second]: readonly [Item, Item]): Finding => {
    const [name, otherName] = [textAt(wrong.field, key) ?? '', textAt(other.field, key) ?? ''];
    const difference =
      otherName === name ? '' : `; ${quote(otherName)} and ${quote(name)} are the same to Zoho`;
    const message = `Two fields of this module have the ${what} ${quote(name)}: items ${first.index + 1} and ${second.index + 1} of "fields"${difference}.`;
    const remedy =
      key === 'api_name' ? 'Remove one of them, or give it another name.' : 'Give one of them another label.';
    return finding(valueSpan(wrong.field, key), code, message, remedy);
  };
  return fields.flatMap((field, index) => {
    const name = textAt(field, key);
    if (name === undefined || name.trim() === '') return [];
    const item = { field, index };
    const first = alike.get(fold(name));
    const twin = key === 'api_name' ? same.get(name) : undefined;
    if (first === undefined) alike.set(fold(name), item);
    if (twin === undefined) same.set(name, item);
    const other = twin ?? first;
    if (other === undefined) return [];
    if (twin !== undefined || field.mayBeCreated) return [problem(item, other, [other, item])];
    return other.field.mayBeCreated ? [problem(other, item, [other, item])] : [];
  });
}

export function repeatedApiNames(fields: readonly Field[]): Finding[] {
  return repeated(fields, 'api_name', 'duplicate-api-name', 'API name');
}

export function repeatedLabels(fields: readonly Field[]): Finding[] {
  return repeated(fields, 'field_label', 'duplicate-label', 'label');
}

/**
 * Those that are too many, if at least one of them would have to be created. Fields with `create: false` exist already, so
 * they are the first to count: what the module has takes away from what it can get.
 */
function beyond(fields: readonly Field[], limit: number): readonly Field[] {
  const existing = fields.filter((field) => !field.mayBeCreated);
  const wanted = fields.filter((field) => field.mayBeCreated);
  return wanted.slice(Math.max(0, limit - existing.length));
}

/** Sheet §3.1: two unique fields per module, in every edition. */
export function tooManyUnique(fields: readonly Field[]): Finding[] {
  const unique = fields.filter((field) => isObject(valueAt(field, 'unique')));
  return beyond(unique, EVERY_EDITION.unique).map((field) => {
    const message = `A module has at most ${EVERY_EDITION.unique} unique fields; this file declares ${unique.length} (${names(unique)}).`;
    return finding(
      keyAt(field, 'unique'),
      'too-many-unique',
      message,
      'Remove "unique" from all but two fields.',
    );
  });
}

/** Sheet §3.1: one auto-number per module. */
export function tooManyAutoNumbers(fields: readonly Field[]): Finding[] {
  const numbers = fields.filter((field) => field.type?.name === 'autonumber');
  return beyond(numbers, EVERY_EDITION.autonumber).map((field) => {
    const message = `A module has at most one auto-number; this file declares ${numbers.length} (${names(numbers)}).`;
    return finding(valueSpan(field, 'data_type'), 'too-many-autonumbers', message, 'Keep one of them.');
  });
}

function names(fields: readonly Field[]): string {
  const shown = fields.slice(0, 5).map((field) => excerpt(nameOf(field)));
  return list(fields.length > shown.length ? [...shown, '…'] : shown);
}

/** Sheet §7: limits of editions, which Zoho changes; so they are only doubts. */
export function unlikelyMany(fields: readonly Field[]): Finding[] {
  const created = fields.filter((field) => field.mayBeCreated);
  const lookups = created.filter((field) => field.type?.name === 'multiselectlookup');
  const problems: Finding[] = [];
  const over = created[CUSTOM_FIELDS.most];
  if (over) {
    const message = `A module has at most ${CUSTOM_FIELDS.most} custom fields in Zoho's largest edition; this file declares ${created.length}.`;
    problems.push(
      doubt(over, headOf(over), 'many-fields', message, 'Declare only the fields that are needed.'),
    );
  }
  const lookup = lookups[MOST_MULTI_LOOKUPS];
  if (lookup) {
    const message = `Zoho allows ${MOST_MULTI_LOOKUPS} multi-select lookups per module; this file declares ${lookups.length}.`;
    problems.push(
      doubt(
        lookup,
        valueSpan(lookup, 'data_type'),
        'many-lookups',
        message,
        'Expect Zoho to refuse some of them.',
      ),
    );
  }
  return problems;
}

function headOf(field: Field): Span {
  return keyAt(field, 'api_name');
}

/** Sheet §5.2: "Linking Module label is already Exist." */
export function repeatedLinkingModules(fields: readonly Field[]): Finding[] {
  const known = new Set<string>();
  return fields.flatMap((field) => {
    const label = textAt(field, 'multiselectlookup', 'linking_details', 'module', 'plural_label');
    if (!field.mayBeCreated || label === undefined) return [];
    if (!known.has(fold(label))) {
      known.add(fold(label));
      return [];
    }
    const span = valueSpan(field, 'multiselectlookup', 'linking_details', 'module', 'plural_label');
    const message = `Two multi-select lookups call their linking module ${quote(label)}.`;
    return [finding(span, 'duplicate-linking-module', message, 'Give each one its own plural_label.')];
  });
}
