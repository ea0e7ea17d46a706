import { json, type Reply } from '../http/exchange.ts';
import type { JsonObject } from '../json.ts';

/** Zoho's envelope for a refusal of the whole request (sheet §5). */
export function refusal(status: number, code: string, message: string, details: JsonObject = {}): Reply {
  return json(status, { code, details, message, status: 'error' });
}

/* The refusals of sheet §5.1 and §2.5, by their code. Messages that the sheet does not record are ours. */

export const authenticationFailure = (): Reply =>
  refusal(401, 'AUTHENTICATION_FAILURE', 'Authentication failed');

export const invalidToken = (): Reply => refusal(401, 'INVALID_TOKEN', 'invalid oauth token');

export const scopeMismatch = (status: number): Reply =>
  refusal(status, 'OAUTH_SCOPE_MISMATCH', 'invalid oauth scope to access this URL');

export const noPermission = (): Reply =>
  refusal(403, 'NO_PERMISSION', 'permission denied', { permissions: ['Crm_Implied_Customize_Zoho_CRM'] });

export const authorizationFailed = (): Reply =>
  refusal(400, 'AUTHORIZATION_FAILED', 'User does not have sufficient privilege to read the organisation');

export const tooManyRequests = (): Reply =>
  refusal(429, 'TOO_MANY_REQUESTS', 'Too many requests fired in concurrency or the credits are used up');

export const internalError = (): Reply => refusal(500, 'INTERNAL_ERROR', 'Internal Server Error');

export const invalidUrlPattern = (): Reply =>
  refusal(404, 'INVALID_URL_PATTERN', 'Please check if the URL trying to access is a correct one');

export const invalidMethod = (): Reply =>
  refusal(400, 'INVALID_REQUEST_METHOD', 'The http request method type is not a valid one');

export const methodNotAllowed = (): Reply =>
  refusal(405, 'METHOD_NOT_ALLOWED', 'The method is not allowed for this resource');

export const invalidRequest = (): Reply =>
  refusal(
    400,
    'INVALID_REQUEST',
    'unable to process your request. please verify whether you have entered proper method',
  );

export const apiNotSupported = (): Reply =>
  refusal(400, 'API_NOT_SUPPORTED', 'The API is not supported in this version', { supported_version: 8 });

export const invalidHost = (): Reply =>
  refusal(400, 'INVALID_HOST', 'The host of the request is not an API domain');

export const entityTooLarge = (): Reply =>
  refusal(413, 'REQUEST_ENTITY_TOO_LARGE', 'The request is larger than allowed');

export const unsupportedMediaType = (): Reply =>
  refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'The content type is not supported');

export const paramMissing = (name: string): Reply =>
  refusal(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', { param_name: name });

export const invalidModule = (): Reply =>
  refusal(400, 'INVALID_MODULE', 'the module name given seems to be invalid');

/** `index` counts the segments after the version: `settings` is 0, `fields` 1, the id 2. */
export const unknownId = (index: number): Reply =>
  refusal(400, 'INVALID_DATA', 'the id given seems to be invalid', { resource_path_index: index });
