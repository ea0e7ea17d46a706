import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator } from '../../src/emulator/start.ts';
import { makeWorkspace, type Workspace } from '../support/run-cli.ts';

const VALID =
  'module: Deals\nfields:\n  - {api_name: Score, field_label: Score, data_type: text, length: 9}\n';

let zoho: Emulator;
let space: Workspace;
beforeEach(async () => {
  zoho = await startEmulator();
  space = makeWorkspace();
  space.write('fields.yaml', VALID);
});
afterEach(async () => {
  space.remove();
  await zoho.close();
});

const asked = (): readonly string[] => zoho.requests.map(({ method, path }) => `${method} ${path}`);
const run = async (...words: readonly string[]): Promise<number | null> =>
  (await space.run(words, { env: { ...zoho.environment, CI: 'true' } })).code;

describe('what is asked before the command line is read', () => {
  it.each([
    ['as it is', []],
    ['by a longer line', ['--file', 'fields.yaml', '--json', '--in-sync']],
  ])('is what a plan needs, once: %s', async (_name, words) => {
    expect(await run('plan', ...words)).toBe(0);
    const fields = asked().filter((one) => one.endsWith('/settings/fields'));
    const tokens = asked().filter((one) => one.endsWith('/oauth/v2/token'));
    expect([tokens.length, fields.length]).toEqual([1, 1]);
  });

  it('is nothing for a line that is wrong, or asks for help', async () => {
    for (const words of [
      ['--nope'],
      ['--help'],
      ['more'],
      ['--format', 'csv'],
      ['--json', '--format', 'text'],
    ])
      await run('plan', ...words);
    expect(asked()).toEqual([]);
  });

  it('is at most one read in vain for a manifest that is wrong, which is told all the same', async () => {
    space.write('fields.yaml', `${VALID}  - {api_name: Other, data_type: nonsense}\n`);
    expect(await run('plan')).toBe(65);
    expect(asked().filter((one) => !one.endsWith('/oauth/v2/token')).length).toBeLessThanOrEqual(1);
  });

  it('is not of a manifest of another module than it seemed', async () => {
    space.write('fields.yaml', VALID.replace('module: Deals\n', 'module: Deals\n  Leads\n'));
    expect(await run('plan')).toBe(65);
    expect(asked().filter((one) => !one.endsWith('/oauth/v2/token')).length).toBeLessThanOrEqual(1);
  });
});
