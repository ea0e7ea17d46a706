import type { Emulator, RequestLogEntry } from '../../src/emulator/start.ts';

/** A field as it is sent or stored. */
export type Sent = Readonly<Record<string, unknown>>;

/** The requests of a local Zoho, by what they are for. */
export interface Wire {
  readonly tokens: readonly RequestLogEntry[];
  /** GETs of a whole list of fields. */
  readonly lists: readonly RequestLogEntry[];
  /** GETs of a single field. */
  readonly singles: readonly RequestLogEntry[];
  readonly posts: readonly RequestLogEntry[];
  readonly patches: readonly RequestLogEntry[];
  /** Everything else; a rule speaks of each. */
  readonly others: readonly RequestLogEntry[];
}

const FIELDS = '/crm/v8/settings/fields';

/** Sorts the requests from number `from` on. */
export function wireOf(zoho: Emulator, from = 0): Wire {
  const requests = zoho.requests.slice(from);
  const pick = (test: (one: RequestLogEntry) => boolean): readonly RequestLogEntry[] => requests.filter(test);
  const tokens = pick((one) => one.path === '/oauth/v2/token');
  const lists = pick((one) => one.method === 'GET' && one.path === FIELDS);
  const singles = pick((one) => one.method === 'GET' && one.path.startsWith(`${FIELDS}/`));
  const posts = pick((one) => one.method === 'POST' && one.path === FIELDS);
  const patches = pick((one) => one.method === 'PATCH');
  const known = new Set([...tokens, ...lists, ...singles, ...posts, ...patches]);
  return { tokens, lists, singles, posts, patches, others: pick((one) => !known.has(one)) };
}

/** The fields of a create or update body. */
export function fieldsSent(request: RequestLogEntry | undefined): readonly Sent[] {
  const body = request?.body;
  const fields =
    typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Sent)['fields'] : undefined;
  return Array.isArray(fields) ? (fields as readonly Sent[]) : [];
}

/**
 * What no run may ever do on the wire, as sentences; none is the wish.
 * @param isOurs true for the id of a field that may be changed.
 */
export function wireSins(
  requests: readonly RequestLogEntry[],
  isOurs: (id: string) => boolean,
): readonly string[] {
  return requests.flatMap((request) => {
    const what = `${request.method} ${request.path}`;
    const sins: string[] = [];
    if (!['GET', 'POST', 'PATCH'].includes(request.method))
      sins.push(`${what}: neither read nor create nor label`);
    if (request.method === 'POST' && request.path !== FIELDS && request.path !== '/oauth/v2/token') {
      sins.push(`${what}: a POST to something else than fields`);
    }
    if (request.method !== 'GET' && fieldsSent(request).length > 5)
      sins.push(`${what}: more than five fields`);
    if (request.method === 'PATCH') {
      for (const field of fieldsSent(request)) {
        const keys = Object.keys(field).sort().join(',');
        const id = String(field['id']);
        if (!isOurs(id)) sins.push(`${what}: changes ${id}, which is not shown to be ours`);
        if (keys !== 'field_label,id') sins.push(`${what}: changes more than a label (${keys})`);
      }
    }
    return sins;
  });
}
