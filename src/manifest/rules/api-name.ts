import { reservedApiNames } from '../../model/data-types.ts';
import type { Problem } from '../problem.ts';
import { finding, textAt, valueSpan } from './field.ts';
import type { Field } from './field.ts';

const simplify = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[\s_]+/gu, ' ')
    .trim();
const reserved = new Map(reservedApiNames.map((word) => [simplify(word), word]));

/** Sheet §3.5, §5.2: "System keyword not allowed in api name". */
export function reservedApiName(field: Field): Problem[] {
  const name = textAt(field, 'api_name');
  const word = name === undefined ? undefined : reserved.get(simplify(name));
  if (!field.mayBeCreated || word === undefined) return [];
  const message = `Zoho keeps the API name "${word}" for itself.`;
  const remedy = 'Write another name; or "create: false" if you mean the field that Zoho made.';
  return [finding(valueSpan(field, 'api_name'), 'reserved-api-name', message, remedy)];
}
