import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it, missing, onlyDocument, text, type Story } from '../support/story.ts';

const STATE = '.zoho-fields';
const NOWHERE = { ZOHO_ACCOUNTS_URL: 'http://127.0.0.1:9', ZOHO_API_URL: 'http://127.0.0.1:9' };

async function begun(open: () => Promise<Story>): Promise<Story> {
  const story = await open();
  story.declare({ Deals: [text('Part_1'), { api_name: 'Partner', data_type: 'lookup', create: false }] });
  return story;
}

/** What a command cannot do without. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  apply: ['--yes'],
  init: ['--yes', '-f', 'first.yaml'],
};

const DAMAGED = (file: string): string =>
  `1 error The state of the local Zoho in ${file} is damaged: it is not JSON. do: Remove ${file}: the local Zoho then starts again with the fields that it had at first. `;

describe.concurrent('--emulator is a whole Zoho beside the manifest (contract §3)', () => {
  it('its plan, applied without the word and without credentials, asks for the word and not for credentials', async ({
    open,
  }) => {
    const story = await begun(open);
    const env = { ZOHO_CLIENT_ID: '', ZOHO_CLIENT_SECRET: '', ZOHO_REFRESH_TOKEN: '' };
    await story.run(['plan', '--emulator', '--out', 'local.plan'], { env });
    await story.run(['plan', '--out', 'real.plan']);
    const forgotten = await story.json(['apply', 'local.plan', '--yes'], { env });
    expect(forgotten.code).toBe(78);
    expect(forgotten.report.diagnostics).toEqual([
      expect.objectContaining({
        code: 'planned-with-emulator',
        remedy: expect.stringMatching(/ apply local\.plan --emulator\./) as string,
      }),
    ]);
    // Of a real organisation's plan nothing but the credentials is missing.
    rmSync(join(story.folder.path, STATE), { recursive: true });
    const real = await story.json(['apply', 'real.plan', '--yes'], { env });
    expect([real.code, real.report.diagnostics[0]?.code]).toEqual([78, 'not-configured']);
  });

  it('plan, apply, plan tell one story without credentials or network', async ({ open }) => {
    const story = await begun(open);
    const env = { ZOHO_CLIENT_ID: '', ZOHO_CLIENT_SECRET: '', ZOHO_REFRESH_TOKEN: '', ...NOWHERE };
    const first = await story.json(['plan', '--emulator'], { env });
    expect(first.report.summary, first.stderr).toEqual({
      create: 1,
      in_sync: 1,
      drift: 0,
      conflict: 0,
      unmanaged: 0,
    });
    expect(first.report.requests).toEqual({ read: 2, write: 0 });
    const applied = await story.json(['apply', '--emulator', '--yes'], { env });
    expect(applied.report.summary, applied.stderr).toEqual({
      created: 1,
      finished: 0,
      failed: 0,
      not_attempted: 0,
      in_sync: 1,
    });
    const second = await story.json(['plan', '--emulator', '--detailed-exitcode'], { env });
    expect(second.code).toBe(0);
    expect(second.report.summary).toMatchObject({ create: 0, in_sync: 2 });
    expect(story.zoho.requests).toEqual([]);
  });

  it('also with a saved plan', async ({ open }) => {
    const story = await begun(open);
    expect((await story.run(['plan', '--emulator', '--out', 'deals.plan'])).code).toBe(0);
    const applied = await story.json(['apply', 'deals.plan', '--emulator', '--yes']);
    expect(applied.code, applied.stdout).toBe(0);
    expect(applied.report.summary['created']).toBe(1);
    const again = await story.json(['apply', 'deals.plan', '--emulator', '--yes']);
    expect(again.report.summary).toEqual({
      created: 0,
      finished: 0,
      failed: 0,
      not_attempted: 0,
      in_sync: 2,
    });
  });

  it.for([
    {
      name: 'other credentials',
      env: { ZOHO_CLIENT_ID: 'x', ZOHO_CLIENT_SECRET: 'y', ZOHO_REFRESH_TOKEN: 'z' },
    },
    { name: 'other hosts', env: NOWHERE },
    { name: 'malformed hosts', env: { ZOHO_ACCOUNTS_URL: 'http://evil.example', ZOHO_API_URL: 'nonsense' } },
    { name: 'an unknown data centre', env: { ZOHO_DC: 'mars' } },
    { name: 'a dead proxy', env: { HTTP_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9' } },
    { name: 'a token cache', env: { CI: '' } },
  ])('whatever the environment says: $name', async ({ env }, { open }) => {
    const story = await begun(open);
    const plan = await story.json(['plan', '--emulator'], { env });
    expect(plan.code, plan.stdout).toBe(0);
    expect(plan.report.summary['create']).toBe(1);
    expect(existsSync(join(story.folder.path, '.cache', 'zoho-fields')), 'no token of it is kept').toBe(
      false,
    );
    expect(story.zoho.requests).toEqual([]);
  });

  it('keeps its state beside the manifest, for the user alone', async ({ open }) => {
    const story = await open();
    mkdirSync(join(story.folder.path, 'crm'));
    story.declare({ Deals: missing(1) }, 'crm/fields.yaml');
    const plan = await story.run(['plan', '--emulator', '-f', 'crm/fields.yaml']);
    expect(plan.code, plan.stderr).toBe(0);
    expect(existsSync(join(story.folder.path, STATE))).toBe(false);
    const files = readdirSync(join(story.folder.path, 'crm', STATE), { withFileTypes: true });
    for (const file of files) {
      expect(statSync(join(file.parentPath, file.name)).mode & 0o077, file.name).toBe(0);
    }
  });

  it.for([
    { words: ['plan', '--emulator'], code: 66 },
    { words: ['apply', '--emulator', '--yes'], code: 66 },
    { words: ['snapshot', '--emulator'], code: 66 },
    { words: ['plan', '--emulator', '-f', 'wrong.yaml'], code: 65 },
  ])('leaves no file where there is no manifest to work with: $words', async ({ words, code }, { open }) => {
    const story = await open();
    story.folder.write('wrong.yaml', 'module: Deals\n');
    const before = readdirSync(story.folder.path);
    const run = await story.run(words);
    expect(run.code, run.stderr).toBe(code);
    expect(readdirSync(story.folder.path)).toEqual(before);
  });

  it('-f - reads standard input, and the state is in the current folder', async ({ open }) => {
    const story = await begun(open);
    const input = readFileSync(join(story.folder.path, 'fields.yaml'));
    const applied = await story.json(['apply', '--emulator', '--yes', '-f', '-'], { input });
    expect(applied.code, applied.stdout).toBe(0);
    expect(applied.report.manifest.path).toBe('-');
    expect(existsSync(join(story.folder.path, STATE))).toBe(true);
    const plan = await story.json(['plan', '--emulator']);
    expect(plan.report.summary).toMatchObject({ create: 0, in_sync: 2 });
  });

  it('holds the stock fields of Deals and a custom lookup Partner', async ({ open }) => {
    const story = await open();
    const stock = ['Deal_Name', 'Amount', 'Stage', 'Closing_Date', 'Owner', 'Account_Name', 'Contact_Name'];
    const types = ['text', 'currency', 'picklist', 'date', 'ownerlookup', 'lookup', 'lookup'];
    story.declare({
      Deals: stock.map((api_name, index) => ({ api_name, data_type: types[index], create: false })),
    });
    const plan = await story.json(['plan', '--emulator', '--unmanaged']);
    expect(plan.report.summary).toEqual({ create: 0, in_sync: 7, drift: 0, conflict: 0, unmanaged: 1 });
    expect(plan.report.fields.at(-1)?.api_name).toBe('Partner');
  });

  it('says on the screen that it is not the real Zoho, and to apply there', async ({ open }) => {
    const story = await begun(open);
    const plan = await story.run(['plan', '--emulator']);
    expect(plan.stdout).toMatch(/emulator/i);
    expect(plan.stdout).toMatch(/zoho-fields apply.* --emulator/);
  });

  it('a state that is damaged, newer, or cannot be kept is told in words with exit 1', async ({ open }) => {
    const story = await begun(open);
    await story.run(['plan', '--emulator']);
    const file = join(story.folder.path, STATE, 'emulator.json');
    const whole = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const without = Object.keys(whole).map((key) => ({ ...whole, [key]: undefined }));
    const other = Object.keys(whole).map((key) => ({ ...whole, [key]: [null] }));
    const worlds = [...without, ...other, { ...whole, modules: { Deals: {} } }, { ...whole, version: 999 }];
    for (const state of ['{"version":', '[]', '', ...worlds.map((world) => JSON.stringify(world))]) {
      writeFileSync(file, state);
      const plan = await story.json(['plan', '--emulator']);
      expect(plan.code, state.slice(0, 200) + plan.stdout).toBe(1);
      expect(plan.report.diagnostics).toMatchObject([
        {
          message: expect.stringContaining(file) as string,
          remedy: expect.stringContaining(`Remove ${file}`) as string,
        },
      ]);
    }
    rmSync(file);
    expect((await story.run(['plan', '--emulator'])).code).toBe(0);
    const blocked = await begun(open);
    blocked.folder.write(STATE, 'a file where the folder should be');
    const plan = await blocked.json(['plan', '--emulator']);
    expect(plan.code, plan.stdout).toBe(1);
    expect(plan.report.diagnostics[0]?.message).toContain(STATE);
  });

  it('which is the same message and the same exit code from every command', async ({ open }) => {
    const story = await begun(open);
    const help = (...words: readonly string[]) =>
      story.run([...words, '--help']).then(({ stdout }) => stdout);
    const namesIn = (text: string): readonly string[] =>
      [...text.matchAll(/^ {2}([a-z]+)(?: |$)/gm)]
        .map(([, name = '']) => name)
        .filter((one) => one !== 'help');
    const commands = namesIn(/^Commands:\n[^]*?(?=^\S|$(?![^]))/m.exec(await help())?.[0] ?? '');
    expect(commands).toEqual(expect.arrayContaining(['plan', 'apply', 'doctor', 'emulator']));
    mkdirSync(join(story.folder.path, STATE));
    const file = story.folder.write(`${STATE}/emulator.json`, '{"version":');
    const said: string[] = [];
    for (const name of commands) {
      if (name === 'emulator' || !(await help(name)).includes('--emulator')) continue;
      const run = await story.run([name, ...(WORDS[name] ?? []), '--emulator']);
      said.push(`${name} ${run.code} ${run.stderr.replaceAll(/\s+/g, ' ')}`);
    }
    const command = await story.run(['emulator', '--state', file]);
    said.push(`emulator ${command.code} ${command.stderr.replaceAll(/\s+/g, ' ')}`);
    expect(said.length).toBeGreaterThan(4);
    expect(said).toEqual(said.map((one) => `${one.split(' ')[0]} ${DAMAGED(file)}`));
  });

  it('is kept out of git before anything else is in its folder, and nothing else of this tool is', async ({
    open,
  }) => {
    const story = await begun(open);
    const git = (...words: readonly string[]): string =>
      execFileSync('git', [...words], { cwd: story.folder.path, encoding: 'utf8' });
    git('init', '-q');
    const state = join(story.folder.path, STATE);
    mkdirSync(join(state, 'emulator.json'), { recursive: true });
    expect((await story.run(['plan', '--emulator'])).code).toBe(1);
    expect(readdirSync(state)).toContain('.gitignore');
    rmSync(state, { recursive: true });
    await story.run(['apply', '--emulator', '--yes']);
    await story.run(['doctor', '--emulator']);
    expect(readdirSync(state).sort()).toEqual(['.gitignore', 'emulator.json']);
    expect(git('status', '--porcelain', '--untracked-files=all', '--', '.', ':!.local', ':!.cache')).toBe(
      '?? fields.yaml\n',
    );
    rmSync(state, { recursive: true });
    expect((await story.run(['apply', '--yes'])).code).toBe(0);
    expect(existsSync(state), 'the real Zoho leaves nothing in the checkout').toBe(false);
  });

  it('makes no folder for a manifest that is not there', async ({ open }) => {
    const story = await open();
    for (const [name, ...words] of [['plan'], ['apply', '--yes'], ['audit']]) {
      const run = await story.run([name ?? '', ...words, '--emulator', '-f', 'no/where/fields.yaml']);
      expect(run.code, run.stderr).toBe(66);
    }
    expect(existsSync(join(story.folder.path, 'no'))).toBe(false);
  });

  it('knows nothing of the one in another folder, nor that of it, and waits for it no more', async ({
    open,
  }) => {
    const story = await open();
    for (const folder of ['left', 'right']) {
      mkdirSync(join(story.folder.path, folder));
      story.declare({ Deals: [text('Part_1')] }, `${folder}/fields.yaml`);
    }
    const apply = (folder: string) =>
      story.json(['apply', '--emulator', '--yes', '-f', `${folder}/fields.yaml`]);
    await Promise.all(['left', 'right'].map((folder) => apply(folder)));
    const journals = (): readonly string[] =>
      readdirSync(join(story.folder.path, '.local', 'state', 'zoho-fields'));
    expect(journals()).toHaveLength(2);
    // The same folder under another name is the same Zoho.
    symlinkSync('left', join(story.folder.path, 'alias'));
    const again = await apply('alias');
    expect(again.report.summary).toMatchObject({ created: 0, in_sync: 1 });
    expect(journals()).toHaveLength(2);
  });

  it('two runs at one time are one Zoho: nothing is created twice', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(3) });
    const both = await Promise.all([1, 2].map(() => story.run(['apply', '--emulator', '--yes', '--json'])));
    for (const run of both) expect([0, 4], run.stdout).toContain(run.code);
    const created = both.map((run) => onlyDocument(run).summary['created'] ?? 0);
    expect((created[0] ?? 0) + (created[1] ?? 0), 'every field is created by one of them').toBe(3);
    const plan = await story.json(['plan', '--emulator']);
    expect(plan.report.summary).toMatchObject({ create: 0, in_sync: 3, conflict: 0 });
  });
});
