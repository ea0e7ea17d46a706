/**
 * How fast the emulator starts as a process of its own, and how fast it answers a list of 500 fields. A benchmark,
 * not a test: `npx tsx test/emulator/benchmark.ts`. Goals: 150 ms and 20 ms.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../../src/emulator/start.ts';
import { bundle } from './bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'emulator-'));
const script = await bundle(folder);
const bare = measure(15, () => execFileSync(process.execPath, ['-e', '0']));
const whole = measure(15, () => execFileSync(process.execPath, [script, '--once']));
rmSync(folder, { recursive: true });

const zoho = await startEmulator({ organisation: { edition: 'ultimate' } });
const stock = zoho.fields('Deals').all().length;
for (let count = stock; count < 500; count += 1) {
  const field_label = `Field ${count}`;
  zoho
    .fields('Deals')
    .add({ field_label, data_type: 'picklist', pick_list_values: [{ display_value: 'A' }] });
}
const token = await fetch(`${zoho.url}/oauth/v2/token`, {
  method: 'POST',
  body: new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: zoho.environment['ZOHO_CLIENT_ID'] ?? '',
    client_secret: zoho.environment['ZOHO_CLIENT_SECRET'] ?? '',
    refresh_token: zoho.environment['ZOHO_REFRESH_TOKEN'] ?? '',
  }),
}).then((answer) => answer.json());
const times: number[] = [];
for (let count = 0; count < 30; count += 1) times.push(await timeOfList());
await zoho.close();

process.stdout.write(
  [
    `start, whole process     ${whole.toFixed(0)} ms (bare node ${bare.toFixed(0)} ms)`,
    `GET 500 fields, first    ${(times[0] ?? 0).toFixed(1)} ms`,
    `GET 500 fields, median   ${median(times).toFixed(1)} ms`,
    '',
  ].join('\n'),
);

function timeOfList(): Promise<number> {
  const start = performance.now();
  const headers = { authorization: `Zoho-oauthtoken ${(token as { access_token: string }).access_token}` };
  return new Promise((resolve) => {
    http.get(`${zoho.url}/crm/v8/settings/fields?module=Deals&type=all`, { headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(performance.now() - start));
    });
  });
}

function measure(times: number, run: () => void): number {
  const all = Array.from({ length: times }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return median(all);
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}
