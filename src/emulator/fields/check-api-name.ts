import { textOf } from '../json.ts';
import { API_NAME_LENGTH } from './derive-api-name.ts';
import { placeOf, type Item, type Rule } from './item.ts';
import { holdsApiName, isReservedApiName } from './names.ts';
import { duplicate, invalidData, problem } from './problem.ts';

/** The API name that the body asks for, where this Zoho listens (sheet §3.6 a). */
export function requestedApiName({ body, zoho }: Item): string | undefined {
  return zoho.switches.apiNameInBody === 'honour' ? textOf(body, 'api_name') : undefined;
}

/** A letter first, no two underscores in a row, none at the end (sheet §3.6 b). */
const API_NAME = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;

/** The rules for a requested API name (sheet §3.3, §3.6). */
export const apiNameRules: readonly Rule[] = [
  (item) => {
    const name = requestedApiName(item);
    if (name === undefined) return undefined;
    const place = placeOf(item, 'api_name');
    if (name.length > API_NAME_LENGTH) return invalidData(place, { maximum_length: API_NAME_LENGTH });
    return API_NAME.test(name) ? undefined : invalidData(place);
  },
  (item) => {
    const name = requestedApiName(item);
    if (name === undefined || !holdsApiName(item, name)) return undefined;
    return duplicate(placeOf(item, 'api_name'), 'API NAME DUPLICATE');
  },
  (item) => {
    const name = requestedApiName(item);
    if (name === undefined || !isReservedApiName(name)) return undefined;
    const place = placeOf(item, 'api_name');
    return problem('RESERVED_KEYWORD_NOT_ALLOWED', 'System keyword not allowed in api name', { ...place });
  },
];
