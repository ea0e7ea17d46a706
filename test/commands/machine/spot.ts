import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../../src/emulator/start.ts';
import { BIN, ownEnvironment } from '../../support/run-cli.ts';
import { leaks } from '../../support/secrets.ts';
import { secretsOf } from '../../support/story.ts';
import { wireOf, wireSins, type Wire } from '../../support/wire.ts';
import { start, startCommand, type Ended } from './command.ts';

/** An organisation, and a folder with a home and temporary files of its own, in which processes run. */
export interface Spot {
  readonly zoho: Emulator;
  readonly path: string;
  /** The folder in which this user's journal and lock for this Zoho are. */
  readonly state: string;
  /** The path of a file of the folder. */
  at(...names: readonly string[]): string;
  /** Writes `fields.yaml`: text fields of `Deals`, by API name and label. */
  declare(fields: Readonly<Record<string, string>>): void;
  /** Runs the built command; whatever it is about, it ends, in words, without a secret, and keeps to the wire's rules. */
  run(args: readonly string[], more?: Readonly<Record<string, string>>): Promise<Ended>;
  /** Runs a line of a shell in the same way; `zf` is the built command there, and `"$NODE" "$BIN"` is it for others. */
  shell(line: string, more?: Readonly<Record<string, string>>): Promise<Ended>;
  /** Runs the command, after what a shell is to do first, and kills it when the first request of that kind arrives. */
  kill(args: readonly string[], aim: KillAim, first?: string): Promise<Ended>;
  /** API name and label of every custom field that was made, in order; what is there twice is there twice. */
  made(): readonly string[];
  /** The requests since the last call. */
  wire(): Wire;
  close(): Promise<void>;
}

/** The request at whose arrival a run is killed, and what Zoho makes of it: all, nothing, or all, so much later. */
export interface KillAim {
  readonly method: 'POST' | 'PATCH';
  readonly commit: 'all' | 'none' | { readonly afterMs: number };
}

/** Opens a spot. Zoho takes every label twice, so that whatever is created twice can be seen. */
export async function openSpot(within = tmpdir(), options: EmulatorOptions = {}): Promise<Spot> {
  const switches = {
    tokensPerTenMinutes: 0,
    activeTokens: 0,
    duplicates: 'accept',
    ...options.switches,
  } as const;
  const zoho = await startEmulator({ ...options, switches });
  const path = mkdtempSync(join(within, 'zoho-fields-spot-'));
  const temporary = mkdtempSync(join(tmpdir(), 'zoho-fields-spot-tmp-'));
  const at = (...names: readonly string[]): string => join(path, ...names);
  mkdirSync(at('home'));
  const own = { TMPDIR: temporary, CI: '1', ZOHO_SETTLE_MS: '50', ZOHO_TIMEOUT_MS: '15000' };
  const env: Readonly<Record<string, string>> = {
    ...ownEnvironment(at('home')),
    ...zoho.environment,
    ...own,
  };
  const before = new Set(deals(zoho).map(({ id }) => id));
  let page = 0;
  const judged = async (ended: Promise<Ended>): Promise<Ended> => {
    const run = await ended;
    const output = run.stdout + run.stderr;
    expect(run.hung, 'a run that does not end').toBe(false);
    expect(run.code === 70 || /^ +at .*:\d+:\d+\)?$/m.test(output), output).toBe(false);
    expect(leaks(output, secretsOf(zoho)), 'secrets that can be seen').toEqual([]);
    expect(
      wireSins(zoho.requests, (id) => !before.has(id)),
      'sins on the wire',
    ).toEqual([]);
    return run;
  };
  return {
    zoho,
    path,
    state: stateFolder(env, [new URL(zoho.url).host, env['ZOHO_CLIENT_ID'], env['ZOHO_REFRESH_TOKEN']]),
    at,
    declare: (fields) => {
      const wishes = Object.entries(fields).map(([api_name, field_label]) => ({ api_name, field_label }));
      const text = { data_type: 'text', length: 50 };
      const manifest = { module: 'Deals', fields: wishes.map((wish) => ({ ...wish, ...text })) };
      writeFileSync(at('fields.yaml'), JSON.stringify(manifest));
    },
    run: (args, more = {}) => judged(startCommand(args, { cwd: path, env: { ...env, ...more } }).ended),
    shell: (line, more = {}) => {
      const script = `NODE='${process.execPath}'; BIN='${BIN}'; zf() { "$NODE" "$BIN" "$@"; }; ${line}`;
      return judged(start('/bin/sh', ['-c', script], { cwd: path, env: { ...env, ...more } }).ended);
    },
    kill: async (args, { method, commit }, first = '') => {
      const match = { method, path: '/settings/fields', nth: 1 };
      const isThere = (): boolean => wireOf(zoho, from)[method === 'POST' ? 'posts' : 'patches'].length > 0;
      const from = zoho.requests.length;
      let kill = (): void => undefined;
      zoho.faults =
        typeof commit === 'string'
          ? [{ ...match, kind: 'run', effect: () => kill(), commit }]
          : [{ ...match, kind: 'latency', ms: commit.afterMs }];
      const script = `${first} exec "$0" "$@"`;
      const words = ['-c', script, process.execPath, BIN, ...args];
      const command = start('/bin/sh', words, { cwd: path, env });
      kill = () => command.kill('SIGKILL');
      if (typeof commit !== 'string') {
        while (!isThere()) await sleep(5);
        kill();
      }
      const run = await judged(command.ended);
      zoho.faults = [];
      expect(run.signal, run.stdout + run.stderr).toBe('SIGKILL');
      return run;
    },
    made: () =>
      deals(zoho)
        .filter(({ id }) => !before.has(id))
        .map((field) => `${field.api_name}: ${field.field_label}`),
    wire: () => {
      const wire = wireOf(zoho, page);
      page = zoho.requests.length;
      return wire;
    },
    close: async () => {
      await zoho.close();
      for (const folder of [path, temporary]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As the command finds it, in words of its own: what has to be in it before the first run is put there by stories. */
function stateFolder(env: Readonly<Record<string, string>>, access: readonly (string | undefined)[]): string {
  const key = createHash('sha256').update(JSON.stringify(access)).digest('hex');
  return join(env['HOME'] ?? '', '.local', 'state', 'zoho-fields', key);
}

const deals = (zoho: Emulator): ReturnType<ReturnType<Emulator['fields']>['all']> =>
  zoho.fields('Deals').all();
