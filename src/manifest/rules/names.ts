import { count } from '../../model/count.ts';
import { labelLimits, labelPattern, reservedLabels, reservedApiNames } from '../../model/data-types.ts';
import { quote, type Finding, excerpt, list } from '../finding.ts';
import { doubt, finding, textAt, valueSpan, type Field, keyAt, ofCreating, type FieldRule } from './field.ts';

/** About labels, API names, and the name of a field of leads. */
export const nameRules: readonly FieldRule[] = [
  ...[labelCharacters, labelBlanks, longLabel, reservedLabel, reservedApiName].map(ofCreating),
  mapsFromLead,
];

const allowed = new RegExp(labelPattern, 'u');

/** How a reader can recognise a character that may look like another one. */
function describe(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  if (/\s/u.test(character)) return `the blank U+${code}`;
  return `"${character}" (U+${code})`;
}

function characters(label: string): string[] {
  const wrong = Array.from(label).filter((character) => !allowed.test(character));
  return [...new Set(wrong)].map(describe);
}

/** Sheet §3.5: what Zoho refuses in labels ("Special characters in field label"). */
function labelCharacters(field: Field): Finding[] {
  const label = textAt(field, 'field_label');
  if (label === undefined) return [];
  const wrong = characters(label);
  if (wrong.length === 0) return [];
  const message = `The label ${quote(label)} contains ${wrong.slice(0, 5).join(', ')}, which Zoho does not allow in labels.`;
  const remedy = "Use letters and digits of any script, blanks, and . ( ) （ ） % / - _ ' ? & only.";
  return [finding(valueSpan(field, 'field_label'), 'label-characters', message, remedy)];
}

/** Zoho trims labels; then the field would not have the label that was declared. */
function labelBlanks(field: Field): Finding[] {
  const label = textAt(field, 'field_label');
  if (label === undefined || label === '') return [];
  const span = valueSpan(field, 'field_label');
  if (label.trim() === '') {
    const message = '"field_label" holds only blanks.';
    return [finding(span, 'empty-value', message, 'Write the name that people see.')];
  }
  if (label.trim() !== label) {
    const message = `The label ${quote(label)} begins or ends with a blank.`;
    return [finding(span, 'label-blanks', message, 'Remove the blanks at its ends.')];
  }
  if (!label.includes('  ')) return [];
  const message = `The label ${quote(label)} contains several blanks in a row; people will not see the difference.`;
  return [doubt(field, span, 'label-blanks', message, 'Write one blank.')];
}

/** Sheet §3.5: Zoho's sources disagree about the longest label; all of them accept 25 characters. */
function longLabel(field: Field): Finding[] {
  const label = textAt(field, 'field_label');
  if (label === undefined) return [];
  const { length } = Array.from(label);
  if (length <= labelLimits.safe || length > labelLimits.max) return [];
  const message = `The label has ${count(length, 'character')}; parts of Zoho's documentation allow only ${labelLimits.safe}.`;
  const remedy = 'Shorten it if Zoho refuses it; up to 50 characters usually work.';
  return [doubt(field, valueSpan(field, 'field_label'), 'label-long', message, remedy)];
}

const simplify = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[\s_]+/gu, ' ')
    .trim();
const systemLabels = new Map(reservedLabels.map((word) => [simplify(word), word]));
const systemNames = new Map(reservedApiNames.map((word) => [simplify(word), word]));

/** Sheet §3.5: "System keyword not allowed in field label". */
function reservedLabel(field: Field): Finding[] {
  const word = systemLabels.get(simplify(textAt(field, 'field_label') ?? ''));
  if (word === undefined) return [];
  const message = `Zoho keeps the label "${word}" for itself.`;
  const remedy = `Write a longer label, such as "Partner ${word}".`;
  return [finding(valueSpan(field, 'field_label'), 'reserved-label', message, remedy)];
}

/** Sheet §3.5, §5.2: "System keyword not allowed in api name". */
function reservedApiName(field: Field): Finding[] {
  const word = systemNames.get(simplify(textAt(field, 'api_name') ?? ''));
  if (word === undefined) return [];
  const message = `Zoho keeps the API name "${word}" for itself.`;
  const remedy = 'Write another name; or "create: false" if you mean the field that Zoho made.';
  return [finding(valueSpan(field, 'api_name'), 'reserved-api-name', message, remedy)];
}

/** What a lead is converted into (sheet §2.3, `convert_mapping`). */
const converted: readonly string[] = ['Accounts', 'Contacts', 'Deals'];

/** Only records that a lead turns into can be filled from it. */
function mapsFromLead(field: Field): Finding[] {
  if (textAt(field, 'maps_from') === undefined || converted.includes(field.module)) return [];
  const message = `No lead is converted into a record of ${excerpt(field.module)}, so nothing can be mapped to its fields.`;
  const remedy = `Remove "maps_from"; it is for fields of ${list([...converted], 'and')}.`;
  return [finding(keyAt(field, 'maps_from'), 'maps-from-module', message, remedy)];
}
