/**
 * `npm run campaign -- soak`: many plans through the library in one process, as a service would make them, against one local
 * Zoho in a process of its own. Every tenth plan fails, because services meet failures too.
 *
 * `PLANS` is how many in each of the two series, the second of which gives every plan the same signal.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadManifest, plan, Problem } from '../../../../src/index.ts';
import wanted from '../faults/wanted.json' with { type: 'json' };
import { sample, slope, type Sample } from './measure.ts';

const PLANS = Number(process.env['PLANS'] ?? 10_000);
/** So many at one time. */
const ABREAST = 4;
const SAMPLES = 20;

let unhandled = 0;
process.on('unhandledRejection', () => (unhandled += 1));
let warnings = 0;
process.on('warning', () => (warnings += 1));

const folder = mkdtempSync(join(tmpdir(), 'zoho-fields-soak-'));
const { environment, stop } = await startZoho(folder);
const load = async (module: string, count: number) => {
  const file = `${module}.yaml`;
  writeFileSync(join(folder, file), JSON.stringify({ module, fields: wanted.slice(0, count) }));
  return loadManifest(file, { cwd: folder });
};
const manifest = await load('Deals', 12);
const wrong = await load('Delas', 1);

process.stdout.write(
  '| series | plans | refused | per s | RSS MiB | heap MiB | RSS slope KiB/1000 | heap slope KiB/1000 | timers, sockets | files | listeners |\n' +
    `|${' --- |'.repeat(11)}\n`,
);
const shared = new AbortController();
await series('no signal', undefined);
await series('one signal for all', shared.signal);
await sleep(100);
process.stdout.write(`\nunhandled rejections: ${unhandled}, warnings: ${warnings}\n`);
stop();
rmSync(folder, { recursive: true });

/** Makes the plans and prints a line; growth counts from the second half on, when everything has been loaded. */
async function series(name: string, signal: AbortSignal | undefined): Promise<void> {
  const options = { env: environment, cwd: folder, ...(signal === undefined ? {} : { signal }) };
  let refused = 0;
  const one = async (number: number): Promise<void> => {
    if (number % 10 !== 0) {
      const { summary } = await plan(manifest, options);
      if (summary.create !== 12) throw new Error(`create ${summary.create}`);
      return;
    }
    const error: unknown = await plan(wrong, options).catch((problem: unknown) => problem);
    if (!(error instanceof Problem)) throw new Error('an unknown module was planned', { cause: error });
    refused += 1;
  };
  const samples: Sample[] = [];
  const started = Date.now();
  for (let done = 0; done < PLANS;) {
    const until = Math.min(PLANS, done + PLANS / SAMPLES);
    for (; done < until; done += ABREAST) {
      await Promise.all(Array.from({ length: ABREAST }, (_, index) => one(done + index)));
    }
    samples.push(sample(done, signal));
  }
  const seconds = (Date.now() - started) / 1000;
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return;
  const late = samples.slice(samples.length / 2);
  const change = (of: (one: Sample) => number | undefined): string => `${of(first)} → ${of(last)}`;
  const cells = [
    name,
    last.plans,
    refused,
    Math.round(last.plans / seconds),
    change(({ rss }) => Math.round(rss)),
    change(({ heap }) => Math.round(heap)),
    Math.round(slope(late, ({ rss }) => rss) * 1024),
    Math.round(slope(late, ({ heap }) => heap) * 1024),
    change(({ resources }) => resources),
    change(({ descriptors }) => descriptors),
    change(({ listeners }) => listeners),
  ];
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

/** The command's own emulator, in another process, so that its memory is not counted as ours. */
async function startZoho(home: string) {
  const bin = fileURLToPath(new URL('../../../../src/bin.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', bin, 'emulator', '--port', '0'], {
    env: { PATH: process.env['PATH'] ?? '', HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (/^ZOHO_API_URL=.*\n/m.test(text)) resolve(text);
    });
    child.once('exit', () => reject(new Error('the emulator did not start')));
  });
  const pairs = [...lines.matchAll(/^(ZOHO_\w+)=(.*)$/gm)].map(([, key = '', value = '']) => [key, value]);
  return {
    // Tokens are kept as in a service that lives long: Zoho gives out ten in ten minutes, and no more.
    environment: { ...Object.fromEntries(pairs), HOME: home } as Readonly<Record<string, string>>,
    stop: () => void child.kill(),
  };
}
