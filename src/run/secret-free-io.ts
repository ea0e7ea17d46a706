import type { Io, Output } from '../machine/io.ts';
import { redact, hide } from '../zoho/redact.ts';

/**
 * The same world, with no secret in anything that is written to its screen.
 *
 * Every text is whole: nothing that is printed at once is handed over in pieces.
 */
export function secretFree(io: Io): Io {
  return {
    ...io,
    stdout: clean(io.stdout),
    stderr: clean(io.stderr),
    busy: (what) => io.busy(redact(what)),
  };
}

function clean(output: Output): Output {
  const { isTTY, columns } = output;
  return { write: (text) => output.write(redact(text)), isTTY, columns };
}

/** The settings that are nobody's but the user's. */
export const SECRETS = ['ZOHO_CLIENT_SECRET', 'ZOHO_REFRESH_TOKEN'];
/** Addresses may hold a user name and a password, and those of proxies mostly do. */
const ADDRESSES = [
  'ZOHO_ACCOUNTS_URL',
  'ZOHO_API_URL',
  ...['http_proxy', 'https_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]),
];

/**
 * Keeps the secrets among settings from being seen in any output, whether they are well-formed or not: a secret that was
 * pasted with something around it is one nevertheless.
 * @param get a setting by its name, in the environment or in a file.
 */
export function hideSettings(get: (name: string) => string | undefined): void {
  const given = (names: readonly string[]): readonly string[] =>
    names.map((name) => get(name)).filter((value) => value !== undefined);
  for (const secret of given(SECRETS)) hide(bare(secret));
  for (const address of given(ADDRESSES)) hideUser(address);
}

/** Without what pasting put around it: a name in capitals is in half of what this tool says, and no secret. */
function bare(value: string): string {
  return value.trim().replace(/^[A-Z_]+(?:=|$)/, '');
}

/** `user:password` of an address, as it is written there and as the proxy gets it. */
function hideUser(address: string): void {
  const user = /^(?:[a-z][a-z\d+.-]*:\/\/)?([^/?#\s]*)@/i.exec(address)?.[1];
  if (user === undefined) return;
  for (const written of [user, user.slice(user.indexOf(':') + 1)]) {
    hide(written);
    hide(decoded(written));
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
