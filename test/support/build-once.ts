import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the built command is made of, with the packages that the lockfile names. */
const SOURCES = ['src', 'scripts', 'package-lock.json'];
/** What the last steps of a build write. */
const BUILT = ['dist/bin.js', 'dist/types/index.d.ts'];

/** Builds the command before the tests, unless it was built since its sources changed, as `npm ci` has done. */
export default function setup(): void {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const changed = Math.max(...SOURCES.map((name) => newest(join(root, name))));
  if (BUILT.every((name) => changedAt(join(root, name)) > changed)) return;
  execFileSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: 'inherit' });
}

/** When it, or anything below it, changed last, in milliseconds; a folder changes with a file that goes. */
function newest(path: string): number {
  const below = statSync(path).isDirectory() ? readdirSync(path).map((name) => newest(join(path, name))) : [];
  return Math.max(changedAt(path), ...below);
}

/** Before all others where it is not there. */
function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
