import { answerFacts, listFacts } from './facts/answers.ts';
import { creationFacts } from './facts/creation.ts';
import type { Fact, Hidden } from './facts/fact.ts';
import { fieldFacts, keyFacts, lengthFacts } from './facts/fields.ts';
import { tokenFacts, organisationFacts } from './facts/token.ts';
import type { Observations } from './ask.ts';
import { belongs, type FactValue } from './value.ts';

/** The table. An id never changes its meaning: profiles name it. */
export const FACTS: readonly Fact[] = [
  ...tokenFacts,
  ...answerFacts,
  ...listFacts,
  ...fieldFacts,
  ...lengthFacts,
  ...keyFacts,
  ...organisationFacts,
  ...creationFacts,
];

/** What was found about one fact. */
export type Finding = { readonly fact: Fact } & (
  | { readonly verdict: 'as_believed' | 'different'; readonly value: FactValue }
  | { readonly verdict: 'not_seen'; readonly why: Hidden }
);

/** Everything that a probe found. */
export interface Findings {
  readonly findings: readonly Finding[];
  readonly summary: { readonly as_believed: number; readonly different: number; readonly not_seen: number };
  /** How long the reads took, in milliseconds. */
  readonly times: { readonly shortest: number; readonly median: number; readonly longest: number };
}

/** Holds what was seen against what is believed; pure. */
export function judge(all: Observations): Findings {
  const findings = FACTS.map((fact) => findingOf(fact, all));
  const count = (verdict: Finding['verdict']): number =>
    findings.filter((one) => one.verdict === verdict).length;
  const times = [all.list, ...all.answers.values()].map(({ ms }) => Math.round(ms)).toSorted((a, b) => a - b);
  const at = (index: number): number => times[index] ?? 0;
  return {
    findings,
    summary: {
      as_believed: count('as_believed'),
      different: count('different'),
      not_seen: count('not_seen'),
    },
    times: { shortest: at(0), median: at(Math.floor(times.length / 2)), longest: at(times.length - 1) },
  };
}

function findingOf(fact: Fact, all: Observations): Finding {
  const sight = fact.observe(all);
  if ('hidden' in sight) return { fact, verdict: 'not_seen', why: sight.hidden };
  // What is no value of the fact is no finding: nothing that Zoho sent gets past the table.
  if (!belongs(fact.domain, sight.value)) return { fact, verdict: 'not_seen', why: 'no answer' };
  const isBelieved = fact.believed.some((one) => isSame(one, sight.value));
  return { fact, verdict: isBelieved ? 'as_believed' : 'different', value: sight.value };
}

/** True for the same value; lists are in an order of their own. */
function isSame(one: FactValue, other: FactValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
