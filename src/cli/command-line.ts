import { shellWord } from '../model/shell-word.ts';

/** The words behind a command that make it read the same settings; none where that is `.env`. */
export function settingsWords({ settings }: { readonly settings?: string }): string {
  return settings === undefined ? '' : ` --settings ${shellWord(settings)}`;
}
