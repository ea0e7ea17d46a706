import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(ROOT, file)));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const pages = files.filter((file) => file.endsWith('.md'));

/** Section numbers that the headings of a page name. */
function sections(page: string): ReadonlySet<string> {
  return new Set([...read(page).matchAll(/^#+ (\d+(?:\.\d+)?)[. ]/gmu)].map(([, number = '']) => number));
}

/** Every section that is cited of a page, with where. A number belongs to the source that was named last before it. */
function citations(word: string): readonly { readonly file: string; readonly section: string }[] {
  const cited = /\b(sheet|zoho-api|contract|RFC)\b|§\s*(\d+(?:\.\d+)?)/giu;
  return files
    .filter((file) => /^(?:src|test|scripts|docs|\.github)\/.*\.(?:ts|mjs|md|yml)$|^[^/]+\.md$/u.test(file))
    .flatMap((file) => {
      let source = file === 'docs/contract.md' ? 'contract' : 'sheet';
      return [...read(file).matchAll(cited)].flatMap(([, named, section]) => {
        if (named !== undefined) source = named.toLowerCase().replace('zoho-api', 'sheet');
        return section !== undefined && source === word ? [{ file, section }] : [];
      });
    });
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

/** A page without its blocks of code, whose lines may look like headings and links. */
function prose(page: string): string {
  return read(page).replaceAll(/^( *)(`{3,})[\s\S]*?^\1\2$/gmu, '');
}

/** What links can lead to in a page, as GitHub names its headings. */
function anchors(page: string): ReadonlySet<string> {
  const names = [...prose(page).matchAll(/^#+ (.+)$/gmu)].map(([, heading = '']) =>
    heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/gu, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set(
    names.map((name, index) => {
      const before = names.slice(0, index).filter((one) => one === name).length;
      return before === 0 ? name : `${name}-${before}`;
    }),
  );
}

/** Files that pages tell people to make in their own repository. */
const OF_READERS = /^\.github\/workflows\/(?:zoho-)?fields\.ya?ml$/u;

/** The names that the script itself gives where none is asked for. */
const campaigns = (
  /one of (.*)/u.exec(
    spawnSync(process.execPath, ['--import', 'tsx', 'scripts/campaign.ts'], { cwd: ROOT, encoding: 'utf8' })
      .stderr,
  )?.[1] ?? ''
).split(', ');

describe('a page', () => {
  it('can be reached from the README', () => {
    const seen = new Set(['README.md']);
    for (const page of seen) for (const { file } of linksOf(page)) if (file.endsWith('.md')) seen.add(file);
    const lost = pages.filter((page) => !/^(?:\.github|test|src)\//u.test(page) && !seen.has(page));
    expect(lost).toEqual([]);
  });

  it.each(pages)('%s leads to files and headings that are there', (page) => {
    const lost = linksOf(page).filter(
      ({ file, anchor }) =>
        !existsSync(join(ROOT, file)) || (anchor !== undefined && !anchors(file).has(anchor)),
    );
    expect(lost).toEqual([]);
  });

  it.each(pages)('%s names files that are there', (page) => {
    const named = [...prose(page).matchAll(/`((?:\.github|docs|scripts|src|test)\/[\w./-]+)`/gu)];
    const missing = named
      .map(([, path = '']) => path)
      .filter((path) => !existsSync(join(ROOT, path)) && !OF_READERS.test(path));
    expect(missing).toEqual([]);
    // A name alone stands beside the path of its folder.
    const names = new Set(files.map((file) => basename(file)));
    const alone = [...prose(page).matchAll(/`([\w-]+\.ts)`/gu)].map(([, name = '']) => name);
    expect(alone.filter((name) => !names.has(name) && !OF_READERS.test(name))).toEqual([]);
  });

  it.each(files.filter((file) => /\.md$|^\.ci\/|\.ya?ml$/u.test(file)))(
    '%s names scripts and campaigns that there are',
    (page) => {
      const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: object };
      expect(campaigns).toContain('simulate');
      // What people have to fill in is written in capital letters.
      const named = [...read(page).matchAll(/\bnpm run (?:-s )?([a-z][\w:]*)(?:\s+--\s+([a-z][\w-]*))?/gu)];
      const missing = named.filter(
        ([, script = '', campaign]) =>
          !Object.hasOwn(scripts, script) ||
          (script === 'campaign' && campaign !== undefined && !campaigns.includes(campaign)),
      );
      expect(missing.map(([text]) => text)).toEqual([]);
    },
  );

  it.each(pages)('%s shows JSON and YAML that can be read', (page) => {
    const blocks = [...read(page).matchAll(/^```(json|yaml)\n([\s\S]*?)^```$/gmu)];
    for (const [, kind, text = ''] of blocks) {
      if (kind === 'json') expect(() => JSON.parse(text) as unknown, text).not.toThrow();
      else expect([parseAllDocuments(text)].flat().flatMap(({ errors }) => errors)).toEqual([]);
    }
  });
});

/** The links of a page into this repository. */
function linksOf(page: string): readonly { readonly file: string; readonly anchor: string | undefined }[] {
  const links = [...prose(page).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)/gu)];
  return links.map(([, path = '', anchor]) => ({
    file: path === '' ? page : normalize(join(dirname(page), path)),
    anchor,
  }));
}

describe('the words of the pages', () => {
  const plain = pages.filter((page) => page !== 'CHANGELOG.md');
  const texts = [...plain, ...files.filter((file) => /^(?:docs\/examples\/.*|fields)\.ya?ml$/u.test(file))];

  const sources = files.filter((file) => /^(?:src|scripts)\/.*\.ts$/u.test(file));

  it.each([...texts, ...sources])('%s: plain English, which people read who learnt it late', (page) => {
    const odd = /\b(?:mend(?:s|ed|ing)?|told as|anew|(?:some|any)body|whoever)\b/giu;
    expect(read(page).match(odd)).toBeNull();
  });

  it('are few in the README: one screen, a start, the limits, and where to read on', () => {
    expect(statSync(join(ROOT, 'README.md')).size).toBeLessThanOrEqual(12_000);
    const [first] = read('README.md').split('## Try it');
    expect(first?.split('\n').length).toBeLessThan(75);
    expect(first).toContain('never run against a real Zoho');
  });
});
