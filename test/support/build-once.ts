import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds the command before the tests, unless `SKIP_BUILD` says that `dist` is fresh. */
export default function setup(): void {
  if (process.env['SKIP_BUILD'] === '1') return;
  const root = fileURLToPath(new URL('../..', import.meta.url));
  execFileSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: 'inherit' });
}
