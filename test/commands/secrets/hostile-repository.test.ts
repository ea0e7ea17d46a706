import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BIN, makeWorkspace, type Workspace } from '../../support/run-cli.ts';

const MANIFEST = 'module: Deals\nfields:\n  - {api_name: A, field_label: A, data_type: text, length: 5}\n';

/**
 * A repository whose configuration names a program wherever git takes one, and that lacks the object it is asked for, so
 * that git would fetch it. The program notes who called it.
 */
function hostile(): { readonly space: Workspace; readonly called: () => string } {
  const space = makeWorkspace();
  onTestFinished(() => space.remove());
  const noted = join(space.path, 'called');
  const program = space.write('program.sh', `#!/bin/sh\necho "$0 $*" >>${noted}\nexit 1\n`);
  chmodSync(program, 0o755);
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...words], {
      cwd: space.path,
      encoding: 'utf8',
    }).trim();
  git('init', '-q', '-b', 'main');
  space.write('fields.yaml', MANIFEST);
  space.write('.gitattributes', '* filter=evil diff=evil merge=evil\n');
  git('add', '.');
  git('commit', '-q', '-m', 'Begin');
  const blob = git('rev-parse', 'HEAD:fields.yaml');
  for (const hook of ['post-index-change', 'reference-transaction', 'post-checkout', 'pre-auto-gc'])
    chmodSync(space.write(`.git/hooks/${hook}`, readFileSync(program)), 0o755);
  appendFileSync(
    join(space.path, '.git', 'config'),
    `[core]
	fsmonitor = ${program}
	pager = ${program}
	editor = ${program}
	sshCommand = ${program}
	askPass = ${program}
	gitProxy = ${program}
	hooksPath = ${join(space.path, '.git', 'hooks')}
	alternateRefsCommand = ${program}
	repositoryformatversion = 1
[extensions]
	partialClone = origin
[remote "origin"]
	url = ext::${program} %S
	uploadpack = ${program}
	promisor = true
	partialclonefilter = blob:none
[protocol]
	allow = always
[protocol "ext"]
	allow = always
[protocol "file"]
	allow = always
[credential]
	helper = ${program}
[pager]
	cat-file = true
	ls-files = true
	rev-parse = true
[diff]
	external = ${program}
[diff "evil"]
	textconv = ${program}
	command = ${program}
[filter "evil"]
	clean = ${program}
	smudge = ${program}
	process = ${program}
	required = true
[gpg]
	program = ${program}
[log]
	showSignature = true
[alias]
	cat-file = !${program}
	ls-files = !${program}
	rev-parse = !${program}
	check-ignore = !${program}
`,
  );
  rmSync(join(space.path, '.git', 'objects', blob.slice(0, 2), blob.slice(2)));
  return { space, called: () => (existsSync(noted) ? readFileSync(noted, 'utf8') : '') };
}

test.each([
  { words: ['diff', 'main:fields.yaml'] },
  { words: ['diff', ':fields.yaml'] },
  { words: ['plan', '--base', 'main', '--emulator'] },
  { words: ['auth', 'login'] },
])('git runs nothing that a repository names: $words', async ({ words }) => {
  const { space, called } = hostile();
  await space.run(words, {
    env: {
      ZOHO_CLIENT_ID: '1000.A',
      ZOHO_CLIENT_SECRET: 'x',
      ZOHO_ACCOUNTS_URL: 'http://127.0.0.1:9',
      ZOHO_TIMEOUT_MS: '500',
    },
    input: '1000.code',
  });
  expect(called()).toBe('');
});

test('the trap works: git by itself runs what the repository names', () => {
  const { space, called } = hostile();
  expect(() =>
    execFileSync('git', ['cat-file', 'blob', 'HEAD:fields.yaml'], { cwd: space.path, stdio: 'pipe' }),
  ).toThrow('bad file');
  execFileSync('git', ['ls-files', '--', 'fields.yaml'], { cwd: space.path, stdio: 'pipe' });
  expect(called()).not.toBe('');
});

test('a folder of a checkout that is made like a repository is not read as one', () => {
  const { space } = hostile();
  execFileSync('git', ['init', '-q', '--bare', 'inner'], { cwd: space.path });
  space.write('inner/fields.yaml', MANIFEST);
  const run = spawnSync(process.execPath, [BIN, 'diff', 'main:fields.yaml', '--json'], {
    cwd: join(space.path, 'inner'),
    encoding: 'utf8',
  });
  expect(run.status, run.stdout).toBe(66);
  expect(run.stdout).toContain('repository-not-trusted');
});
