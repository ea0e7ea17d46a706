import { visible } from '../model/visible.ts';

/** The words behind a command that make it read the same settings; none where that is `.env`. */
export function settingsWords({ settings }: { readonly settings?: string }): string {
  return settings === undefined ? '' : ` --settings ${shellWord(settings)}`;
}

/** A file's name as it can be pasted into a shell, and without anything that acts on a terminal. */
export function shellWord(text: string): string {
  return /^[\w./@:+-]+$/.test(text) ? text : visible(`'${text.replaceAll("'", "'\\''")}'`);
}
