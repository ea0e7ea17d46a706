import { fileURLToPath } from 'node:url';
import { isObject, type Json } from '../../../../src/model/json.ts';
import { BIN } from '../../../support/run-cli.ts';
import type { Claim } from './judge.ts';

/** A program that is to create the wanted fields. */
export interface Contender {
  readonly name: string;
  /** What Node is given to run. */
  readonly args: readonly string[];
  /** The same, for a person's eyes. */
  readonly argsForPeople: readonly string[];
  /** What it says became of each field, by API name. */
  readonly claims: (stdout: string) => ReadonlyMap<string, Claim>;
}

const script = (name: string): string => fileURLToPath(new URL(`contenders/${name}`, import.meta.url));

const NAIVE = [script('naive.mjs')];
const CAREFUL = [script('naive.mjs'), '--careful'];
const SDK = [script('sdk.mjs')];
const OURS = [BIN, 'apply', '--yes'];

/** The columns of the table. */
export const CONTENDERS = {
  naive: { name: 'script', args: NAIVE, argsForPeople: NAIVE, claims: linesOf },
  careful: { name: 'script that looks first', args: CAREFUL, argsForPeople: CAREFUL, claims: linesOf },
  sdk: { name: "Zoho's SDK, looks first", args: SDK, argsForPeople: SDK, claims: linesOf },
  ours: { name: 'zoho-fields', args: [...OURS, '--json'], argsForPeople: OURS, claims: documentOf },
} as const satisfies Readonly<Record<string, Contender>>;

/** The scripts end a field's line with `created`, `exists` or `FAILED` at its beginning; the last word counts. */
function linesOf(stdout: string): ReadonlyMap<string, Claim> {
  const words: Readonly<Record<string, Claim>> = { created: 'created', exists: 'exists', FAILED: 'failed' };
  return new Map(
    [...stdout.matchAll(/^(created|exists|FAILED) (\w+)/gm)].map(([, word = '', name = '']) => [
      name,
      words[word] ?? 'unknown',
    ]),
  );
}

/** The outcomes of contract §7; a field that is said to exist or not, nobody knows, is no claim. */
function documentOf(stdout: string): ReadonlyMap<string, Claim> {
  const document = parse(stdout);
  const fields = isObject(document) && Array.isArray(document['fields']) ? document['fields'] : [];
  return new Map(
    fields.flatMap((field: Json) => {
      if (!isObject(field)) return [];
      const { api_name, outcome, reasons } = field;
      if (typeof api_name !== 'string' || typeof outcome !== 'string') return [];
      return [[api_name, claimOf(outcome, JSON.stringify(reasons))] as const];
    }),
  );
}

function claimOf(outcome: string, reasons: string): Claim {
  if (outcome === 'created' || outcome === 'created_differs') return 'created';
  if (outcome === 'in_sync') return 'exists';
  return outcome === 'failed' && !/"(unknown|not-visible|no-answer)"/.test(reasons) ? 'failed' : 'unknown';
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
