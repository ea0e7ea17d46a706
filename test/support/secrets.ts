import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where secrets may lie: the token cache, the local Zoho's own memory, and what a test wrote as settings. */
const KEEPERS = ['.cache', '.zoho-fields'];

/** Every form of a secret that must not be seen (whole, cut, base64, in an address). */
export function formsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString('base64').replaceAll('=', '');
  const found = [secret, secret.slice(0, 12), base64, encodeURIComponent(secret)];
  return [...new Set(found)];
}

/** The secrets that a text gives away, in any form. */
export function leaks(text: string, secrets: readonly string[]): readonly string[] {
  return secrets.filter((secret) => formsOf(secret).some((form) => text.includes(form)));
}

/** Every file below a folder that must hold no secret, with its text. */
export function filesToSearch(folder: string): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((name) => !name.split('/').some((part) => KEEPERS.includes(part)) && !name.endsWith('.env'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}
