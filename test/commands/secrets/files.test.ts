import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { envText, openDesk, token, type Desk } from '../credentials/desk.ts';
import { hasPrograms } from '../../support/programs.ts';
import { BIN } from '../../support/run-cli.ts';

const MANIFEST =
  'module: Deals\nfields:\n  - {api_name: Part, field_label: Part, data_type: text, length: 50}\n';

async function deskWithManifest(): Promise<Desk> {
  const desk = await openDesk();
  desk.folder.write('fields.yaml', MANIFEST);
  desk.folder.write('.env', envText(desk.settings));
  return desk;
}

const at = (desk: Desk, name: string): string => join(desk.folder.path, name);
const mode = (desk: Desk, name: string): string => (statSync(at(desk, name)).mode & 0o777).toString(8);
const cacheName = (desk: Desk): string =>
  join('.cache/zoho-fields', readdirSync(at(desk, '.cache/zoho-fields'))[0] ?? 'none');

/** What a process needs beside the words: nothing of the machine's own but the path of node. */
const environment = (desk: Desk) => ({
  PATH: process.env['PATH'] ?? '',
  HOME: desk.folder.path,
  ZOHO_ACCOUNTS_URL: desk.zoho.url,
});

describe('files with secrets, and plans', () => {
  it('are for their owner alone, whatever the umask and whatever was there before', async () => {
    const desk = await deskWithManifest();
    chmodSync(at(desk, '.env'), 0o666);
    const code = desk.zoho.grantCode();
    desk.hide(code);
    // The local Zoho answers from this process, so the commands must not hold it up.
    const open = (words: string, input: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const line = `umask 0; exec "${process.execPath}" "${BIN}" ${words}`;
        const child = execFile(
          '/bin/sh',
          ['-c', line],
          { cwd: desk.folder.path, env: environment(desk) },
          (error) => (error === null ? resolve() : reject(error)),
        );
        child.stdin?.end(input);
      });
    await open('auth login', code);
    await open('plan --out a.plan --format markdown=plan.md', '');
    chmodSync(at(desk, 'a.plan'), 0o666);
    await open('plan --out a.plan', '');
    const found = ['.env', 'a.plan', '.cache/zoho-fields', cacheName(desk)].map((name) => mode(desk, name));
    expect(found).toEqual(['600', '600', '700', '600']);
    desk.hide(.../ZOHO_REFRESH_TOKEN=(.*)/.exec(readFileSync(at(desk, '.env'), 'utf8'))!.slice(1));
  });

  it('are never written through a link that someone has put in their place', async () => {
    const desk = await deskWithManifest();
    await desk.run(['plan']);
    const cached = cacheName(desk);
    const bait = desk.folder.write('bait', 'nothing');
    execFileSync('rm', [at(desk, cached)]);
    for (const name of [cached, 'a.plan', 'plan.md']) symlinkSync(bait, at(desk, name));

    expect((await desk.run(['plan'])).code).toBe(0);
    expect(lstatSync(at(desk, cached)).isSymbolicLink()).toBe(false);
    expect((await desk.run(['plan', '--out', 'a.plan'])).code).toBe(64);
    expect((await desk.run(['plan', '--format', 'markdown=plan.md'])).code).toBe(64);
    expect(readFileSync(bait, 'utf8')).toBe('nothing');
  });

  it('with a token in it are not written at all', async () => {
    const desk = await deskWithManifest();
    const pasted = token();
    desk.folder.write('fields.yaml', MANIFEST.replace('length: 50', `length: 50, tooltip: ${pasted}`));
    const plan = await desk.run(['plan', '--out', 'a.plan', '--json']);
    expect(plan.code).toBe(1);
    expect(plan.stdout).toContain('secret-in-plan');
    expect(plan.stdout).not.toContain(pasted);
    expect(existsSync(at(desk, 'a.plan'))).toBe(false);

    const deals = desk.zoho.fields('Deals');
    deals.add({
      api_name: 'Hint',
      field_label: 'Hint',
      data_type: 'text',
      tooltip: { name: 'info_icon', value: pasted },
    });
    const imported = await desk.run(['import', '--out', 'new.yaml']);
    expect(imported.code).toBe(1);
    expect(imported.stderr.replaceAll(/\s+/g, ' ')).toContain('The field Hint of Deals holds a secret');
    expect(existsSync(at(desk, 'new.yaml'))).toBe(false);
    desk.folder.write('fields.yaml', MANIFEST);
    expect((await desk.run(['import', '--into', 'fields.yaml'])).code).toBe(1);
    expect(readFileSync(at(desk, 'fields.yaml'), 'utf8')).toBe(MANIFEST);
  });

  it.each(['tooltip', 'label', 'option'])(
    'are not written with a gap where a live %s held a secret of this run',
    async (where) => {
      const desk = await deskWithManifest();
      const pasted = `pw ${desk.settings['ZOHO_CLIENT_SECRET']}`;
      desk.zoho.switches.labelMaxLength = 255;
      desk.zoho.fields('Deals').add({
        api_name: 'Hint',
        field_label: where === 'label' ? pasted : 'Hint',
        data_type: where === 'option' ? 'picklist' : 'text',
        ...(where === 'tooltip' ? { tooltip: { name: 'info_icon', value: pasted } } : {}),
        ...(where === 'option'
          ? { pick_list_values: [{ display_value: pasted, actual_value: pasted, type: 'used' }] }
          : {}),
      });
      const unmanaged = await desk.run(['plan', '--unmanaged', '--json']);
      expect(unmanaged.code, unmanaged.stderr).toBe(0);
      const stanzas = unmanaged.stdout.match(/"stanza": "[^\n]*/gu) ?? [];
      expect(stanzas.length).toBeGreaterThan(0);
      expect(stanzas.filter((one) => /Hint|redacted/u.test(one))).toEqual([]);
      const declared: Readonly<Record<string, string>> = {
        tooltip: 'field_label: Hint, data_type: text, tooltip: Other',
        label: 'field_label: Hint, data_type: text',
        option: 'field_label: Hint, data_type: picklist, pick_list_values: [Other]',
      };
      const more = `${MANIFEST}  - {api_name: Hint, ${declared[where]}}\n`;
      desk.folder.write('more.yaml', more);
      const folder = () => readdirSync(desk.folder.path).filter((name) => name !== '.cache');
      const before = folder();
      for (const words of [
        ['snapshot', '-f', 'more.yaml', '--out', 'kept'],
        ['snapshot', '-f', 'more.yaml'],
        ['plan', '-f', 'more.yaml', '--out', 'kept'],
        ['import', '--out', 'kept'],
        ['import', '--into', 'fields.yaml'],
        ['import'],
        ['init', '--yes', '--from-live', '-f', 'kept/first.yaml'],
      ]) {
        const run = await desk.run(words);
        expect(run.code, `${words.join(' ')}: ${run.stderr}`).toBe(1);
        expect(run.stderr.replaceAll(/\s+/g, ' ')).toContain('The field Hint of Deals holds a secret');
        expect(run.stdout).toBe('');
      }
      expect(folder()).toEqual(before);
      expect(readFileSync(at(desk, 'fields.yaml'), 'utf8')).toBe(MANIFEST);
    },
  );

  it('keep the words of a gap where people in Zoho wrote them', async () => {
    const desk = await deskWithManifest();
    desk.zoho.fields('Deals').add({
      api_name: 'Hint',
      field_label: 'Hint',
      data_type: 'text',
      tooltip: { name: 'info_icon', value: 'was [redacted] by legal' },
    });
    for (const words of [
      ['snapshot', '--out', 'zoho.json'],
      ['plan', '--out', 'a.plan'],
      ['import', '--out', 'new.yaml'],
    ]) {
      const run = await desk.run(words);
      expect(run.code, run.stderr).toBe(0);
    }
    for (const name of ['zoho.json', 'new.yaml'])
      expect(readFileSync(at(desk, name), 'utf8')).toContain('was [redacted] by legal');
  });

  it.skipIf(!hasPrograms('strace'))('are on disk before they take the place of the old ones', async () => {
    const zohoFree = await openDesk();
    zohoFree.folder.write('fields.yaml', MANIFEST);
    const words = [BIN, 'plan', '--emulator', '--out', 'a.plan', '--format', 'markdown=plan.md'];
    const trace = at(zohoFree, 'trace');
    const only = ['-f', '-e', 'trace=openat,fsync,rename,renameat,renameat2', '-o', trace];
    const run = spawnSync('strace', [...only, process.execPath, ...words], {
      cwd: zohoFree.folder.path,
      env: environment(zohoFree),
    });
    expect(run.status, String(run.stderr)).toBe(0);
    for (const name of ['a.plan', 'plan.md']) {
      const calls = callsFor(name, readFileSync(trace, 'utf8'));
      expect(calls, name).toEqual(['open new', 'fsync', 'rename']);
    }
  });
});

/** What was done for a file, in order: its temporary neighbour made, brought to disk, put in its place. */
function callsFor(name: string, trace: string): readonly string[] {
  let descriptor = 'none';
  const calls: string[] = [];
  // A call that others interrupt is told in two lines; the second has its result.
  const lines = trace.split('\n').map((line) => line.replace(/^\d+\s+/, ''));
  for (const line of lines) {
    const opened = new RegExp(`^openat\\(.*/${name}\\.[0-9a-f]{12}\\.tmp".*O_EXCL.*?(?:= (\\d+))?$`).exec(
      line,
    );
    // From then on the number may be another file's.
    if (calls.includes('rename')) break;
    if (opened !== null) {
      calls.push('open new');
      descriptor = opened[1] ?? descriptor;
    } else if (calls.length === 1 && /^<\.\.\. openat resumed>.*= (\d+)$/.test(line))
      descriptor = /= (\d+)$/.exec(line)?.[1] ?? descriptor;
    else if (line.startsWith(`fsync(${descriptor})`) || line.startsWith(`fsync(${descriptor} <unfinished`))
      calls.push('fsync');
    else if (line.startsWith('rename') && line.includes(`/${name}.`)) calls.push('rename');
  }
  return calls;
}
