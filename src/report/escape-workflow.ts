import { visible } from './escape.ts';

/**
 * The message of a workflow command. Lines are the only structure it may have; everything else is written out, and the
 * runner's own escapes go on top, so that it reads back exactly what is meant.
 */
export function commandData(text: string): string {
  const lines = text.split('\n').map((line) => visible(line));
  return lines.join('\n').replaceAll('%', '%25').replaceAll('\n', '%0A');
}

/** The value of a property, which a comma or a colon would end. */
export function commandProperty(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
}
