import { answerFacts } from './answers.ts';
import { creationFacts } from './creation.ts';
import type { Fact } from './fact.ts';
import { fieldFacts, keyFacts, lengthFacts } from './fields.ts';
import { listFacts } from './lists.ts';
import { tokenFacts, organisationFacts } from './token.ts';

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
