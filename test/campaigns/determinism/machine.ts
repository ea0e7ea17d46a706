import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BIN } from '../../support/run-cli.ts';

/** A machine as far as a command can feel it: its Node, its language and its time zone. */
export interface Machine {
  readonly name: string;
  readonly node: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Languages with other letters, other sorting, another "I"; and time zones on both sides of the date line. */
const PLACES: readonly { readonly name: string; readonly env: Readonly<Record<string, string>> }[] = [
  { name: 'no language, UTC', env: { LANG: 'C', LC_ALL: 'C', TZ: 'UTC' } },
  {
    name: 'Turkish, Kiritimati',
    env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' },
  },
  {
    name: 'Japanese, Pago Pago',
    env: { LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8', TZ: 'Pacific/Pago_Pago' },
  },
];

/** Every place, for this Node and for those that `ZOHO_FIELDS_NODES` names, separated by colons. */
export function machines(): readonly Machine[] {
  const others = (process.env['ZOHO_FIELDS_NODES'] ?? '').split(':').filter((path) => path !== '');
  return [process.execPath, ...others].flatMap((node) =>
    PLACES.map(({ name, env }) => ({ name: `${name}, ${node}`, node, env })),
  );
}

/** Everything that a command leaves behind, by name: what it printed, how it ended, every file that it wrote. */
export type Traces = Readonly<Record<string, string>>;

/** Runs a command on a machine, in a new folder with these files. */
export async function runOn(
  machine: Machine,
  args: readonly string[],
  files: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, string>>,
): Promise<Traces> {
  const folder = mkdtempSync(join(tmpdir(), 'zoho-fields-'));
  const home = mkdtempSync(join(tmpdir(), 'zoho-fields-home-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const env = { PATH: process.env['PATH'] ?? '', HOME: home, CI: '1', ...settings, ...machine.env };
    const printed = await new Promise<Traces>((resolve) => {
      execFile(
        machine.node,
        [BIN, ...args],
        { cwd: folder, env, maxBuffer: 1e8 },
        (error, stdout, stderr) => {
          const code = String(error === null ? 0 : error.code);
          resolve({ 'exit code': code, 'standard output': stdout, 'standard error': stderr });
        },
      );
    });
    const written = readdirSync(folder).filter((name) => !Object.hasOwn(files, name));
    const texts = written.map((name) => [name, timeless(readFileSync(join(folder, name), 'utf8'))]);
    return { ...printed, ...(Object.fromEntries(texts) as Traces) };
  } finally {
    for (const one of [folder, home]) rmSync(one, { recursive: true, force: true });
  }
}

/** When a page was made is the one thing that it may say otherwise the next time. */
function timeless(text: string): string {
  return text.replace(/<p>Made at \d{4}-\d\d-\d\d \d\d:\d\d UTC\.<\/p>/u, '<p>Made at a time.</p>');
}
