/**
 * Build-time script: `tsx scripts/types.ts`, after `tsc -p scripts/tsconfig.types.json`. Leaves of the type declarations in
 * `dist/types` those that the package's entry points lead to, with the file names that every compiler understands.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../dist/types', import.meta.url));
const entries = ['index.d.ts', 'emulator/start.d.ts'];

/** `./model/plan.ts` in a declaration is `./model/plan.js` to a program that imports it. */
const specifier = /(?<=from '|import\(")(\.{1,2}\/[^'"]+)\.ts(?=['"])/gu;

const needed = new Map<string, string>();
const queue = entries.map((entry) => join(folder, entry));
for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
  if (needed.has(path)) continue;
  const text = readFileSync(path, 'utf8');
  needed.set(path, text.replace(specifier, '$1.js'));
  for (const [, target] of text.matchAll(specifier)) {
    if (target !== undefined) queue.push(join(dirname(path), `${target}.d.ts`));
  }
}

for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && !needed.has(path)) rmSync(path);
}
for (const [path, text] of needed) writeFileSync(path, text);
if (needed.size < entries.length) throw new Error(`types are missing in ${relative('.', folder)}`);
