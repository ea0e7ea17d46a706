import { isObject, property } from '../model/json.ts';
import { readKept } from '../model/kept-file.ts';
import { problem, type Problem } from '../model/problem.ts';
import { FACTS, type Findings } from './findings.ts';
import { belongs, type FactValue } from './value.ts';

/** Version of the file that `probe --out` writes: additive changes only within it (contract §7). */
const FORMAT_VERSION = '1.0';
const KIND = 'profile';

/**
 * What an organisation does, as it can be sent to anyone: facts of the table, each with a value of its domain. There is
 * no place in it for an id, a label, a name, an option, a person, a host or a secret.
 */
export interface Profile {
  readonly format_version: string;
  readonly kind: typeof KIND;
  /** By the fact's id, in the order of the table; what was not seen is not there. */
  readonly facts: Readonly<Record<string, FactValue>>;
}

/** The profile of what was found: built up from the table, so that nothing has to be taken out. */
export function makeProfile({ findings }: Findings): Profile {
  const facts = findings.flatMap((one) =>
    one.verdict === 'not_seen' ? [] : [[one.fact.id, one.value] as const],
  );
  return { format_version: FORMAT_VERSION, kind: KIND, facts: Object.fromEntries(facts) };
}

/** A profile as text, a fact in each line, so that a person can read it before it is sent to anyone. */
export function profileText({ format_version, kind, facts }: Profile): string {
  const lines = Object.entries(facts).map(
    ([id, value]) => `    ${JSON.stringify(id)}: ${JSON.stringify(value)}`,
  );
  return [
    '{',
    `  "format_version": ${JSON.stringify(format_version)},`,
    `  "kind": ${JSON.stringify(kind)},`,
    lines.length === 0 ? '  "facts": {}' : `  "facts": {\n${lines.join(',\n')}\n  }`,
    '}\n',
  ].join('\n');
}

/**
 * Reads a profile back. Anyone may have written it: what the table does not know is refused, by name only where the name
 * is the table's.
 * @throws Problem `invalid` for text that is no profile, is damaged, or of another version.
 */
export function parseProfile(text: string, path: string): Profile {
  const value = readKept(text, path, {
    kind: KIND,
    version: FORMAT_VERSION,
    noun: 'profile',
    is: 'whole profile that "zoho-fields probe --out" wrote',
    otherwise: ANOTHER,
    otherVersion: ANOTHER,
  });
  const odd = Object.keys(value).find((key) => !['format_version', 'kind', 'facts'].includes(key));
  if (odd !== undefined) throw damaged(`${path} holds something that no profile holds, beside its facts.`);
  const facts = property(value, 'facts');
  if (!isObject(facts)) throw damaged(`${path} has no facts.`);
  const known = new Map(FACTS.map((fact) => [fact.id, fact]));
  const read: [string, FactValue][] = [];
  Object.entries(facts).forEach(([id, one], index) => {
    const fact = known.get(id);
    if (fact === undefined) throw damaged(`${path}: fact ${index + 1} is none that this version knows.`);
    if (!belongs(fact.domain, one)) throw damaged(`${path}: ${id} has a value that this fact cannot have.`);
    read.push([id, one]);
  });
  return { format_version: FORMAT_VERSION, kind: KIND, facts: Object.fromEntries(read) };
}

const ANOTHER = 'Take a new one with this version: zoho-fields probe --out FILE';

function damaged(message: string): Problem {
  return problem('invalid', 'profile-damaged', message, ANOTHER);
}
