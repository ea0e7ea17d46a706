// `npm run bench`: whole processes against the least that makes the same requests. Each round runs all of a table's
// processes in turn, so that a busy machine is busy for all; what counts is the ratio of each pair.
//
//   ROUNDS=15                  rounds
//   ONLY=plan                  only tables whose title has this in it
//   NODES=/opt/22/bin/node,…   further versions of Node, each against its own floor
import { fork, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const rounds = Number(process.env.ROUNDS ?? 15);
const folder = mkdtempSync(join(tmpdir(), 'zoho-fields-bench-'));
const modules = here('../../../node_modules');
const tool = here('../../../dist/bin.js');

const declared = Array.from(
  { length: 45 },
  (_, i) => `  - {api_name: Field_${i}, field_label: Field ${i}, data_type: text, length: 50}\n`,
);
writeFileSync(join(folder, 'fields.yaml'), `module: Deals\nfields:\n${declared.join('')}`);
writeFileSync(join(folder, 'package.json'), '{}');
writeFileSync(join(folder, 'script.ts'), readFileSync(here('script.ts')));
writeFileSync(join(folder, 'line.cjs'), "process.stdout.write('0.1.0\\n');\n");
symlinkSync(modules, join(folder, 'node_modules'));

const nothing = { name: '`node -e 0`', args: ['-e', '0'] };
// Less than this no command can do that is a file and prints something.
const line = { name: 'a file that prints a line', args: ['line.cjs'] };
const two = { name: 'two requests', args: ['-e', readFileSync(here('two-requests.cjs'), 'utf8')] };
const plan = { name: '`plan`', args: [tool, 'plan', '--no-token-cache'] };
const again = { name: '`plan` again, token cached', args: [tool, 'plan'], cached: true };
const started = (bin) => ({ name: `script by ${bin}`, args: [join(modules, '.bin', bin), 'script.ts'] });
const peers = [
  // ts-node 10 does not run with TypeScript 7, whose compiler has no interface of JavaScript.
  started('tsx'),
  { name: "Zoho's Node SDK", args: [here('sdk.mjs')] },
];

const tables = [
  { title: 'start', rows: [nothing, line, ...commands('--version', '--help', 'validate')] },
  { title: 'plan, instant server', rows: [two, plan, again, ...peers] },
  { title: 'plan, 120 ms per answer', delay: 120, rows: [two, plan, again, ...peers] },
  { title: 'plan, 450 live fields, instant server', live: 450, rows: [two, plan] },
  { title: 'plan, 4,500 live fields, instant server', live: 4500, rows: [two, plan] },
];

function commands(...words) {
  return words.map((word) => ({ name: `\`${word}\``, args: [tool, word] }));
}

/** One process from start to end. Nothing of this environment reaches it: `NODE_OPTIONS` would slow all alike. */
function run({ name, args, cached }, node, url, preload = []) {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    ZOHO_CLIENT_ID: 'id',
    ZOHO_CLIENT_SECRET: 'secret',
    ZOHO_REFRESH_TOKEN: 'refresh',
    ZOHO_ACCOUNTS_URL: url,
    ZOHO_API_URL: url,
    PEAK_FILE: join(folder, 'peak'),
    ...(cached ? {} : { CI: 'true' }),
  };
  rmSync(join(folder, 'sdk-tokens.txt'), { force: true });
  const begun = process.hrtime.bigint();
  const { status, stderr } = spawnSync(node, [...preload, ...args], { cwd: folder, env, encoding: 'utf8' });
  const ms = Number(process.hrtime.bigint() - begun) / 1e6;
  if (status !== 0) throw new Error(`${name} failed (${status}): ${stderr}`);
  return ms;
}

/** Peak memory, apart from the time: what notes it is loaded too. */
function peak(row, node, url) {
  run(row, node, url, ['--require', here('peak-memory.cjs')]);
  return Number(readFileSync(join(folder, 'peak'), 'utf8')) / 1024;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function measure({ title, delay = 0, live = 60, rows }, node) {
  const stub = fork(here('stub.mjs'), [String(delay), String(live)]);
  const url = `http://127.0.0.1:${await new Promise((resolve) => stub.once('message', resolve))}`;
  const times = rows.map(() => []);
  const peaks = rows.map(() => []);
  for (const row of rows) run(row, node, url); // warms the file cache and the token cache
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, row] of rows.entries()) times[index].push(run(row, node, url));
    if (round < 5) for (const [index, row] of rows.entries()) peaks[index].push(peak(row, node, url));
  }
  stub.kill();
  const ratio = (values, index) =>
    median(values[index].map((one, round) => one / values[0][round])).toFixed(2);
  for (const [index, { name }] of rows.entries())
    console.log(
      `| ${title} | ${name} | ${median(times[index]).toFixed(0)} | ${ratio(times, index)} | ${median(peaks[index]).toFixed(0)} | ${ratio(peaks, index)} |`,
    );
}

for (const node of [process.execPath, ...(process.env.NODES ?? '').split(',').filter(Boolean)]) {
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  console.log(
    `\nNode ${version}, ${cpus().length} cores (${cpus()[0]?.model}), ${new Date().toISOString().slice(0, 10)}, ${rounds} rounds; medians, ratios to the first row of the same round\n`,
  );
  console.log('| | process | ms | x | MiB | x |\n|---|---|---|---|---|---|');
  for (const table of tables) if (table.title.includes(process.env.ONLY ?? '')) await measure(table, node);
}
rmSync(folder, { recursive: true });
