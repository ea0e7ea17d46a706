import { Scalar } from 'yaml';

/**
 * A text that every YAML program reads as the same text, and so may stand without quotes: it begins with a letter, holds
 * no sign that means something to YAML, and is no word that YAML 1.1 takes for a truth value, nothing or a number.
 * Everything else is quoted: dates, times, `010`, `yes`.
 */
function isPlain(text: string): boolean {
  return (
    /^\p{L}[\p{L}\p{M}\p{Nd} .()%/_'?&+-]*$/u.test(text) && text.trim() === text && !AMBIGUOUS.test(text)
  );
}

const AMBIGUOUS = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|infinity)$/iu;

/** A text as YAML, in the plainest form that cannot be misread. */
export function scalar(text: string): Scalar<string> {
  const node = new Scalar(text);
  node.type = isPlain(text) ? Scalar.PLAIN : isVisible(text) ? Scalar.QUOTE_SINGLE : Scalar.QUOTE_DOUBLE;
  return node;
}

/** Only what stands on one line, can be seen and is no command may stand between single quotes, which know no escapes. */
function isVisible(text: string): boolean {
  return !/[\p{C}\p{Zl}\p{Zp}]|##\[/u.test(text);
}

/**
 * What a GitHub runner takes for a command anywhere in a line, written so that it is none: manifests are printed into
 * logs (contract §10).
 * @param escape of the `#` in the notation that the text is in.
 */
export function disarmed(text: string, escape: string): string {
  return text.replaceAll('##[', `#${escape}[`);
}
