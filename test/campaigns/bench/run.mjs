// `npm run bench`: plan as a whole process against a bare script and a plain client that make the same two requests.
// Each is run in turn with the others, so that a busy machine is busy for all; what counts is the ratio of each pair.
import { fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const pairs = Number(process.env.PAIRS ?? 15);
const folder = mkdtempSync(join(tmpdir(), 'zoho-fields-bench-'));
const declared = Array.from(
  { length: 45 },
  (_, i) => `  - {api_name: Field_${i}, field_label: Field ${i}, data_type: text, length: 50}\n`,
);
writeFileSync(join(folder, 'fields.yaml'), `module: Deals\nfields:\n${declared.join('')}`);

const contenders = {
  bare: [here('bare.cjs')],
  plain: [here('plain.mjs')],
  plan: [here('../../../dist/bin.js'), 'plan'],
  'plan, token cached': [here('../../../dist/bin.js'), 'plan'],
};

function run(name, env) {
  const peak = join(folder, 'peak');
  const cached = name.endsWith('cached');
  const args = [
    '--require',
    here('peak-memory.cjs'),
    ...contenders[name],
    ...(name === 'plan' ? ['--no-token-cache'] : []),
  ];
  const started = process.hrtime.bigint();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: { ...env, PEAK_FILE: peak, ...(cached ? {} : { CI: 'true' }) },
    });
    let err = '';
    child.stderr.on('data', (chunk) => (err += chunk));
    child.stdout.resume();
    child.on('close', (code) => {
      const ms = Number(process.hrtime.bigint() - started) / 1e6;
      if (code !== 0) reject(new Error(`${name} failed (${code}): ${err}`));
      else resolve({ ms, mib: Number(readFileSync(peak, 'utf8')) / 1024 });
    });
  });
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

console.log(
  `Node ${process.version}, ${cpus().length} cores, ${pairs} rounds; medians, ratios to the bare script of the same round\n`,
);
console.log('| answer after | process | ms | x bare | MiB | x bare |');
console.log('|---|---|---|---|---|---|');
for (const delay of [0, 120]) {
  const stub = fork(here('stub.mjs'), [String(delay)]);
  const port = await new Promise((resolve) => stub.once('message', resolve));
  const url = `http://127.0.0.1:${port}`;
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    ZOHO_CLIENT_ID: 'id',
    ZOHO_CLIENT_SECRET: 'secret',
    ZOHO_REFRESH_TOKEN: 'refresh',
    ZOHO_ACCOUNTS_URL: url,
    ZOHO_API_URL: url,
  };
  const results = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (const name of Object.keys(contenders)) await run(name, env); // warm the file cache and the token cache
  for (let round = 0; round < pairs; round += 1) {
    for (const name of Object.keys(contenders)) results[name].push(await run(name, env));
  }
  for (const name of Object.keys(contenders)) {
    const ratio = (key) =>
      median(results[name].map((one, index) => one[key] / results.bare[index][key])).toFixed(2);
    const middle = (key) => median(results[name].map((one) => one[key])).toFixed(0);
    console.log(
      `| ${delay} ms | ${name} | ${middle('ms')} | ${ratio('ms')} | ${middle('mib')} | ${ratio('mib')} |`,
    );
  }
  stub.kill();
}
rmSync(folder, { recursive: true });
