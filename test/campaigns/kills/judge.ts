import { isDeepStrictEqual } from 'node:util';
import { leaks } from '../../support/secrets.ts';
import { wireSins } from '../../support/wire.ts';
import { isStale, type History, type Told } from './history.ts';
import { WISHES } from './wishes.ts';

/** Everything in a history that must never happen, as sentences; Zoho's own state and log are believed. */
export function judge(history: History): readonly string[] {
  return [
    ...everyFieldOnce(history),
    ...othersUntouched(history),
    ...converges(history),
    ...leavesNothingBehind(history),
    ...[...history.killed, ...history.healthy].flatMap((told) => behaves(told, history.secrets)),
  ];
}

/** Each declared field is there once, with exactly its name and label, and nothing was made beside them. */
function everyFieldOnce({ scenario, before, after }: History): readonly string[] {
  const known = new Set(before.map((field) => field.id));
  const made = after.filter((field) => !known.has(field.id));
  const sins = WISHES[scenario.wish].flatMap(({ api_name, field_label, data_type }) => {
    const [field, ...more] = made.filter((one) => one.api_name === api_name);
    if (field === undefined) return [`${api_name} is missing`];
    const found = [`${field.data_type} "${field.field_label}"`, ...more.map((one) => one.id)].join(', ');
    const wanted = `${data_type} "${field_label}"`;
    return found === wanted ? [] : [`${api_name} is ${found} instead of ${wanted}`];
  });
  const names = new Set(WISHES[scenario.wish].map((wish) => wish.api_name));
  const others = made.filter((field) => !names.has(field.api_name));
  return [...sins, ...others.map((field) => `${field.api_name} ("${field.field_label}") was made as well`)];
}

/** What was there is what it was; labels were set of fields that these runs had created, and of no other. */
function othersUntouched({ before, after, killed, healthy }: History): readonly string[] {
  const now = new Map(after.map((field) => [field.id, field]));
  const changed = before
    .filter((field) => !isDeepStrictEqual(now.get(field.id), field))
    .map((field) => `${field.api_name} was there before and was changed`);
  const known = new Set(before.map((field) => field.id));
  return [
    ...changed,
    ...wireSins(
      [...killed, ...healthy].flatMap((told) => told.requests),
      (id) => !known.has(id),
    ),
  ];
}

/** One run that is let be does the rest; the next one finds nothing to do, and sends nothing that writes. */
function converges({ healthy }: History): readonly string[] {
  const [first, second] = healthy;
  const sins: string[] = [];
  for (const [name, told] of [
    ['first', first],
    ['second', second],
  ] as const) {
    if (told?.code !== 0)
      sins.push(`the ${name} run that was let be ended with ${told?.code}: ${told?.stderr} ${told?.stdout}`);
    if (told?.stderr.includes('Another apply') === true) sins.push(`the ${name} run waited for a dead one`);
  }
  const written = (second?.requests ?? []).filter((one) => isWrite(one));
  if (written.length > 0) sins.push(`the last run still sent ${written.length} requests that write`);
  return sins;
}

const isWrite = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method !== 'GET' && path !== '/oauth/v2/token';

/** The journal is forgotten, no lock is left, and no file that was still being written. */
function leavesNothingBehind({ left }: History): readonly string[] {
  return left
    .filter(({ path, mode }) => !isExpected(path) || (path.startsWith('home/') && mode !== 0o600))
    .map(({ path, mode }) => `${path} (${mode.toString(8)}) was left`);
}

/**
 * The token cache is meant to stay. A run that was killed between writing a token and putting it in its place leaves
 * it beside, as unreadable for others, until a later run sweeps what is two hours old.
 */
function isExpected(path: string): boolean {
  return /^home\/\.cache\/zoho-fields\/[0-9a-f]{64}\.json/.test(path);
}

/** Whatever happened: it came to an end, told no secret, and no stack. */
function behaves(told: Told, secrets: readonly string[]): readonly string[] {
  const output = told.stdout + told.stderr;
  const sins: string[] = [];
  if (told.hung) sins.push('a run did not come to an end');
  if (told.code === 70 || /^ +at .*:\d+:\d+\)?$/m.test(output)) sins.push(`a bug: ${output}`);
  if (leaks(output, secrets).length > 0) sins.push('a secret was told');
  const refused = isStale(told) && !told.requests.some((one) => isWrite(one));
  if (told.signal === null && told.code !== 0 && !refused)
    sins.push(`a run that was not killed ended with ${told.code}: ${output}`);
  return sins;
}

/** What Zoho had heard of a run when it was killed. */
export function phaseOf({ requests }: Told): string {
  const count = (method: string): number =>
    requests.filter((one) => one.method === method && isField(one)).length;
  if (count('PATCH') > 0) return requests.at(-1)?.method === 'GET' ? 'last read' : `PATCH ${count('PATCH')}`;
  if (count('POST') > 0)
    return requests.at(-1)?.method === 'GET' ? 'read after POST' : `POST ${count('POST')}`;
  if (count('GET') > 0) return 'first read';
  return requests.length > 0 ? 'token' : 'nothing yet';
}

const isField = ({ path }: { readonly path: string }): boolean => path.includes('/settings/fields');
