import { dig, textOf } from '../json.ts';
import type { Item } from './problem.ts';
import { at, invalidData, problem, type Place, type Problem } from './problem.ts';

/**
 * As much of Zoho's formula language as its error codes ask for (sheet §5.2): brackets, the fields that take part,
 * and the functions whose parameters anyone can count. What else is wrong with an expression passes here.
 */
export function formulaProblem(item: Item): Problem | undefined {
  const expression = textOf(dig(item.body, 'formula'), 'expression');
  if (item.dataTypeName !== 'formula' || expression === undefined) return undefined;
  const place = at(item.path, 'formula', 'expression');
  return (
    bracketProblem(expression, place) ??
    fieldProblem(expression, item, place) ??
    syntaxProblem(expression, place) ??
    functionProblem(expression, place) ??
    lengthProblem(expression, item, place)
  );
}

/** Parameters of the functions that are checked, and whether they take numbers only. */
const FUNCTIONS: Readonly<Record<string, { readonly parameters: number; readonly numeric?: true }>> = {
  abs: { parameters: 1, numeric: true },
  ceil: { parameters: 1, numeric: true },
  floor: { parameters: 1, numeric: true },
  sqrt: { parameters: 1, numeric: true },
  len: { parameters: 1 },
  lower: { parameters: 1 },
  upper: { parameters: 1 },
  if: { parameters: 3 },
};

/** A dynamic formula's expression; Zoho documents the error, not the number. */
const DYNAMIC_LENGTH = 2000;

function bracketProblem(expression: string, place: Place): Problem | undefined {
  const open: string[] = [];
  const pairs: Readonly<Record<string, string>> = { ')': '(', '}': '{' };
  for (const sign of expression.replaceAll(/'[^']*'|"[^"]*"/g, '')) {
    if (sign === '(' || sign === '{') open.push(sign);
    const opening = pairs[sign];
    if (opening !== undefined && open.pop() !== opening) open.push('mismatch', 'mismatch');
  }
  return open.length === 0
    ? undefined
    : problem('MISSING_BRACES', 'missing braces in expression', { ...place });
}

function fieldProblem(expression: string, { module }: Item, place: Place): Problem | undefined {
  const names = Array.from(
    expression.matchAll(/\$\{([^}]*)\}/g),
    (match) => match[1]?.split('.').at(-1) ?? '',
  );
  const missing = names.find((name) => !module.fields.some((field) => field.api_name === name));
  if (missing === undefined) return undefined;
  return problem('PARTICIPATING_FIELD_NOT_FOUND', 'participating field not found', { ...place });
}

function syntaxProblem(expression: string, place: Place): Problem | undefined {
  if (expression.trim() === '') return invalidData(place, { minimum_length: 1 });
  const isBroken = /[+*/]\s*[+*/]|[-+*/,]\s*$|^\s*[+*/,]|\(\s*,|,\s*\)/.test(expression);
  return isBroken ? problem('SYNTAX_ERROR', 'Formula expression has syntax error', { ...place }) : undefined;
}

function functionProblem(expression: string, place: Place): Problem | undefined {
  for (const { name, parameters } of callsIn(expression)) {
    const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (known === undefined) continue;
    if (parameters.length !== known.parameters) {
      return problem('INCORRECT_NUMBER_OF_PARAM', 'incorrect number of parameters', { ...place });
    }
    if (known.numeric === true && parameters.some((parameter) => /^['"]/.test(parameter.trim()))) {
      return problem('INCORRECT_DATA_TYPE_PARAM', 'incorrect data type of a parameter', { ...place });
    }
  }
  return undefined;
}

function lengthProblem(expression: string, { body }: Item, place: Place): Problem | undefined {
  if (dig(body, 'formula', 'dynamic') !== true || expression.length <= DYNAMIC_LENGTH) return undefined;
  const details = { ...place, maximum_length: DYNAMIC_LENGTH };
  return problem('DYNAMIC_EXPRESSION_LENGTH_EXCEEDED', 'dynamic expression is too long', details);
}

interface FunctionCall {
  readonly name: string;
  readonly parameters: readonly string[];
}

/** Every `name(…)` with its parameters, split at the commas of its own level. */
function callsIn(expression: string): readonly FunctionCall[] {
  return Array.from(expression.matchAll(/([A-Za-z]\w*)\s*\(/g), (match) => ({
    name: (match[1] ?? '').toLowerCase(),
    parameters: parametersFrom(expression.slice(match.index + match[0].length)),
  }));
}

function parametersFrom(rest: string): readonly string[] {
  const parameters = [''];
  let depth = 0;
  for (const [part] of rest.matchAll(/'[^']*'|"[^"]*"|[^]/g)) {
    if (part === ')' && depth === 0) break;
    if (part === '(') depth += 1;
    if (part === ')') depth -= 1;
    if (part === ',' && depth === 0) parameters.push('');
    else parameters.push(`${parameters.pop() ?? ''}${part}`);
  }
  return parameters.length === 1 && parameters[0]?.trim() === '' ? [] : parameters;
}
