import type { TokenWords } from './token-errors.ts';

/**
 * What an error means when a grant code was exchanged, where that differs from a refresh (sheet §1.3).
 * @param key the error in small letters, `_` for a space.
 */
export function codeWords(key: string): TokenWords | undefined {
  return Object.hasOwn(WORDS, key) ? WORDS[key] : undefined;
}

const NEW_CODE =
  'Create a new code in the console ("Generate Code", 10 minutes), and paste it here before that time is over.';

const WORDS: Readonly<Record<string, TokenWords>> = {
  invalid_code: {
    code: 'code-not-accepted',
    what: () =>
      'Zoho does not accept the code. It is one of these: its minutes are over; it was used before, and a code works ' +
      'once; it was not copied whole; it was made for another client id, or in the console of another data centre.',
    remedy: () => NEW_CODE,
  },
  expired: {
    code: 'code-expired',
    what: () => 'The minutes of the code are over.',
    remedy: () => NEW_CODE,
  },
  invalid_scope: {
    code: 'code-scope',
    what: () => 'Zoho does not know one of the scopes that the code was made with.',
    remedy: () => `${NEW_CODE} Paste the line of scopes as it is.`,
  },
  general_error: {
    code: 'general-error',
    what: () => 'Zoho refused the code without a reason.',
    remedy: () => NEW_CODE,
  },
};
