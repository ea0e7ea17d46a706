import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { applyPatch } from 'diff';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeWorkspace, type Workspace } from '../support/run-cli.ts';

const BASE = 'module: Deals\nfields:\n  - {api_name: A, field_label: A, data_type: text, length: 5}\n';
const HEAD = `${BASE}  - {api_name: Risk, field_label: Risk, data_type: picklist, pick_list_values: [Low, High]}\n`;

let space: Workspace;

beforeEach(() => {
  space = makeWorkspace();
});
afterEach(() => space.remove());

function git(...words: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...words], {
    cwd: space.path,
    stdio: 'pipe',
  });
}

function repository(): void {
  git('init', '-q', '-b', 'main');
  space.write('fields.yaml', BASE);
  git('add', '.');
  git('commit', '-q', '-m', 'Begin');
  space.write('fields.yaml', HEAD);
}

async function json(
  ...words: readonly string[]
): Promise<{ readonly code: number | null; readonly document: Record<string, unknown> }> {
  const run = await space.run([...words, '--json']);
  return { code: run.code, document: JSON.parse(run.stdout) as Record<string, unknown> };
}

describe('diff', () => {
  it('compares two files without settings, network or git', async () => {
    space.write('a.yaml', BASE);
    space.write('b.yaml', HEAD);
    const { code, document } = await json('diff', 'a.yaml', 'b.yaml');
    expect(code).toBe(0);
    expect(document).toMatchObject({
      format_version: '1.0',
      kind: 'diff',
      summary: { added: 1, removed: 0, changed: 0 },
      changes: [{ module: 'Deals', api_name: 'Risk', change: 'added', differences: [] }],
    });
  });

  it('gives option lists as added and removed', async () => {
    space.write('a.yaml', HEAD);
    space.write('b.yaml', HEAD.replace('[Low, High]', '[Low, Urgent]'));
    const { document } = await json('diff', 'a.yaml', 'b.yaml');
    expect(document).toMatchObject({
      summary: { added: 0, removed: 0, changed: 1 },
      changes: [
        {
          change: 'changed',
          differences: [{ key: 'pick_list_values', added: ['Urgent'], removed: ['High'] }],
        },
      ],
    });
  });

  it('reads revisions, what is staged, folders with blanks, and fields.yaml by default', async () => {
    repository();
    expect((await json('diff', 'main:fields.yaml')).document).toMatchObject({ summary: { added: 1 } });
    expect((await json('diff', 'HEAD@{0}:fields.yaml')).document).toMatchObject({ summary: { added: 1 } });
    git('add', 'fields.yaml');
    expect((await json('diff', ':fields.yaml')).document).toMatchObject({ summary: { added: 0 } });
    mkdirSync(join(space.path, 'my crm'));
    space.write('my crm/our fields.yaml', BASE);
    git('add', '.');
    git('commit', '-q', '-m', 'Another');
    const other = await json('diff', 'HEAD:my crm/our fields.yaml', 'HEAD:fields.yaml');
    expect(other.document).toMatchObject({
      base: { path: 'HEAD:my crm/our fields.yaml' },
      summary: { added: 1 },
    });
  });

  it('takes the null device for a manifest that did not exist', async () => {
    space.write('fields.yaml', HEAD);
    expect((await json('diff', '/dev/null')).document).toMatchObject({ summary: { added: 2 } });
    expect((await json('diff', 'fields.yaml', '/dev/null')).document).toMatchObject({
      summary: { removed: 2 },
    });
  });

  it.each([
    ['an unknown revision', ['nope:fields.yaml'], 'unknown-revision'],
    ['a revision that looks like an option', ['--', '--output=x:fields.yaml'], 'unknown-revision'],
    ['a path that the revision does not have', ['main:nope.yaml'], 'manifest-not-found'],
    ['a missing file', ['nope.yaml'], 'manifest-not-found'],
  ])('ends with 66 and words for %s', async (_, words, code) => {
    repository();
    const run = await json('diff', '--json', ...words).catch(async () => {
      const plain = await space.run(['diff', '--json', ...words]);
      return { code: plain.code, document: JSON.parse(plain.stdout) as Record<string, unknown> };
    });
    expect(run.code).toBe(66);
    expect(run.document).toMatchObject({ kind: 'error', diagnostics: [{ code }] });
    expect(existsSync(join(space.path, 'x'))).toBe(false);
  });

  it('ends with 66 outside a repository, and with 65 for a version that is not valid', async () => {
    space.write('fields.yaml', BASE);
    const outside = await json('diff', 'HEAD:fields.yaml');
    expect([outside.code, outside.document]).toMatchObject([
      66,
      { diagnostics: [{ code: 'no-repository' }] },
    ]);
    space.write('bad.yaml', 'module: Deals\nfields: [1]\n');
    expect((await space.run(['diff', 'bad.yaml'])).code).toBe(65);
  });

  it('runs no text conversion that a repository asks for', async () => {
    repository();
    space.write('.gitattributes', '*.yaml diff=trap\n');
    git('config', 'diff.trap.textconv', `touch ${join(space.path, 'trapped')}; cat`);
    expect((await space.run(['diff', 'main:fields.yaml'])).code).toBe(0);
    expect(existsSync(join(space.path, 'trapped'))).toBe(false);
  });

  it('gives a patch that turns one normal form into the other', async () => {
    space.write('a.yaml', BASE);
    space.write('b.yaml', `# comment\n${HEAD}`);
    const whole = async (name: string): Promise<string> => {
      const run = await space.run(['diff', '/dev/null', name, '--format', 'patch']);
      const lines = run.stdout.split('\n').filter((line) => /^\+(?!\+\+ )/u.test(line));
      return `${lines.map((line) => line.slice(1)).join('\n')}\n`;
    };
    const patch = (await space.run(['diff', 'a.yaml', 'b.yaml', '--format', 'patch'])).stdout;
    expect(applyPatch(await whole('a.yaml'), patch)).toBe(await whole('b.yaml'));
    expect((await space.run(['diff', 'a.yaml', 'a.yaml', '--format', 'patch'])).stdout).toBe('');
  });
});

describe('--format', () => {
  it('writes files beside what is printed, all with the same facts', async () => {
    space.write('a.yaml', BASE);
    space.write('b.yaml', HEAD);
    const run = await space.run([
      'diff',
      'a.yaml',
      'b.yaml',
      '--json',
      '--format',
      'markdown=out/d.md',
      '--format=html=out/d.html',
      '--format',
      'json=out/d.json',
    ]);
    expect(run.code).toBe(0);
    expect(readdirSync(join(space.path, 'out')).toSorted()).toEqual(['d.html', 'd.json', 'd.md']);
    expect(readFileSync(join(space.path, 'out/d.json'), 'utf8')).toBe(run.stdout);
    for (const name of ['d.md', 'd.html']) {
      expect(readFileSync(join(space.path, 'out', name), 'utf8')).toContain('adds 1 field');
    }
  });

  it.each([
    [['--json', '--format', 'text']],
    [['--format', 'text', '--format', 'json']],
    [['--format', 'markdown=']],
    [['--format', 'markdown=-']],
    [['--format', 'markdown=a', '--format', 'html=a']],
    [['--format', 'sarif']],
    [['--format', 'nope=x.md']],
  ])('refuses %j as wrong usage', async (words) => {
    space.write('a.yaml', BASE);
    expect((await space.run(['diff', 'a.yaml', 'a.yaml', ...words])).code).toBe(64);
  });

  it('allows --json beside --format json', async () => {
    space.write('a.yaml', BASE);
    expect((await space.run(['diff', 'a.yaml', 'a.yaml', '--json', '--format', 'json'])).code).toBe(0);
  });

  it('never writes over a manifest, settings or a folder, and follows no link', async () => {
    space.write('fields.yaml', BASE);
    space.write('.env', 'ZOHO_CLIENT_ID=x\n');
    space.write('elsewhere', 'precious');
    symlinkSync('elsewhere', join(space.path, 'link.md'));
    mkdirSync(join(space.path, 'folder'));
    for (const path of ['fields.yaml', '.env', 'folder', 'link.md']) {
      const run = await space.run(['validate', '--format', `markdown=${path}`]);
      expect([path, run.code]).toEqual([path, 64]);
    }
    expect(readFileSync(join(space.path, 'fields.yaml'), 'utf8')).toBe(BASE);
    expect(readFileSync(join(space.path, 'elsewhere'), 'utf8')).toBe('precious');
  });

  it('replaces an older report by what went wrong', async () => {
    space.write('fields.yaml', BASE);
    await space.run(['diff', 'fields.yaml', '--format', 'markdown=d.md']);
    const run = await space.run(['diff', 'gone.yaml', '--format', 'markdown=d.md', '--format', 'github']);
    expect(run.code).toBe(66);
    expect(run.stdout).toMatch(/^::error title=manifest-not-found::/u);
    const comment = readFileSync(join(space.path, 'd.md'), 'utf8');
    expect(comment).toMatch(/^<!-- zoho-fields diff manifest="fields\.yaml" -->/u);
    expect(comment).toContain('gone.yaml');
  });

  it('tells JSON readers about wrong usage in JSON', async () => {
    const run = await space.run(['plan', '--json', '--format', 'text']);
    expect([run.code, JSON.parse(run.stdout)]).toMatchObject([64, { kind: 'error' }]);
  });
});

describe('plan --base', () => {
  it('tells whose change each row is, in JSON and in the comment', async () => {
    repository();
    const run = await space.run([
      'plan',
      '--emulator',
      '--base',
      'main',
      '--json',
      '--format',
      'markdown=p.md',
    ]);
    const { fields } = JSON.parse(run.stdout) as { fields: { api_name: string; origin?: string }[] };
    expect(fields.map(({ api_name, origin }) => [api_name, origin])).toEqual([
      ['A', 'already_waiting'],
      ['Risk', 'this_change'],
    ]);
    const comment = readFileSync(join(space.path, 'p.md'), 'utf8');
    expect(comment.indexOf('By this change')).toBeLessThan(comment.indexOf('1 field waiting already'));
    expect(comment).toContain('1 by this change, and 1 that was waiting already before it');
  });

  it('takes a file, and a revision that has no manifest yet', async () => {
    repository();
    space.write('old.yaml', BASE);
    const file = await space.run(['plan', '--emulator', '--base', 'old.yaml']);
    expect(file.stdout).toContain('[this change]');
    mkdirSync(join(space.path, 'new'));
    space.write('new/fields.yaml', HEAD);
    const none = await space.run(['plan', '--emulator', '-f', 'new/fields.yaml', '--base', 'main']);
    expect(none.stdout.match(/\[this change\]/gu)).toHaveLength(2);
    expect((await space.run(['plan', '--emulator', '--base', 'nope'])).code).toBe(66);
  });

  it('lets no file pass for a revision', async () => {
    repository();
    space.write('main', HEAD);
    const run = await space.run(['plan', '--emulator', '--base', 'main', '--json']);
    expect(run.stdout).toContain('"this_change"');
  });

  it('still plans where the base is not valid, and says that it cannot tell', async () => {
    repository();
    space.write('fields.yaml', 'module: Deals\nfields: [1]\n');
    git('commit', '-q', '-am', 'Break it');
    space.write('fields.yaml', HEAD);
    const run = await space.run(['plan', '--emulator', '--base', 'HEAD', '--json']);
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      diagnostics: [{ severity: 'warning', code: 'base-not-valid' }],
    });
    expect(run.stdout).not.toContain('"origin"');
  });
});
