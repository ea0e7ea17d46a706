import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeWorkspace, type Workspace } from '../support/run-cli.ts';
import { htmlSins, markdownSins, parseCommand } from '../unit/report/judges.ts';

const MANIFEST = `module: Deals
fields:
  - {api_name: Deal_Name, data_type: text, create: false}
  - {api_name: Region, field_label: Region, data_type: text, length: 40}
`;

let space: Workspace;

beforeEach(() => {
  space = makeWorkspace();
  space.write('fields.yaml', MANIFEST);
});
afterEach(() => space.remove());

const read = (name: string): string => readFileSync(join(space.path, name), 'utf8');

describe('the built command', () => {
  it('prints a plan in every format, and the same facts into files', async () => {
    const words = [
      'plan',
      '--emulator',
      '--format',
      'github',
      '--format',
      'markdown=p.md',
      '--format',
      'html=p.html',
    ];
    const run = await space.run([...words, '--format', 'json=p.json', '--format', 'text=p.txt']);
    expect(run.code).toBe(0);
    expect(
      run.stdout
        .trimEnd()
        .split('\n')
        .map((line) => parseCommand(line)?.name),
    ).toEqual(['notice', 'notice']);
    const { plan_id } = JSON.parse(read('p.json')) as { plan_id: string };
    for (const name of ['p.md', 'p.html', 'p.txt']) {
      expect(read(name)).toContain(plan_id);
      expect(read(name)).toContain('Region');
    }
    expect([...markdownSins(read('p.md')), ...htmlSins(read('p.html'))]).toEqual([]);
    expect(read('p.txt')).not.toContain('\u001b');
  });

  it('prints what became of an apply as one document', async () => {
    const run = await space.run([
      'apply',
      '--emulator',
      '--yes',
      '--format',
      'markdown',
      '--format',
      'json=a.json',
    ]);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toMatch(
      /^<!-- zoho-fields apply manifest="fields\.yaml" digest="[0-9a-f]{64}" -->\n/u,
    );
    expect(run.stdout).toContain('**1 of 1 field was created**');
    expect(JSON.parse(read('a.json'))).toMatchObject({ kind: 'apply', summary: { created: 1 } });
  });

  it('writes why there is no result in every format that was asked for', async () => {
    const run = await space.run([
      'plan',
      '--format',
      'markdown=p.md',
      '--format',
      'html=p.html',
      '--format',
      'json=p.json',
      '--json',
    ]);
    expect(run.code).toBe(78);
    expect(JSON.parse(run.stdout)).toMatchObject({ kind: 'error' });
    expect(read('p.json')).toBe(run.stdout);
    for (const name of ['p.md', 'p.html'])
      expect(read(name)).toContain('The credentials are missing or malformed');
  });

  it('gives the findings of validate as SARIF, valid or not', async () => {
    const good = await space.run(['validate', '--format', 'sarif']);
    expect(good.code).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject({ version: '2.1.0', runs: [{ results: [] }] });
    space.write('fields.yaml', MANIFEST.replace('length: 40', 'length: 4000'));
    const bad = await space.run(['validate', '--format', 'sarif']);
    expect(bad.code).toBe(65);
    expect(JSON.parse(bad.stdout)).toMatchObject({
      runs: [
        {
          results: [
            {
              level: 'error',
              locations: [
                { physicalLocation: { artifactLocation: { uri: 'fields.yaml' }, region: { startLine: 4 } } },
              ],
            },
          ],
        },
      ],
    });
  });

  it('tells on standard error when a file cannot be written, keeps the one document, and fails', async () => {
    space.write('wall', 'a file, and no folder');
    const run = await space.run(['validate', '--json', '--format', 'markdown=wall/v.md']);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({ kind: 'validate', valid: true });
    expect(run.stderr).toContain('could not be written to wall/v.md');
    expect(existsSync(join(space.path, 'wall/v.md'))).toBe(false);
  });
});
