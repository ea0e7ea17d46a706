import { withoutSecrets } from './redact.ts';
import type { HttpAnswer } from './transport.ts';

/**
 * An answer of the API without the secrets of the request, should the server send them back: whatever is made of it, a
 * message, a field's label, a report, has none in it then.
 *
 * Not for answers of the token endpoint, whose tokens are what is wanted.
 */
export function withoutEcho(answer: HttpAnswer): HttpAnswer {
  return { ...answer, text: withoutSecrets(spelledOut(answer.text)) };
}

/** No encoder of JSON escapes letters, digits and dots; written as `\u0031` they would hide a secret from a search. */
function spelledOut(json: string): string {
  if (!json.includes(String.raw`\u00`)) return json;
  return json.replaceAll(/\\(?:\\|u00([2-7][\da-f]))/gi, (written: string, hex: string | undefined) => {
    // A backslash that is escaped itself has no number, and stays.
    const character = String.fromCharCode(Number(`0x${hex}`));
    return /[\w.]/.test(character) ? character : written;
  });
}
