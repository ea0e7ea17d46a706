import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { types, loadManifest } from '../../src/index.ts';
import { makeWorkspace, type Workspace } from '../support/run-cli.ts';

const MANIFEST = `module: Deals
fields:
  - {api_name: Partner_Id, field_label: Partner ID, data_type: text, length: 50}
  - {api_name: Risk, field_label: Risk, data_type: picklist, pick_list_values: [Low, High]}
---
module: Contacts
fields:
  - {api_name: Email, data_type: email, create: false}
`;

let space: Workspace;

beforeEach(() => {
  space = makeWorkspace();
});
afterEach(() => space.remove());

describe('types', () => {
  it('prints every module of the manifest as TypeScript, without settings or network', async () => {
    space.write('fields.yaml', MANIFEST);
    const run = await space.run(['types'], { env: { ZOHO_ACCOUNTS_URL: 'http://127.0.0.1:1' } });
    expect([run.code, run.stderr]).toEqual([0, '']);
    for (const part of [
      "export const Deals = {\n  Partner_Id: 'Partner_Id',\n  Risk: 'Risk',\n} as const;",
      "export type Deals_Risk = 'Low' | 'High';",
      '  Risk: Deals_Risk | null;',
      "export const Contacts = {\n  Email: 'Email',\n} as const;",
      'export interface ContactsRecord {',
    ])
      expect(run.stdout).toContain(part);
  });

  it('prints the same bytes from a file of any name, from standard input and from the library', async () => {
    space.write('fields.yaml', MANIFEST);
    space.write('elsewhere.yaml', MANIFEST);
    const runs = [
      await space.run(['types']),
      await space.run(['types', '--file', 'elsewhere.yaml']),
      await space.run(['types', '-f', '-'], { input: MANIFEST }),
    ];
    const text = types(await loadManifest('fields.yaml', { cwd: space.path }));
    expect(runs.map(({ code, stdout }) => [code, stdout])).toEqual([
      [0, text],
      [0, text],
      [0, text],
    ]);
  });

  it('says of an invalid manifest everything that is wrong, and prints no types', async () => {
    space.write('fields.yaml', MANIFEST.replace('type: text', 'type: txt').replace('Low, High', 'Low, low'));
    const run = await space.run(['types']);
    expect([run.code, run.stdout]).toEqual([65, '']);
    expect(run.stderr).toContain('fields.yaml:3:');
    expect(run.stderr).toContain('fields.yaml:4:');
  });

  it('is 66 where there is no manifest, and 64 for an option that it does not have', async () => {
    expect((await space.run(['types'])).code).toBe(66);
    expect((await space.run(['types', '--emulator'])).code).toBe(64);
  });

  it('has examples in its help', async () => {
    const { stdout } = await space.run(['types', '--help']);
    expect(stdout).toContain('zoho-fields types > src/zoho-fields.ts');
  });
});
