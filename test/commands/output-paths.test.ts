import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import { it, missing, type Story } from '../support/story.ts';

/** A folder with everything that a slip could cost. */
async function furnished(open: () => Promise<Story>): Promise<Story> {
  const story = await open();
  story.declare({ Deals: missing(1) });
  spawnSync('git', ['init', '-q'], { cwd: story.folder.path });
  spawnSync('git', ['init', '-q', '--bare', 'bare.git-like'], { cwd: story.folder.path });
  for (const folder of ['.zoho-fields', 'home/.cache/zoho-fields', 'home/.local/state/zoho-fields', 'sub'])
    mkdirSync(join(story.folder.path, folder), { recursive: true });
  for (const [name, text] of Object.entries(PRECIOUS)) story.folder.write(name, text);
  await story.run(['plan', '--out', 'deals.plan']);
  symlinkSync('.git', join(story.folder.path, 'innocent'));
  symlinkSync('notes.md', join(story.folder.path, 'link.md'));
  linkSync(join(story.folder.path, 'fields.yaml'), join(story.folder.path, 'second-name.yaml'));
  return story;
}

const PRECIOUS: Readonly<Record<string, string>> = {
  'notes.md': '# Notes\n',
  'page.html': '<!doctype html>\n<html><head><title>Ours</title></head></html>\n',
  'data.json': '{"format_version": 3}\n',
  'old.snapshot': '{\n  "format_version": "1.0",\n  "kind": "snapshot"\n}\n',
  'table.csv': 'module,name\n',
  'notes.txt': 'a list\n',
  '.env': 'OTHER=1\n',
};

/** Paths that no output may have, whatever its format, with the word that says why. */
const FORBIDDEN = [
  ...Object.keys(PRECIOUS),
  'fields.yaml',
  './sub/../fields.yaml',
  'second-name.yaml',
  'deals.plan',
  'link.md',
  '.git/config',
  '.git/hooks/pre-commit',
  'sub/../.git/new/deep/file.md',
  'innocent/new.md',
  '.GIT/new.md',
  'bare.git-like/hooks/x',
  '.zoho-fields/report.md',
  '.zoho-fields/new/report.md',
  'home/.cache/zoho-fields/report.md',
  'home/.local/state/zoho-fields/deep/report.md',
];

const before = (story: Story, path: string): string | undefined => {
  const file = join(story.folder.path, path);
  return existsSync(file) ? readFileSync(file, 'latin1') : undefined;
};

describe.concurrent('an output costs nothing that this tool did not make itself (contract §6)', () => {
  it.for(FORBIDDEN)('nothing is written to %s', async (path, { open }) => {
    const story = await furnished(open);
    const env = { HOME: join(story.folder.path, 'home') };
    const then = before(story, path);
    story.turnPage();
    for (const words of [
      ['plan', '--format', `markdown=${path}`],
      ['import', '--all', '--out', path],
      // A saved plan is what the next one takes the place of.
      ...(path === 'deals.plan' ? [] : [['plan', '--out', path]]),
    ]) {
      const run = await story.run(words, { env });
      expect(run.code, `${words.join(' ')}: ${run.stdout}${run.stderr}`).toBe(64);
      expect(before(story, path)).toBe(then);
    }
    if (path.includes('new/')) expect(existsSync(join(story.folder.path, dirname(path)))).toBe(false);
  });

  it('no report takes the place of what the same run reads or writes', async ({ open }) => {
    const story = await furnished(open);
    story.folder.write('other.env', '');
    story.folder.write('empty.yaml', '');
    for (const words of [
      'plan --out a.plan --format markdown=./a.plan',
      'plan --settings other.env --format markdown=other.env',
      'plan --format markdown=a.md --format html=sub/../a.md',
      'plan -f gone.yaml --format markdown=gone.yaml',
      'plan --base empty.yaml --format markdown=empty.yaml',
      'apply deals.plan --yes --format json=deals.plan',
      'diff empty.yaml --format patch=empty.yaml',
      'diff fields.yaml empty.yaml --format json=empty.yaml',
    ]) {
      const run = await story.run(words.split(' '));
      expect(run.code, `${words}: ${run.stdout}${run.stderr}`).toBe(64);
    }
    expect(existsSync(join(story.folder.path, 'a.plan'))).toBe(false);
    expect(existsSync(join(story.folder.path, 'gone.yaml'))).toBe(false);
  });

  it('a report is written over, by a report of any kind, and so is a file that is empty', async ({
    open,
  }) => {
    const story = await furnished(() => open({ switches: { tokensPerTenMinutes: 0 } }));
    story.folder.write('report', '');
    story.declare({ Deals: missing(2) }, 'second.yaml');
    for (const words of [
      ...['text', 'json', 'markdown', 'html', 'github'].map((format) => `plan --format ${format}=report`),
      'plan -f gone.yaml --format text=report',
      'validate --format sarif=report',
      'diff fields.yaml --format patch=report -f second.yaml',
      'audit --format csv=report',
      'plan --format markdown=report',
    ]) {
      const run = await story.run(words.split(' '));
      expect(run.code, `${words}: ${run.stderr}`).not.toBe(64);
    }
    expect(before(story, 'report')).toMatch(/^<!-- zoho-fields plan /);
  });

  it('a login adds nothing to a file that holds no settings', async ({ open }) => {
    const story = await furnished(open);
    for (const path of [
      'fields.yaml',
      'notes.txt',
      'page.html',
      'data.json',
      '.git/config',
      '.zoho-fields/x.env',
    ]) {
      const then = before(story, path);
      const run = await story.run(['auth', 'login', '--settings', path], { input: story.zoho.grantCode() });
      expect([64, 78], run.stdout + run.stderr).toContain(run.code);
      expect(before(story, path)).toBe(then);
    }
  });
});
