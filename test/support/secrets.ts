import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where secrets may lie: the token cache, the local Zoho's own memory, and what a test wrote as settings. */
const KEEPERS = ['.cache', '.zoho-fields'];

/** Every form of a secret that must not be seen: as it is, in JSON, in an address, in base64; and the beginning of each. */
export function formsOf(secret: string): readonly string[] {
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.from(`${'x'.repeat(before)}${secret}`).toString('base64');
    // What the neighbours have a share in is not looked for: they differ from text to text.
    return text.slice(before === 0 ? 0 : 4).replace(/.{0,2}=*$/, '');
  });
  const found = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), ...base64];
  return [...new Set(found.flatMap((form) => [form, form.slice(0, 12)]))];
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
