import { property } from '../model/json.ts';
import { problem, type Problem, type ProblemKind } from '../model/problem.ts';
import { envelope, notZoho, overloaded, type Answer, type Envelope } from './http/answer.ts';

/** What was asked for, for the wording. */
interface CallContext {
  /** API name of the module, where the call is about one. */
  readonly module?: string;
  /** The scope that the call needs beside the catch-all of the users' guide (sheet §1.6). */
  readonly scope: string;
}

/**
 * The expected failure that a refusing answer of the API stands for (sheet §5.1).
 * @returns `undefined` for an answer that is not a refusal of the whole request.
 */
export function apiProblem(answer: Answer, context: CallContext): Problem | undefined {
  if (answer.status >= 500) return overloaded(answer);
  if (answer.flaw !== undefined || (answer.status >= 300 && answer.status < 400)) return notZoho(answer);
  const error = envelope(answer.json);
  if (error === undefined && answer.status < 400) return undefined;
  if (answer.status === 429 || SERVER_FAULTS.has(error?.code ?? '')) return overloaded(answer);
  return error === undefined ? unexplained(answer) : explain(error, answer, context);
}

/** Of the server, whatever status they come under (sheet §5.1). */
const SERVER_FAULTS: ReadonlySet<string> = new Set(['INTERNAL_ERROR', 'BAD_GATEWAY', 'SERVICE_UNAVAILABLE']);

function explain(error: Envelope, { status, host }: Answer, context: CallContext): Problem {
  const said = ` (Zoho's answer: ${error.code}, HTTP ${status}${error.message === '' ? '' : `, "${error.message}"`}.)`;
  const denied = status === 401 || status === 403;
  const words = property(WORDS, error.code) ?? (denied ? property(WORDS, 'NO_PERMISSION') : undefined);
  const { kind, what, remedy } = words ?? UNKNOWN;
  const told = typeof what === 'string' ? what : what({ host, ...context }, error);
  return problem(kind, kebab(error.code), told + said, remedy);
}

interface Words {
  readonly kind: ProblemKind;
  readonly what: string | ((context: CallContext & { readonly host: string }, error: Envelope) => string);
  readonly remedy: string;
}

const NEW_TOKEN =
  'Run "zoho-fields auth login" for a new refresh token with that scope: scopes cannot be added to an issued one.';

const UNKNOWN: Words = {
  kind: 'failed',
  what: 'Zoho refused the request.',
  remedy: 'Correct what Zoho names, then try again.',
};

const WORDS: Readonly<Record<string, Words>> = {
  AUTHENTICATION_FAILURE: {
    kind: 'credentials',
    what: ({ host }) =>
      `${host} finds no access token in the request that it knows. Likely causes, in this order: a proxy removes the Authorization header; the API at ${host} belongs to another data centre or environment (sandbox, production) than the credentials; the token was forgotten there.`,
    remedy:
      'Check ZOHO_DC, ZOHO_API_URL and the proxy; if they are right, run "zoho-fields auth login" for a new refresh token.',
  },
  INVALID_TOKEN: {
    kind: 'credentials',
    what: ({ host }) =>
      `Zoho does not accept the access token, not even a fresh one. Likely causes, in this order: the API at ${host} belongs to another data centre or environment (sandbox, production) than the credentials; other jobs with the same refresh token push each other's tokens out.`,
    remedy:
      'Check ZOHO_DC and ZOHO_API_URL. A refresh token opens only the organisation and environment that was chosen when it was made.',
  },
  OAUTH_SCOPE_MISMATCH: {
    kind: 'credentials',
    what: ({ scope }) =>
      `The refresh token was made without a scope that this needs: ${scope} (or ZohoCRM.settings.ALL).`,
    remedy: NEW_TOKEN,
  },
  NO_PERMISSION: {
    kind: 'credentials',
    what: (_, error) => {
      const permissions = property(error.details, 'permissions');
      const named = Array.isArray(permissions)
        ? permissions.filter((one) => typeof one === 'string').join(', ')
        : '';
      return `The Zoho user behind the refresh token may not do this${named === '' ? '' : `: the permission ${named} is missing`}.`;
    },
    remedy:
      'In Zoho open Setup > Security Control > Profiles, and give the user\'s profile "Customize Zoho CRM"; or make the refresh token as an administrator.',
  },
  AUTHORIZATION_FAILED: {
    kind: 'credentials',
    what: 'The Zoho user behind the refresh token is not authorised for this.',
    remedy: 'Make the refresh token as an administrator of the organisation.',
  },
  INVALID_MODULE: {
    kind: 'failed',
    what: ({ module }) =>
      `This organisation has no module with the API name ${module ?? ''}, or the API does not offer it.`,
    remedy:
      'Look the name up in Zoho: Setup > Developer Space > APIs > API names. It is case-sensitive and is not the label of the tab.',
  },
  REQUIRED_PARAM_MISSING: {
    kind: 'failed',
    what: 'A parameter was lost on the way to Zoho.',
    remedy: 'Check whether a proxy rewrites addresses.',
  },
  INVALID_HOST: {
    kind: 'configuration',
    what: ({ host }) => `${host} is not the address of Zoho's API.`,
    remedy: 'Take ZOHO_API_URL out, or set it to https://www.zohoapis. and the ending of your data centre.',
  },
  INVALID_URL_PATTERN: {
    kind: 'failed',
    what: ({ host }) => `${host} does not know the address of the fields API.`,
    remedy: 'Check ZOHO_API_URL: it is the address alone, such as https://www.zohoapis.eu, without /crm/v8.',
  },
  API_NOT_SUPPORTED: {
    kind: 'failed',
    what: 'This Zoho does not offer the call in version 8 of its API.',
    remedy: 'Check ZOHO_API_URL; for the real Zoho this is worth a bug report.',
  },
  INVALID_REQUEST_METHOD: {
    kind: 'failed',
    what: 'This Zoho does not offer the call under that method.',
    remedy: 'Check ZOHO_API_URL and whether a proxy changes requests.',
  },
};

function unexplained({ status, host }: Answer): Problem {
  const denied = status === 401 || status === 403;
  return problem(
    denied ? 'credentials' : 'failed',
    denied ? 'denied' : 'refused',
    `${host} refused the request (HTTP ${status}) without one of Zoho's explanations.`,
    denied ? 'Check the credentials and ZOHO_API_URL.' : 'Check ZOHO_API_URL; try again later.',
  );
}

function kebab(code: string): string {
  return code
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60);
}
