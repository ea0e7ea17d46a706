import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const AT_ONCE = /(?:from|import)"\.\/([\w./-]+\.js)"/gu;
const LATER = /import\("\.\/([\w./-]+\.js)"\)/gu;

/** Every file that is reached from these through such imports. Older builds may lie beside them. */
function reached(from: readonly string[], ...imports: readonly RegExp[]): readonly string[] {
  const seen = new Set(from);
  for (const file of seen) {
    const code = readFileSync(DIST + file, 'utf8');
    const folder = file.slice(0, file.length - basename(file).length);
    for (const one of imports) {
      for (const match of code.matchAll(one)) seen.add(`${folder}${match[1] ?? ''}`);
    }
  }
  return [...seen];
}

const nameOf = (file: string): string => basename(file).replace(/-[A-Z0-9]{8}\.js$/u, '');

/** Names of everything that is loaded together with a command. */
function loadedWith(command: string): readonly string[] {
  const all = reached(['bin.js'], AT_ONCE, LATER);
  const own = all.filter(
    (file) => nameOf(file) === command && readFileSync(DIST + file, 'utf8').includes('deliver('),
  );
  expect(own).toHaveLength(1);
  return reached(own, AT_ONCE).map((file) => nameOf(file));
}

describe('what a format needs', () => {
  it.each(['show-plan', 'diff', 'validate', 'apply'])(
    'is not loaded by %s when it prints text',
    (command) => {
      const loaded = loadedWith(command);
      const heavy = [
        'markdown',
        'html',
        'annotations',
        'sarif',
        'plan-document',
        'diff-patch',
        'read-origins',
        'origin',
      ];
      expect(loaded.filter((name) => heavy.includes(name))).toEqual([]);
    },
  );
});
