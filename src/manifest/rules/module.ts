import { isObject } from '../../model/json.ts';
import { CUSTOM_FIELDS, EVERY_EDITION, MOST_MULTI_LOOKUPS } from '../../model/limits.ts';
import { excerpt, list, quote, type Finding, type Span, type Lines } from '../finding.ts';
import { fold } from '../text.ts';
import { doubt, finding, keyAt, nameOf, textAt, valueAt, valueSpan, type Field } from './field.ts';

/** What only shows when all fields of one module are seen together. */
export const moduleRules: readonly ((fields: readonly Field[]) => readonly Finding[])[] = [
  (fields) => repeated(fields, 'api_name', 'duplicate-api-name', 'API name'),
  (fields) => repeated(fields, 'field_label', 'duplicate-label', 'label'),
  repeatedLinkingModules,
  tooManyUnique,
  tooManyAutoNumbers,
  unlikelyMany,
];

/** What only shows when all modules of a file are seen together. */
export const fileRules: readonly ((
  modules: readonly DeclaredModule[],
  lines: Lines,
) => readonly Finding[])[] = [repeatedModules, repeatedRelatedLists];

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
function tooManyUnique(fields: readonly Field[]): Finding[] {
  const unique = fields.filter((field) => isObject(valueAt(field, 'unique')));
  return beyond(unique, EVERY_EDITION.unique).map((field) => {
    const message = `A module has at most ${EVERY_EDITION.unique} unique fields; this file declares ${unique.length} (${names(unique)}).`;
    const remedy = 'Remove "unique" from all but two fields.';
    return finding(keyAt(field, 'unique'), 'too-many-unique', message, remedy);
  });
}

/** Sheet §3.1: one auto-number per module. */
function tooManyAutoNumbers(fields: readonly Field[]): Finding[] {
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
function unlikelyMany(fields: readonly Field[]): Finding[] {
  const created = fields.filter((field) => field.mayBeCreated);
  const lookups = created.filter((field) => field.type?.name === 'multiselectlookup');
  const [over, lookup] = [created[CUSTOM_FIELDS.most], lookups[MOST_MULTI_LOOKUPS]];
  const problems: Finding[] = [];
  if (over) {
    const message = `A module has at most ${CUSTOM_FIELDS.most} custom fields in Zoho's largest edition; this file declares ${created.length}.`;
    const remedy = 'Declare only the fields that are needed.';
    problems.push(doubt(over, keyAt(over, 'api_name'), 'many-fields', message, remedy));
  }
  if (lookup) {
    const message = `Zoho allows ${MOST_MULTI_LOOKUPS} multi-select lookups per module; this file declares ${lookups.length}.`;
    const remedy = 'Expect Zoho to refuse some of them.';
    problems.push(doubt(lookup, valueSpan(lookup, 'data_type'), 'many-lookups', message, remedy));
  }
  return problems;
}

/** Sheet §5.2: "Linking Module label is already Exist." */
function repeatedLinkingModules(fields: readonly Field[]): Finding[] {
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

/** A document, as far as the rules for files need it. */
export interface DeclaredModule {
  readonly name: string;
  readonly fields: readonly Field[];
  /** Where the name is written; absent where there is none. */
  readonly nameSpan?: Span;
}

/** Contract §2: one document per module. */
function repeatedModules(modules: readonly DeclaredModule[], lines: Lines): Finding[] {
  const first = new Map<string, Span>();
  return modules.flatMap(({ name, nameSpan }) => {
    if (!nameSpan || name === '') return [];
    const same = first.get(name.toLowerCase());
    if (!same) {
      first.set(name.toLowerCase(), nameSpan);
      return [];
    }
    const message = `The module ${quote(name)} is declared twice: on line ${lines.at(same.start).line} and on line ${lines.at(nameSpan.start).line}.`;
    return [finding(nameSpan, 'duplicate-module', message, 'Move its fields into one document.')];
  });
}

/**
 * Sheet §5.2: "Duplicate related list name". Two lookups that point to the same module need different titles there. Where
 * a title is only the default (contract §2: the module's name), Zoho may still find another one; so that is a doubt.
 */
function repeatedRelatedLists(modules: readonly DeclaredModule[]): Finding[] {
  const first = new Map<string, boolean>();
  return modules.flatMap(({ name, fields }) =>
    fields.flatMap((field) => {
      const target = textAt(field, 'lookup', 'module', 'api_name');
      if (!field.mayBeCreated || field.type?.name !== 'lookup' || target === undefined) return [];
      const written = textAt(field, 'lookup', 'display_label');
      const title = written ?? name;
      const key = `${target} ${title}`.toLowerCase();
      const wasWritten = first.get(key);
      if (wasWritten === undefined) {
        first.set(key, written !== undefined);
        return [];
      }
      const message = `Two lookups give ${excerpt(target)} a related list with the title ${quote(title)}.`;
      const remedy = `Write another title: "lookup: { module: { api_name: ${excerpt(target)} }, display_label: … }".`;
      const span =
        field.tree.entries?.get('display_label')?.tree.span ?? valueSpan(field, 'lookup', 'display_label');
      return wasWritten && written !== undefined
        ? [finding(span, 'duplicate-related-list', message, remedy)]
        : [doubt(field, span, 'duplicate-related-list', message, remedy)];
    }),
  );
}
