import type { Json, JsonObject } from '../json.ts';

/** An answer on its way. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const ZOHO_HEADERS = {
  'content-type': 'application/json;charset=UTF-8',
  'content-disposition': 'attachment; filename=response.json',
  'cache-control': 'no-store, no-cache, must-revalidate, private',
  'content-language': 'en-US',
  server: 'ZGS',
};

/** A JSON answer under the headers that Zoho sends (sheet §6). */
export function json(status: number, body: Json): Reply {
  return { status, headers: ZOHO_HEADERS, body: JSON.stringify(body) };
}

/** 204 (sheet §2.2). */
export const empty: Reply = { status: 204, headers: {}, body: '' };

/** Zoho's envelope for a refusal of the whole request (sheet §5). */
export function refusal(status: number, code: string, message: string, details: JsonObject = {}): Reply {
  return json(status, { code, details, message, status: 'error' });
}

/** Status and message of the refusals of sheet §5.1. Messages that the sheet does not record are ours. */
const REFUSALS = {
  API_NOT_SUPPORTED: [400, 'The API is not supported in this version'],
  AUTHENTICATION_FAILURE: [401, 'Authentication failed'],
  AUTHORIZATION_FAILED: [400, 'User does not have sufficient privilege to read the organisation'],
  BAD_GATEWAY: [502, 'Bad Gateway'],
  INTERNAL_ERROR: [500, 'Internal Server Error'],
  INVALID_HOST: [400, 'The host of the request is not an API domain'],
  INVALID_MODULE: [400, 'the module name given seems to be invalid'],
  INVALID_REQUEST: [
    400,
    'unable to process your request. please verify whether you have entered proper method',
  ],
  INVALID_REQUEST_METHOD: [400, 'The http request method type is not a valid one'],
  INVALID_TOKEN: [401, 'invalid oauth token'],
  INVALID_URL_PATTERN: [404, 'Please check if the URL trying to access is a correct one'],
  METHOD_NOT_ALLOWED: [405, 'The method is not allowed for this resource'],
  NO_PERMISSION: [403, 'permission denied'],
  OAUTH_SCOPE_MISMATCH: [401, 'invalid oauth scope to access this URL'],
  REQUEST_ENTITY_TOO_LARGE: [413, 'The request is larger than allowed'],
  REQUIRED_PARAM_MISSING: [400, 'One of the expected parameter is missing'],
  SERVICE_UNAVAILABLE: [503, 'Service Unavailable'],
  TOO_MANY_REQUESTS: [429, 'Too many requests fired in concurrency or the credits are used up'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'The content type is not supported'],
} as const;

/** A refusal of sheet §5.1 by its code. */
export function refuse(code: keyof typeof REFUSALS, details: JsonObject = {}): Reply {
  const [status, message] = REFUSALS[code];
  return refusal(status, code, message, details);
}

/** Sheet §2.5. `index` counts the segments after the version: `settings` is 0, `fields` 1, the id 2. */
export const unknownId = (index: number): Reply =>
  refusal(400, 'INVALID_DATA', 'the id given seems to be invalid', { resource_path_index: index });
