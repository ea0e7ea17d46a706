/**
 * Zoho's codes of refusals (sheet §5). Only these say that nothing was done; any other denial is an answer that was lost
 * (contract §9).
 */

/** Refusals of the request as such: no field of it would fare better alone (sheet §5.1). */
const OF_THE_REQUEST: ReadonlySet<string> = new Set([
  'API_NOT_SUPPORTED',
  'FIELD_LIMIT_EXCEEDED',
  'INVALID_HOST',
  'INVALID_MODULE',
  'INVALID_REQUEST',
  'INVALID_REQUEST_METHOD',
  'INVALID_URL_PATTERN',
  'LIMIT_EXCEEDED',
  'METHOD_NOT_ALLOWED',
  'REQUEST_ENTITY_TOO_LARGE',
  'REQUIRED_PARAM_MISSING',
  'UNSUPPORTED_MEDIA_TYPE',
]);

/** Refusals of the one who asks, or of how often (sheet §5.1). */
const OF_ACCESS: ReadonlySet<string> = new Set([
  'AUTHENTICATION_FAILURE',
  'AUTHORIZATION_FAILED',
  'INVALID_TOKEN',
  'NO_PERMISSION',
  'OAUTH_SCOPE_MISMATCH',
  'TOO_MANY_REQUESTS',
]);

/** Refusals of one field (sheet §5.2). */
const OF_A_FIELD: ReadonlySet<string> = new Set([
  'ALREADY_USED',
  'AMBIGUITY_DURING_PROCESSING',
  'DEPENDENT_FIELD_MISSING',
  'DEPENDENT_MISMATCH',
  'DUPLICATE_DATA',
  'DYNAMIC_EXPRESSION_LENGTH_EXCEEDED',
  'EXPECTED_DEPENDENT_FIELD_MISSING',
  'EXPECTED_FIELD_MISSING',
  'FEATURE_NOT_ENABLED',
  'FEATURE_NOT_SUPPORTED',
  'INCORRECT_DATA_TYPE_PARAM',
  'INCORRECT_NUMBER_OF_PARAM',
  'INVALID_DATA',
  'MANDATORY_NOT_FOUND',
  'MISSING_BRACES',
  'NOT_ALLOWED',
  'NOT_SUPPORTED',
  'PARTICIPATING_FIELD_NOT_FOUND',
  'PROPERTY_LOCKED',
  'RESERVED_KEYWORD_NOT_ALLOWED',
  'SYNTAX_ERROR',
]);

/** True where Zoho documents the code as a refusal. */
export function isDocumented(code: string): boolean {
  return OF_THE_REQUEST.has(code) || OF_ACCESS.has(code) || OF_A_FIELD.has(code);
}

/** True where the whole request was at fault, and none of its fields. */
export function isOfTheRequest(code: string): boolean {
  return OF_THE_REQUEST.has(code);
}
