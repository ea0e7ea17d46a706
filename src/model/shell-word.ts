import { visible } from './visible.ts';

/** A file's name as it can be pasted into a shell, and without anything that acts on a terminal. */
export function shellWord(text: string): string {
  return /^[\w./@:+-]+$/.test(text) ? text : visible(`'${text.replaceAll("'", "'\\''")}'`);
}
