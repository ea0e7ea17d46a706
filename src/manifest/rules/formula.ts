import { isObject } from '../../model/json.ts';
import { quote, type Finding } from '../finding.ts';
import {
  doubt,
  finding,
  keyAt,
  textAt,
  valueAt,
  valueSpan,
  ofCreating,
  type FieldRule,
  type Field,
} from './field.ts';

/** What a formula says of itself, without knowing the fields that take part in it. */
export const formulaRules: readonly FieldRule[] = [formulaFilter, formulaExpressions, formulaWithoutType].map(
  ofCreating,
);

/** Sheet §3.3: text can be filtered by, except where a formula computes it. */
function formulaFilter(field: Field): Finding[] {
  if (field.type?.name !== 'formula' || valueAt(field, 'filterable') === undefined) return [];
  if (textAt(field, 'formula', 'return_type') !== 'text') return [];
  const message = 'A formula that returns text takes no "filterable": Zoho never offers it in filters.';
  return [finding(keyAt(field, 'filterable'), 'key-not-for-type', message, 'Remove "filterable".')];
}

/** Sheet §5.2: `MISSING_BRACES`, and `INVALID_DATA` for an expression of nothing. */
function formulaExpressions(field: Field): Finding[] {
  if (field.type?.name !== 'formula') return [];
  return ['expression', 'stop_compute_expression'].flatMap((key) => {
    const expression = textAt(field, 'formula', key) ?? '';
    const span = valueSpan(field, 'formula', key);
    if (expression !== '' && expression.trim() === '')
      return [finding(span, 'empty-value', `"${key}" holds only blanks.`, 'Write an expression.')];
    const lone = loneBracket(expression);
    if (lone === undefined) return [];
    const where = `The ${quote(lone.sign)} at character ${lone.at + 1} of "${key}"`;
    const message = lone.isOpening ? `${where} is never closed.` : `${where} closes nothing that is open.`;
    const remedy = 'Let each ( have its ), and each { its }; those in quotes do not count.';
    return [
      isCertain(expression)
        ? finding(span, 'formula-brackets', message, remedy)
        : doubt(field, span, 'formula-brackets', message, remedy),
    ];
  });
}

/** Sheet §3.4 does not ask for it, and §4.1 says that nobody can change it. */
function formulaWithoutType(field: Field): Finding[] {
  if (!isObject(valueAt(field, 'formula'))) return [];
  if (valueAt(field, 'formula', 'return_type') !== undefined) return [];
  const message = '"formula" does not say what it returns: Zoho then decides, once and for ever.';
  const remedy = 'Write, for instance, "return_type: double".';
  return [doubt(field, keyAt(field, 'formula'), 'formula-type', message, remedy)];
}

/** Texts inside an expression; what stands in them is no bracket of the formula's. */
const literals = /"[^"]*"|'[^']*'/gu;

/** How Zoho reads a backslash in a text, or a quote that is left open, no source says. */
function isCertain(expression: string): boolean {
  return !/["'\\]/u.test(expression.replaceAll(literals, (text) => (text.includes('\\') ? text : '')));
}

/** A bracket of an expression, and where it stands. */
interface Bracket {
  readonly sign: string;
  readonly at: number;
  readonly isOpening: boolean;
}

const partners: Readonly<Record<string, string>> = { ')': '(', '}': '{' };

/** A bracket without its partner. */
function loneBracket(expression: string): Bracket | undefined {
  const open: Bracket[] = [];
  const blanked = expression.replaceAll(literals, (text) => ' '.repeat(text.length));
  for (const { 0: sign, index: at } of blanked.matchAll(/[(){}]/gu)) {
    const partner = partners[sign];
    if (partner === undefined) open.push({ sign, at, isOpening: true });
    else if (open.at(-1)?.sign === partner) open.pop();
    else return open.at(-1) ?? { sign, at, isOpening: false };
  }
  return open.at(-1);
}
