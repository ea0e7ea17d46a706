import { spawnSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { apply, loadManifest, plan } from '../../../src/index.ts';
import { BIN } from '../../support/run-cli.ts';
import { openSpot, type Spot } from './spot.ts';

const LATE = { MarginIn: 'margin (in)' };

async function opened(): Promise<Spot> {
  const spot = await openSpot();
  onTestFinished(() => spot.close());
  spot.declare(LATE);
  return spot;
}

/** Every file below a folder. */
function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Another checkout of the same manifest. */
function otherCheckout(spot: Spot, name: string): string {
  mkdirSync(spot.at(name));
  cpSync(spot.at('fields.yaml'), spot.at(name, 'fields.yaml'));
  return spot.at(name);
}

describe('the journal of an interrupted run', () => {
  it.each<readonly [string, (spot: Spot) => Readonly<Record<string, string>>, (spot: Spot) => string]>([
    [
      'XDG_STATE_HOME',
      (spot) => ({ XDG_STATE_HOME: spot.at('deep', 'state') }),
      (spot) => spot.at('deep', 'state'),
    ],
    ['the home, where that is relative', () => ({ XDG_STATE_HOME: 'state' }), (spot) => dirname(spot.state)],
    ['the home, where that is empty', () => ({ XDG_STATE_HOME: '' }), (spot) => dirname(spot.state)],
  ])('lies in %s, for the user alone, and nowhere else', async (_, env, place) => {
    const spot = await opened();
    const settings = Object.entries(env(spot)).map(([name, value]) => `${name}='${value}'`);
    const first = `export ${settings.join(' ')}; umask 0;`;
    await spot.kill(['apply', '--yes'], { method: 'PATCH', commit: 'none' }, first);
    const left = filesBelow(spot.path).filter((file) => !file.endsWith('fields.yaml'));
    expect(left.map((file) => /journal\.jsonl$|apply\.[^/]*\.lock$/.test(file))).toEqual([true, true]);
    for (const file of left) {
      expect(file.startsWith(place(spot)), file).toBe(true);
      expect(statSync(file).mode & 0o777, file).toBe(0o600);
      for (const folder of [dirname(file), dirname(dirname(file))])
        expect(statSync(folder).mode & 0o777, folder).toBe(0o700);
    }
    const text = left.map((file) => file + readFileSync(file, 'utf8')).join('\n');
    const { ZOHO_CLIENT_ID = '', ZOHO_REFRESH_TOKEN = '' } = spot.zoho.environment;
    for (const secret of [ZOHO_CLIENT_ID, ZOHO_REFRESH_TOKEN]) expect(text).not.toContain(secret);
    expect((await spot.run(['apply', '--yes'], env(spot))).code).toBe(0);
    expect(spot.made()).toEqual(['MarginIn: margin (in)']);
  });

  it('is seen from another checkout, whatever its TMPDIR: nothing is created twice', async () => {
    const spot = await opened();
    spot.declare({ Part_1: 'Part 1' });
    const checkout = otherCheckout(spot, 'second');
    await spot.kill(['apply', '--yes'], { method: 'POST', commit: { afterMs: 1200 } });
    const run = await spot.shell(`cd '${checkout}' && zf apply --yes`, {
      TMPDIR: checkout,
      ZOHO_SETTLE_MS: '3000',
    });
    expect(run.code, run.stderr).toBe(0);
    expect(run.stderr).toMatch(/An earlier run was interrupted; waiting 3 s/);
    expect(spot.made()).toEqual(['Part_1: Part 1']);
  });

  it('outlives the applies of other manifests, which wait for it once', async () => {
    const spot = await opened();
    const checkout = otherCheckout(spot, 'first');
    await spot.kill(['apply', '--yes'], { method: 'PATCH', commit: 'none' }, `cd '${checkout}';`);
    spot.declare({ Part_1: 'Part 1' });
    const runs = [await spot.run(['apply', '--yes']), await spot.run(['apply', '--yes'])];
    expect(runs.map(({ code, stderr }) => [code, stderr.includes('waiting')])).toEqual([
      [0, true],
      [0, false],
    ]);
    expect(spot.made()).toEqual(['MarginIn: MarginIn', 'Part_1: Part 1']);
    const last = await spot.shell(`cd '${checkout}' && zf apply --yes`);
    expect(last.code, last.stderr).toBe(0);
    expect(spot.made()).toEqual(['MarginIn: margin (in)', 'Part_1: Part 1']);
    expect(readdirSync(spot.state)).toEqual([]);
  });

  it('is that of the library as well, and a journal of the checkout is not', async () => {
    const spot = await opened();
    await spot.kill(['apply', '--yes'], { method: 'PATCH', commit: 'none' });
    const manifest = await loadManifest(spot.at('fields.yaml'));
    const env = { ...spot.zoho.environment, CI: '1', ZOHO_SETTLE_MS: '50' };
    const notes: string[] = [];
    const options = (HOME: string) => ({
      env: { ...env, HOME },
      cwd: spot.path,
      onNote: (text: string) => void notes.push(text),
    });
    const summaryOf = async (HOME: string) =>
      (await plan(manifest, options(HOME))).modules[0]?.entries[0]?.reasons;

    // Someone committed the very same journal, and this user has none.
    mkdirSync(spot.at('.zoho-fields'));
    cpSync(join(spot.state, 'journal.jsonl'), spot.at('.zoho-fields', 'journal.jsonl'));
    mkdirSync(spot.at('elsewhere'));
    expect(await summaryOf(spot.at('elsewhere'))).toEqual([]);
    const stranger = options(spot.at('elsewhere'));
    await apply(await plan(manifest, stranger), stranger);
    expect(spot.made()).toEqual(['MarginIn: MarginIn']);
    expect(notes.join('')).toMatch(/journal\.jsonl is not read/);

    expect(await summaryOf(spot.at('home'))).toMatchObject([{ code: 'unfinished' }]);
    const owner = options(spot.at('home'));
    await apply(await plan(manifest, owner), owner);
    expect(spot.made()).toEqual(['MarginIn: margin (in)']);
    expect(readdirSync(spot.state)).toEqual([]);
  });
});

/** A number that no list of users knows. */
const STRANGER = 54_321;
const become = ['setpriv', `--reuid=${STRANGER}`, `--regid=${STRANGER}`, '--clear-groups'];
const [program = '', ...words] = become;
const works = spawnSync(program, [...words, process.execPath, BIN, '--version']).status === 0;

describe.skipIf(!works)('a user without a home (as root only where setpriv is there)', () => {
  it.each([
    ['at all', { HOME: '', XDG_STATE_HOME: '' }],
    ['but a relative one', { HOME: 'home', XDG_STATE_HOME: './state' }],
  ])('%s is told once that nothing can be noted, and everything is created', async (_, env) => {
    const spot = await opened();
    chownSync(spot.path, STRANGER, STRANGER);
    const run = await spot.shell(`${become.join(' ')} "$NODE" "$BIN" apply --yes`, env);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stderr.match(/There is no place for the journal/g)).toHaveLength(1);
    expect(run.stderr).toMatch(/Set HOME or XDG_STATE_HOME to the absolute path/);
    expect(spot.made()).toEqual(['MarginIn: margin (in)']);
    expect(filesBelow(spot.path)).toEqual([spot.at('fields.yaml')]);
  });

  it('that names a state folder has its journal there', async () => {
    const spot = await opened();
    chownSync(spot.path, STRANGER, STRANGER);
    const env = { HOME: '', XDG_STATE_HOME: spot.at('state') };
    const run = await spot.shell(`${become.join(' ')} "$NODE" "$BIN" apply --yes`, env);
    expect([run.code, run.stderr.includes('warning')], run.stderr).toEqual([0, false]);
    expect(existsSync(spot.at('state', 'zoho-fields'))).toBe(true);
  });

  it('is told nothing where there is nothing to note', async () => {
    const spot = await opened();
    writeFileSync(
      spot.at('fields.yaml'),
      '{module: Deals, fields: [{api_name: Partner, data_type: lookup, create: false}]}',
    );
    chownSync(spot.path, STRANGER, STRANGER);
    const run = await spot.shell(`${become.join(' ')} "$NODE" "$BIN" apply --yes`, { HOME: '' });
    expect([run.code, run.stderr], run.stderr).toEqual([0, '']);
  });
});
