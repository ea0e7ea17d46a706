import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Command, Option } from 'commander';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DATA_CENTRES, ENVIRONMENTS } from '../../src/zoho/auth/data-centre.ts';
import { makeWorkspace, ownEnvironment, type Workspace } from '../support/run-cli.ts';
import { bashScript, fishScript, zshScript, pagesOf } from '../../src/cli/commands/completion.ts';

const isThere = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

function desk(): Workspace {
  const folder = makeWorkspace();
  onTestFinished(() => folder.remove());
  return folder;
}

/** Runs a line of a shell in a folder. */
async function shell(name: string, line: string, folder: Workspace): Promise<string> {
  const { stdout } = await promisify(execFile)(name, ['-c', line], {
    cwd: folder.path,
    env: ownEnvironment(folder.path),
  });
  return stdout;
}

/** What is offered behind these words, the last of which is being typed, in bash as it hands them over. */
async function offered(
  script: string,
  words: readonly string[],
  folder: Workspace,
): Promise<readonly string[]> {
  folder.write('script', script);
  const list = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const line = `set -u; source ./script; COMP_WORDS=(zoho-fields ${list}); COMP_CWORD=${words.length}; _zoho_fields; printf '%s\\n' "\${COMPREPLY[@]-}"`;
  return (await shell('bash', line, folder)).split('\n').filter((word) => word !== '');
}

describe('completion in bash', () => {
  let script = '';
  beforeAll(async () => {
    const folder = makeWorkspace();
    script = (await folder.run(['completion', 'bash'])).stdout;
    folder.remove();
  });

  it.each([
    ['a command', ['pl'], ['plan']],
    ['a command below another', ['auth', ''], ['login', 'status', '-h', '--help']],
    ['an option', ['plan', '--det'], ['--detailed-exitcode']],
    ['an option after others', ['plan', '-f', 'x.yaml', '--in'], ['--in-sync']],
    ['an option of a command below another', ['auth', 'login', '--keep'], ['--keep-old-token']],
    ['both names of an option', ['doctor', '--e'], ['--emulator', '--env-file']],
    ['what an option takes', ['validate', '--format', 's'], ['sarif']],
    ['the same behind "="', ['plan', '--format', '=', 'm'], ['markdown']],
    ['the same before anything is typed', ['import', '--format', '='], ['text', 'json']],
    ['what a command takes', ['completion', 'z'], ['zsh']],
    ['data centres', ['auth', 'login', '--dc', ''], DATA_CENTRES.map(({ name }) => name)],
    ['environments', ['auth', 'login', '--environment', ''], [...ENVIRONMENTS]],
    ['no word of ours for a file: bash offers its files then', ['plan', '-f', ''], []],
    ['nor for a plan', ['apply', ''], []],
    ['nothing that is not there', ['plan', '--nothing'], []],
  ])('offers %s', async (_, words, expected) => {
    expect(await offered(script, words, desk())).toEqual(expected);
  });

  it('runs nothing of what stands on the line', async () => {
    const folder = desk();
    const typed = '$(touch ran)';
    for (const words of [
      ['plan', '-f', typed, '--in'],
      [typed, ''],
      ['plan', typed],
      ['plan', '`touch ran`', '='],
    ])
      await offered(script, words, folder);
    expect(existsSync(join(folder.path, 'ran'))).toBe(false);
  });
});

describe('a script for a shell', () => {
  it('is refused for another one, with those that there are: 64', async () => {
    const run = await desk().run(['completion', 'tcsh']);
    expect(run.code).toBe(64);
    expect(run.stderr.replaceAll(/\s+/gu, ' ')).toContain('bash, zsh, fish');
  });

  it.skipIf(!isThere('zsh'))('of zsh is one, and loads behind compinit', async () => {
    const folder = desk();
    const { stdout } = await folder.run(['completion', 'zsh']);
    folder.write('script', stdout);
    const loaded = 'autoload -U compinit; compinit -D -u; eval "$(<script)"; print $_comps[zoho-fields]';
    expect(await shell('zsh', `zsh -f -n script && { ${loaded} }`, folder)).toBe('_zoho-fields\n');
  });

  it.skipIf(!isThere('fish'))('of fish offers words and what they mean, and runs nothing', async () => {
    const folder = desk();
    const { stdout } = await folder.run(['completion', 'fish']);
    folder.write('script', stdout);
    folder.write('deals.yaml', '');
    const ask = (line: string): Promise<string> =>
      shell('fish', `source script; complete -C 'zoho-fields ${line}'`, folder);
    expect(await ask('pl')).toMatch(/^plan\t.+\n$/u);
    expect(await ask('auth login --dc e')).toMatch(/^eu\t/u);
    expect(await ask('plan -f dea')).toBe('deals.yaml\n');
    expect(await ask('plan -f (touch ran) --in')).toMatch(/^--in-sync\t/u);
    expect(existsSync(join(folder.path, 'ran'))).toBe(false);
  });
});

/** A program with whatever a definition could hold. */
function program(about: string): Command {
  const one = new Command('zoho-fields').helpCommand(false);
  const outer = one.command('outer').description(about).helpCommand(false);
  outer.command('inner').addOption(new Option('-x, --ex <way>', about).choices(['left', 'right']));
  one.command('hidden', { hidden: true });
  return one;
}

describe('what can be typed', () => {
  it('comes from the definitions alone: commands below commands, choices, and nothing that is hidden', () => {
    const pages = pagesOf(program('what it does; and more'));
    expect(pages.map(({ path }) => path)).toEqual(['', '/outer', '/outer/inner']);
    expect(pages[0]?.commands).toEqual([{ name: 'outer', about: 'what it does' }]);
    expect(pages[2]?.options[0]).toEqual({
      names: ['-x', '--ex'],
      about: 'what it does',
      value: ['left', 'right'],
    });
  });

  it.for([
    ['bash', bashScript, 'source ./script'],
    [
      'zsh',
      zshScript,
      'autoload -U compinit; compinit -D -u; source ./script; _arguments() {}; _zoho-fields-outer-inner',
    ],
    [
      'fish',
      fishScript,
      "source script; complete -C 'zoho-fields outer inner --ex '; complete -C 'zoho-fields '",
    ],
  ] as const)('is only text to %s, whatever a description says', async ([name, write, line], { skip }) => {
    skip(!isThere(name), `there is no ${name} here`);
    const folder = desk();
    const about = `it's "x" [y] \\ a:b $(touch ran) \`touch ran\` (touch ran) 'touch ran`;
    folder.write('script', write(pagesOf(program(about))));
    await shell(name, line, folder);
    expect(existsSync(join(folder.path, 'ran'))).toBe(false);
  });
});
