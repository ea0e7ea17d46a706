import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const files = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Section numbers that the headings of a page name. */
function sections(page: string): ReadonlySet<string> {
  return new Set([...read(page).matchAll(/^#+ (\d+(?:\.\d+)?)[. ]/gmu)].map(([, number = '']) => number));
}

/** Every section that is cited, with where. */
function citations(word: string): readonly { readonly file: string; readonly section: string }[] {
  const cited = new RegExp(`${word}\\s(§\\d+(?:\\.\\d+)?(?:(?:,| and)\\s§\\d+(?:\\.\\d+)?)*)`, 'gu');
  return files
    .filter((file) => /^(?:src|test|scripts|docs|\.github)\/.*\.(?:ts|mjs|md|yml)$|^[^/]+\.md$/u.test(file))
    .filter((file) => existsSync(join(ROOT, file)))
    .flatMap((file) =>
      [
        ...read(file)
          .replaceAll(/\n\s*(?:\*|\/\/)?\s*/gu, ' ')
          .matchAll(cited),
      ].flatMap(([, list = '']) =>
        [...list.matchAll(/\d+(?:\.\d+)?/gu)].map(([section]) => ({ file, section })),
      ),
    );
}

describe('what decisions rest on', () => {
  it.each([
    ['sheet', 'docs/zoho-api.md'],
    ['contract', 'docs/contract.md'],
  ])('is in the repository wherever a comment cites the %s', (word, page) => {
    const known = sections(page);
    const cited = citations(word);
    expect(cited.length).toBeGreaterThan(100);
    expect(cited.filter(({ section }) => !known.has(section))).toEqual([]);
  });
});

describe('a link in a page', () => {
  const pages = files.filter((file) => file.endsWith('.md') && existsSync(join(ROOT, file)));

  it.each(pages)('of %s leads to a file that is there', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/gu)];
    const lost = links
      .map(([, path = '']) => path)
      .filter((path) => !existsSync(join(ROOT, dirname(page), path)));
    expect(lost).toEqual([]);
  });
});
