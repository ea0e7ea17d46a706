import { DANGEROUS } from '../model/visible.ts';

/**
 * A text as a string of TypeScript with exactly its value. What no one sees, what changes the direction of reading and
 * half characters are written as escapes, so that the file shows all that it says (contract §10).
 */
export function literal(text: string): string {
  const escaped = text.replace(/[\\']/gu, '\\$&').replace(UNSEEN, escapes);
  return `'${escaped}'`;
}

/** A key of an object or of an interface: bare where that is an identifier; `__proto__` alone would be no key. */
export function key(text: string): string {
  if (text === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/u.test(text) ? text : literal(text);
}

/**
 * A text inside a comment, as code. Only what a label of Zoho may hold (contract §2) stands as it is: nothing of it ends
 * the comment, and neither the compiler nor an editor that shows the comment as Markdown finds anything to obey.
 */
export function inComment(text: string): string {
  return `\`${text.replace(UNSEEN, escapes).replace(/[^\p{L}\p{M}\p{Nd} .()（）%/\-_'?&\\]/gu, escapes)}\``;
}

const UNSEEN = new RegExp(`${DANGEROUS.source}|\\p{Cs}`, 'gu');

/** Each of the one or two units of a character as an escape that every version of the language knows. */
function escapes(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}
