import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeWorkspace } from '../support/run-cli.ts';

const root = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8');

describe('the README', () => {
  it('shows what its first command really prints', async () => {
    const workspace = makeWorkspace();
    try {
      workspace.write('fields.yaml', root('fields.yaml'));
      // As npx starts it.
      const env = { npm_command: 'exec' };
      const { code, stdout } = await workspace.run(['plan', '--emulator'], { env });
      expect(code).toBe(0);
      expect(root('README.md')).toContain(`$ npx zoho-fields plan --emulator\n${stdout.trimEnd()}\n`);
    } finally {
      workspace.remove();
    }
  });

  it('tells the whole story with its first line: plan, apply, and nothing left to do', async () => {
    const line = /^npm ci && (npx zoho-fields .*)$/m.exec(root('README.md'))?.[1] ?? '';
    const commands = line.split(' && ').map((command) => command.replace('npx zoho-fields ', '').split(' '));
    const workspace = makeWorkspace();
    try {
      workspace.write('fields.yaml', root('fields.yaml'));
      const runs = [];
      for (const command of commands) runs.push(await workspace.run(command));
      expect(runs.map((run) => run.code)).toEqual([0, 0, 0]);
      expect(runs[1]?.stdout).toContain('1 created, 0 failed');
      expect(runs[2]?.stdout).toContain('Nothing to do: Zoho is as declared.');
    } finally {
      workspace.remove();
    }
  });

  it('names every command that there is', async () => {
    const workspace = makeWorkspace();
    const { stdout } = await workspace.run(['--help']);
    workspace.remove();
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) .*/gm)].map((match) => match[1] ?? '');
    expect(commands.length).toBeGreaterThan(8);
    for (const command of new Set(commands))
      expect(root('README.md')).toMatch(new RegExp(`\\b${command}\\b`));
  });
});
