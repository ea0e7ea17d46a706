import { spawnSync } from 'node:child_process';

/**
 * True where this machine has all of these programs. What a fresh machine with Node may lack, and the tool itself never
 * needs, must not fail its tests: such tests are skipped there, and told as skipped.
 */
export function hasPrograms(...names: readonly string[]): boolean {
  return names.every(
    (name) => spawnSync(name, [name === 'openssl' ? 'version' : '--version']).error === undefined,
  );
}
