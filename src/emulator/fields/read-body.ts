import type { Call } from '../crm/call.ts';
import { entityTooLarge, refusal, unsupportedMediaType } from '../crm/refusals.ts';
import type { Reply } from '../http/exchange.ts';
import { given, isList, type Json } from '../json.ts';
import { at, invalidData, wrongType, type Problem } from './problem.ts';

/**
 * Step 8 of the checks: JSON with a list `fields` of 1 to 5 items. The pages' own curl samples send JSON as a form
 * and without a type, so only types that cannot be meant as JSON are refused.
 */
export function readItems(call: Call, most: number): readonly Json[] | Reply {
  const { request, zoho } = call;
  if (request.tooLarge) return entityTooLarge();
  if (/xml|html|multipart|octet-stream|image/i.test(request.headers['content-type'] ?? ''))
    return unsupportedMediaType();
  const place = at('$', 'fields');
  const items = given(parse(request.body.toString('utf8')), 'fields');
  if (!isList(items)) return flat(wrongType(place, 'jsonarray'));
  if (items.length === 0) return flat(invalidData(place, { minimum_length: 1 }));
  if (items.length <= most) return items;
  const tooMany = invalidData(place, { maximum_length: most });
  return flat({ ...tooMany, code: zoho.switches.tooManyFieldsCode });
}

/** A problem of one item as the answer to the whole request. */
export function flat(problem: Problem): Reply {
  return refusal(problem.status, problem.code, problem.message, problem.details);
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
