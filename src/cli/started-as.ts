import { basename, relative, sep } from 'node:path';
import { shellWord } from '../model/visible.ts';

/** The name under which the program is installed. */
const NAME = 'zoho-fields';

/**
 * How the program was started, in words that start it again from the same folder: what to type next then works as it
 * stands.
 * @param script the path of the program's file, as Node got it: of a link to it where there is one.
 */
export function startedAs(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const folders = script.split(sep);
  // Such a folder is in no one's PATH; npm puts it there for the one run.
  const isLocal = folders.includes('node_modules') && folders.at(-2) === '.bin';
  if (isLocal || env['npm_command'] === 'exec') return `npx ${NAME}`;
  if (!/\.[cm]?js$/.test(basename(script))) return NAME;
  const near = relative(cwd, script);
  return `node ${shellWord(near.startsWith('..') ? script : near)}`;
}

/** The words behind a command that make it read the same settings; none where that is `.env`. */
export function settingsWords({ settings }: { readonly settings?: string }): string {
  return settings === undefined ? '' : ` --settings ${shellWord(settings)}`;
}
