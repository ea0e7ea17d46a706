import { mkdtempSync, rmSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { editEnvFile } from '../../../../src/machine/env-file.ts';
import { readSettings } from '../../../../src/run/settings.ts';
import { upsertEnv, type EnvEdit } from '../../../../src/credentials/env-text.ts';
import { parseEnv } from '../../../../src/credentials/env-text.ts';
import { Problem } from '../../../../src/model/problem.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { mutateText } from '../mutate-text.ts';
import type { Random } from '../random.ts';
import { withoutPieces } from '../shrink.ts';
import { law, type Flaw, type Target, type Trial, type Verdict } from '../trial.ts';

/** Puts a value into the text of a file; the parameter is for planting a bug. */
export type Editor = typeof upsertEnv;

/** Env files of every kind, read, and edited as `auth login` does it. */
export function envTarget(editor: Editor = upsertEnv): Target {
  const trialOf = (file: Uint8Array, edit: EnvEdit, isReal: boolean): Trial => ({
    shown: `${JSON.stringify(edit)} in ${Buffer.from(file).toString('latin1')}`,
    judge: () => (isReal ? onDisk(file, edit) : inMemory(file, edit, editor)),
    smaller: () => smaller(file, (fewer) => trialOf(fewer, edit, isReal)),
  });
  return {
    name: 'env',
    trial: (random) => trialOf(anyFile(random), anyEdit(random), random.chance(0.01)),
  };
}

const names = ['ZOHO_CLIENT_ID', 'ZOHO_CLIENT_SECRET', 'ZOHO_REFRESH_TOKEN', 'ZOHO_DC'];
const values = [
  '1000.5c1e77d0a3f94b6ab2d18e3c907f6a41.d3b07384d113edec49eaa6238ad5ff00',
  'eu',
  '',
  ' padded ',
  'a #b',
  "it's",
  'say "so"',
  '`$HOME`',
  '\'"`',
  'a\nb',
  'a\\nb',
  '$&',
  '$1',
  'Größe',
  '\u{1f600}',
  '=',
];

function anyEdit(random: Random): EnvEdit {
  const value = random.chance(0.6) ? random.pick(values.slice(0, 2)) : random.pick(values);
  return { name: random.pick(names), value, ...(random.chance(0.3) ? { keepOld: true } : {}) };
}

const shards = [
  ...Array.from('=#\'"`\\$:{} \t\n\r'),
  '\r\n',
  '\n\n\n',
  'export ',
  'export\t',
  '${A}',
  '\\n',
  '\u0000',
  '\ufeff',
  '\u00a0',
  '\u2028',
  '__proto__=x\n',
  'constructor=x\n',
  ...names.flatMap((name) => [name, `${name}=`, `\n${name}: `, `# ${name}=`, `${name} = '`]),
];

/** A file as people and other tools write it, whole or spoilt. */
function anyFile(random: Random): Uint8Array {
  const kind = random.below(2000);
  const text = Array.from({ length: random.small(10) }, () => line(random)).join('');
  if (kind < 700) return Buffer.from(text);
  if (kind < 1300) return Buffer.from(mutateText(text, shards, random));
  if (kind < 1700) return mutateBytes(Buffer.from(text), random);
  if (kind < 1995)
    return Buffer.from(Array.from({ length: random.below(30) }, () => random.pick(shards)).join(''));
  const unit = random.pick(shards) + random.pick([...shards, '']);
  return Buffer.from(unit.repeat(random.pick([1000, 20_000, 60_000]))).subarray(0, 1024 * 1024);
}

function line(random: Random): string {
  const name = random.pick([...names, 'A', 'PATH', 'A.B-C', `MY_${random.pick(names)}`]);
  const quote = random.pick(['', '', "'", '"', '`']);
  const value = random.pick([...values, 'two\nlines', `see\n${random.pick(names)}=x`]);
  const head = random.pick(['', '', 'export ', '  ', '# ']);
  const tail = random.pick(['\n', '\n', '\r\n', ' # why\n', '\n\n', '']);
  return `${head}${name}${random.pick(['=', '=', ' = ', ': '])}${quote}${value}${quote}${tail}`;
}

function inMemory(file: Uint8Array, edit: EnvEdit, editor: Editor): Verdict {
  const after = editor(file, edit);
  if (after === undefined) return { flaws: refusalFlaws(file, edit), kinds: ['not understood'] };
  const again = editor(after, edit);
  const flaws = editFlaws(file, after, edit);
  if (edit.keepOld !== true && (again === undefined || Buffer.compare(again, after) !== 0))
    flaws.push(law('a second time changes something'));
  return { flaws, kinds: [after.length === file.length ? 'same length' : 'edited'] };
}

/** To refuse is right only where a value cannot be written, or where a quote swallows the rest of the file. */
function refusalFlaws(file: Uint8Array, { value }: EnvEdit): Flaw[] {
  const text = Buffer.from(file).toString('latin1');
  // A name and a colon at the end take the next line for their value, whatever it is.
  const isPlain = /^[\w.]+$/u.test(value) && !/['"`]|:\s*$/u.test(text);
  return isPlain ? [law('a plain value for a file without quotes is refused')] : [];
}

/** Byte for byte: one stretch is another one, and it is nothing but the variable's. */
function editFlaws(before: Uint8Array, after: Uint8Array, { name, value }: EnvEdit): Flaw[] {
  const flaws: Flaw[] = [];
  const old = parseEnv(before);
  const now = parseEnv(after);
  if (now[name] !== value) flaws.push(law(`${name} reads back as something else`));
  const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
  for (const key of keys)
    if (key !== name && old[key] !== now[key]) flaws.push(law('another variable is another one'));
  const removed = Buffer.from(stretchTaken(before, after)).toString('latin1');
  const wasLong = /[\r\n]/u.test(old[name] ?? '');
  if (/[\r\n]/u.test(removed) && !wasLong)
    flaws.push(law(`more than a value is gone: ${JSON.stringify(removed)}`));
  return flaws;
}

/** What stands between the beginning and the end that both have in common. */
function stretchTaken(before: Uint8Array, after: Uint8Array): Uint8Array {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return before.subarray(head, before.length - tail);
}

/** The same through the file system: whole or not at all, and read back by the settings. */
async function onDisk(file: Uint8Array, edit: EnvEdit): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'zoho-fields-fuzz-'));
  try {
    const path = join(folder, '.env');
    writeFileSync(path, file, { mode: 0o600 });
    try {
      await editEnvFile(path, [edit]);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const isSame = Buffer.compare(readFileSync(path), file) === 0;
      return { flaws: isSame ? [] : [law('a refused edit changed the file')], kinds: ['refused on disk'] };
    }
    const read = readSettings({ cwd: folder, env: {} }, undefined).inFile(edit.name);
    return {
      flaws: read === edit.value ? [] : [law('the settings read something else')],
      kinds: ['edited on disk'],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function* smaller(file: Uint8Array, trialOf: (file: Uint8Array) => Trial): Generator<Trial> {
  for (const fewer of withoutPieces(Buffer.from(file).toString('latin1')))
    yield trialOf(Buffer.from(fewer, 'latin1'));
}
