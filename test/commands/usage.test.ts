import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it, missing, onlyDocument } from '../support/story.ts';

/** What people type by mistake, and what they need to hear. */
const MISTAKES: readonly {
  readonly words: readonly string[];
  readonly code: number;
  readonly says: RegExp;
}[] = [
  { words: ['plna'], code: 64, says: /plna[\s\S]*plan/ },
  { words: ['plan', '--yes'], code: 64, says: /--yes/ },
  { words: ['plan', '--jsno'], code: 64, says: /--jsno[\s\S]*--json/ },
  { words: ['plan', 'fields.yaml'], code: 64, says: /plan -f\s+fields\.yaml/ },
  { words: ['plan', '--format', 'xml'], code: 64, says: /xml[\s\S]*text/ },
  {
    words: ['plan', '--json', '--format', 'text'],
    code: 64,
    says: /--json[\s\S]*--format|--format[\s\S]*--json/,
  },
  { words: ['plan', '-f'], code: 64, says: /-f/ },
  { words: ['plan', '-f', ''], code: 64, says: /empty/ },
  { words: ['plan', '-f', 'nowhere.yaml'], code: 66, says: /nowhere\.yaml[\s\S]*-f/ },
  { words: ['plan', '-f', 'folder'], code: 66, says: /folder[\s\S]*-f/ },
  { words: ['plan', '-f', 'folder/none/x.yaml'], code: 66, says: /no such file/ },
  { words: ['validate', '-f', 'nowhere.yaml'], code: 66, says: /nowhere\.yaml/ },
  { words: ['plan', '-f', 'broken.yaml'], code: 65, says: /broken\.yaml:1/ },
  { words: ['apply', '-f', 'broken.yaml', '--yes'], code: 65, says: /broken\.yaml:1/ },
  { words: ['validate', '-f', 'broken.yaml'], code: 65, says: /broken\.yaml:1/ },
  { words: ['plan', '-f', 'empty.yaml'], code: 65, says: /empty/ },
  { words: ['apply', 'fields.yaml', '--yes'], code: 65, says: /apply -f fields\.yaml/ },
  { words: ['apply'], code: 64, says: /--yes/ },
  { words: ['apply', 'one.plan', 'two.plan', '--yes'], code: 64, says: /"two\.plan" is one\s+too\s+many/ },
  { words: ['--json', 'plan'], code: 64, says: /before the command[\s\S]*plan --json/ },
  { words: ['plan', '--json=yes'], code: 64, says: /"--json" takes no value/ },
  { words: ['plan', '--scope', 'x'], code: 64, says: /plan has no option "--scope"[\s\S]*plan\s+--help/ },
  { words: ['--quiet'], code: 64, says: /--quiet[\s\S]*command first/ },
  { words: ['schema', 'x'], code: 64, says: /schema takes no argument, and "x" is one/ },
  { words: ['auth', 'lgoin'], code: 64, says: /"lgoin" is not a command of auth[\s\S]*"login"/ },
  { words: ['diff'], code: 64, says: /diff needs[\s\S]*<base>[\s\S]*diff\s+main:fields\.yaml/ },
  { words: ['matrix'], code: 64, says: /matrix needs[\s\S]*<settings>[\s\S]*matrix\s+sandbox\.env/ },
  { words: ['completion', 'pwsh'], code: 64, says: /"pwsh"[\s\S]*bash, zsh, fish/ },
  { words: ['plan', '--format', 'pdf'], code: 64, says: /"pdf" is not a value of --format[\s\S]*markdown/ },
  { words: ['plan', '--format', 'jsn'], code: 64, says: /Did you mean "json"/ },
  { words: ['plan', '--max-age', 'soon', '--from', 'x'], code: 64, says: /--max-age soon: an age is/ },
  { words: ['emulator', '--port', '70000'], code: 64, says: /--port 70000: a port is/ },
  { words: ['auth', 'login', '--dc', 'uss'], code: 64, says: /"uss"[\s\S]*Did you mean "us"[\s\S]*eu, in/ },
  { words: ['auth', 'login', '--environment', 'sandbx'], code: 64, says: /Did you mean "sandbox"/ },
  ...['plan', 'snapshot', 'import', 'probe'].flatMap((command) => [
    { words: [command, '--out', ''], code: 64, says: /--out is empty/ },
    { words: [command, '--out', 'folder'], code: 64, says: /folder/ },
  ]),
  ...['plan', 'snapshot', 'probe'].map((command) => ({
    words: [command, '--out', 'link'],
    code: 64,
    says: /link is a symbolic link[\s\S]*Name behind --out/,
  })),
  { words: ['apply', '--emulator', '--seed', '', '--yes'], code: 64, says: /--seed is empty/ },
  { words: ['apply', '--out', 'x', '--yes'], code: 64, says: /--out/ },
];

describe.concurrent('wrong things that people try: a sentence and a remedy each, and no stack (contract §6)', () => {
  it.for(MISTAKES.map((one) => ({ ...one, typed: one.words.join(' ') })))(
    '$typed',
    async ({ words, code, says }, { open }) => {
      const story = await open();
      story.declare({ Deals: missing(1) });
      story.folder.write('broken.yaml', 'modul: Deals\nfields: []\n');
      story.folder.write('empty.yaml', '');
      mkdirSync(join(story.folder.path, 'folder'));
      story.folder.write('notes.txt', 'kept\n');
      symlinkSync('notes.txt', join(story.folder.path, 'link'));

      const [screen, json] = await Promise.all([
        story.run(words),
        story.run(words.includes('--json') ? words : [...words, '--json']),
      ]);
      expect(screen.code, screen.stdout + screen.stderr).toBe(code);
      // What is wrong with a manifest is the result of `validate`; for --json everything is in the document.
      const isResult = words[0] === 'validate' || words.includes('--json');
      const told = isResult ? screen.stdout + screen.stderr : screen.stderr;
      expect(told).toMatch(says);
      expect(told).not.toMatch(/^ {4}at /m);
      expect(told).not.toMatch(/bug/);
      if (!isResult) expect(screen.stdout).toBe('');
      // A trailing -f takes --json for its file, which is then told in text.
      if (words.at(-1) === '-f') return;
      expect(json.code).toBe(code);
      const { kind, diagnostics } = onlyDocument(json);
      expect(kind).toBe(words[0] === 'validate' && code === 65 ? 'validate' : 'error');
      expect(diagnostics[0]?.severity).toBe('error');
      expect(
        story.zoho.requests.filter((one) => one.method !== 'POST' || one.path !== '/oauth/v2/token'),
      ).toEqual([]);
    },
  );

  it.for([
    { words: ['plan', '--settings', 'nowhere.env'] },
    { words: ['plan', '--settings=nowhere.env'] },
    { words: ['--settings', 'nowhere.env', 'plan'] },
    { words: ['--settings=nowhere.env', 'auth', 'status'] },
    { words: ['auth', 'status', '--settings', 'nowhere.env'] },
    { words: ['plan', '--emulator', '--settings', 'nowhere.env'] },
  ])('a file of settings that is not there is 78 in words: $words', async ({ words }, { open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const run = await story.json(words);
    expect(run.code, run.stdout).toBe(78);
    expect(run.report.diagnostics[0]?.message).toMatch(/nowhere\.env cannot be read: there is no such file/);
    expect(run.report.diagnostics[0]?.remedy).toContain('--settings');
  });

  it('--env-file means the same, with a file that is there', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    story.folder.write('other.env', 'ZOHO_DC=mars\n');
    for (const words of [['--env-file', 'other.env'], ['--env-file=other.env'], ['--settings=other.env']]) {
      const run = await story.json(['plan', ...words]);
      expect(run.code).toBe(78);
      expect(run.report.diagnostics[0]?.message).toContain('ZOHO_DC');
    }
  });

  it.for([
    ['txt', 64, 'Did you mean "text"?'],
    ['money', 64, 'Did you mean "currency"?'],
    // A type that no manifest can create, and one of which the module has no field.
    ['ownerlookup', 0, 'Owner'],
    ['subform', 0, 'No field is like that'],
  ] as const)(
    'audit --type %s: what is no data type of Zoho is told, and nothing else is',
    async ([type, code, says], { open }) => {
      const story = await open();
      const run = await story.run(['audit', '--type', type]);
      expect([run.code, run.stdout + run.stderr]).toEqual([code, expect.stringContaining(says)]);
    },
  );

  it('no words at all: help on standard error, 64', async ({ open }) => {
    const story = await open();
    const run = await story.run([]);
    expect(run.code).toBe(64);
    expect(run.stderr).toMatch(/plan[\s\S]*apply[\s\S]*validate/);
    expect(run.stdout).toBe('');
  });

  it.for([['--help'], ['plan', '--help'], ['apply', '-h'], ['--version']])(
    '%s is 0 on standard output',
    async (words, { open }) => {
      const story = await open();
      const run = await story.run(words);
      expect(run.code).toBe(0);
      expect(run.stdout.length).toBeGreaterThan(3);
      expect(run.stderr).toBe('');
    },
  );

  it('--help of plan and apply lists the exit codes', async ({ open }) => {
    const story = await open();
    for (const command of ['plan', 'apply']) {
      const { stdout } = await story.run([command, '--help']);
      for (const code of [0, 1, 2, 3, 4, 64, 65, 66, 69, 70, 75, 77, 78, 130])
        expect(stdout).toMatch(new RegExp(`\\b${code}\\b`));
    }
  });

  it('piped input is never consent', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const run = await story.run(['apply'], { input: 'yes\n' });
    expect(run.code).toBe(64);
    expect(story.zoho.requests).toEqual([]);
  });
});
