import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What a build and a package are made of. */
const SOURCES = [
  'src',
  'scripts',
  'package.json',
  'tsconfig.json',
  '.npmrc',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
];

/** Copies the sources without anything that an earlier build left among them; the packages are linked. */
export function copySources(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of SOURCES) {
    cpSync(join(from, name), join(to, name), {
      recursive: true,
      filter: (path) => !/\.gen\.js$|\.tsbuildinfo$/u.test(path),
    });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(to, 'node_modules'));
}

/** Where this checkout is. */
export const CHECKOUT = ROOT;

/** Runs npm in a folder as a machine of its own: what the npm that runs the tests says of itself does not count. */
export async function npm(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:npm_|node_env$)/iu.test(name));
  const { stdout } = await run('npm', [...args], { cwd, env: { ...Object.fromEntries(own), ...env } });
  return stdout;
}

/** Every file below a folder with its bytes, as text in which each byte is one character. */
export function bytesBelow(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(files.map((path) => [relative(folder, path), readFileSync(path, 'latin1')]));
}
