import { isObject, property, type Json } from '../../model/json.ts';
import { quote, type Finding } from '../finding.ts';
import { fold } from '../text.ts';
import {
  doubt,
  finding,
  textAt,
  valueAt,
  valueSpan,
  ofCreating,
  type FieldRule,
  type Field,
} from './field.ts';

/** About the options of a picklist. */
export const optionRules: readonly FieldRule[] = [
  ...[noneOption, optionText, defaultOption].map(ofCreating),
  repeatedOptions,
];

/** One option, with the key of its text that stands in the manifest. */
interface Option {
  readonly index: number;
  readonly display: string;
  readonly actual: string;
}

/** What Zoho shows where nothing was chosen; it adds it to plain picklists by itself (sheet §3.4). */
const none = '-None-';

function optionsOf(field: Field): Option[] {
  const values = valueAt(field, 'pick_list_values');
  if (!Array.isArray(values)) return [];
  return values.flatMap((value: Json, index): Option[] => {
    if (!isObject(value)) return [];
    const display = property(value, 'display_value');
    const actual = property(value, 'actual_value');
    return typeof display === 'string' && typeof actual === 'string' ? [{ index, display, actual }] : [];
  });
}

/** Sheet §3.4 and §5.2: "Duplicate option display_value"; upper and lower case count as the same. */
function repeatedOptions(field: Field): Finding[] {
  const problems: Finding[] = [];
  const displays = new Map<string, Option>();
  const actuals = new Map<string, Option>();
  for (const option of optionsOf(field)) {
    const { index, display, actual } = option;
    // What exists may have options that Zoho would take no more: there only the very same one is one too many.
    const sameDisplay = field.mayBeCreated ? displays.get(fold(display)) : undefined;
    const sameActual = actuals.get(field.mayBeCreated ? fold(actual) : actual);
    const same = sameDisplay ?? sameActual;
    if (same) {
      const key = sameDisplay ? 'display_value' : 'actual_value';
      const [first, second] = sameDisplay ? [same.display, display] : [same.actual, actual];
      const message =
        first === second
          ? `Option ${quote(second)} stands in the list twice (options ${same.index + 1} and ${index + 1}).`
          : `Options ${quote(first)} and ${quote(second)} are the same to Zoho, which ignores case and blanks.`;
      const span = valueSpan(field, 'pick_list_values', index, key);
      problems.push(finding(span, 'duplicate-option', message, 'Remove one of them.'));
      continue;
    }
    displays.set(fold(display), option);
    actuals.set(field.mayBeCreated ? fold(actual) : actual, option);
  }
  return problems;
}

/** Sheet §3.4: `-None-` is added by Zoho and must not be sent. Contract §2: it never counts in comparisons. */
function noneOption(field: Field): Finding[] {
  return optionsOf(field)
    .filter(({ display, actual }) => fold(display) === fold(none) || fold(actual) === fold(none))
    .map(({ index }) => {
      const message = `"${none}" is not an option of your own: Zoho adds it to every picklist by itself.`;
      const span = valueSpan(field, 'pick_list_values', index);
      return finding(span, 'none-option', message, 'Remove it from the list.');
    });
}

/** Options of one line, visible, without blanks at the ends that Zoho would drop. */
function optionText(field: Field): Finding[] {
  return optionsOf(field).flatMap(({ index, display, actual }) =>
    [...new Set([display, actual])].flatMap((text) => {
      const key = text === display ? 'display_value' : 'actual_value';
      const span = valueSpan(field, 'pick_list_values', index, key);
      if (text !== '' && text.trim() === '') {
        const message = `Option ${index + 1} holds only blanks.`;
        return [finding(span, 'empty-value', message, 'Write a text, or remove it.')];
      }
      if (/[\n\t]/u.test(text)) {
        const message = `Option ${quote(text)} contains a line break or a tab.`;
        return [finding(span, 'option-line-break', message, 'Write it on one line, with blanks.')];
      }
      if (text === text.trim()) return [];
      const message = `Option ${quote(text)} begins or ends with a blank, which Zoho may remove.`;
      return [doubt(field, span, 'option-blanks', message, 'Remove the blanks at its ends.')];
    }),
  );
}

/** Zoho names no error for it, but a default that cannot be chosen is no default; options are known by what is stored. */
function defaultOption(field: Field): Finding[] {
  const chosen = textAt(field, 'default_value');
  const options = optionsOf(field);
  if (chosen === undefined || options.length === 0 || chosen === none) return [];
  if (options.some(({ actual }) => chosen === actual)) return [];
  const shown = options.find(({ display }) => chosen === display);
  const message =
    shown === undefined
      ? `The default ${quote(chosen)} is not one of the options.`
      : `The default ${quote(chosen)} is what people see of an option; what is stored of it is ${quote(shown.actual)}.`;
  const remedy = shown === undefined ? 'Write one of the options exactly.' : `Write ${quote(shown.actual)}.`;
  return [doubt(field, valueSpan(field, 'default_value'), 'default-option', message, remedy)];
}
