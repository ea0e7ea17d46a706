import type { Finding } from '../../probe/findings.ts';
import type { Hidden } from '../../probe/observe.ts';
import { valueWords } from '../../probe/value.ts';

/** Why a fact could not be seen, in words. */
const WHY: Readonly<Record<Hidden, string>> = {
  scope: "the token's scopes do not allow the question",
  permission: "the token's user may not see it",
  'none there': 'nothing of that kind is there',
  'no answer': 'there was no answer that tells',
  'not tried': 'only creating shows it: probe --create',
};

/** The reasons in the order in which they are told. */
export const REASONS: readonly Hidden[] = ['scope', 'permission', 'no answer', 'none there', 'not tried'];

export function whyWords(why: Hidden): string {
  return WHY[why];
}

/** What is believed, in words. */
export function believedWords({ fact }: Finding): string {
  return fact.believed.map((one) => valueWords(one)).join(' or ');
}

/** What was seen, in words. */
export function seenWords(finding: Finding): string {
  return finding.verdict === 'not_seen' ? whyWords(finding.why) : valueWords(finding.value);
}

/** How the emulator comes to do the same. */
export function emulatorWords({ fact: { emulator } }: Finding): string {
  if (emulator === undefined) return 'not imitated';
  return emulator === 'profile' ? 'imitated with a profile' : `imitated: switch ${emulator}`;
}
