import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Attack } from './attacks.ts';
import { openHostile, type Call } from './server.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** What one run of the built command took, and how it ended. */
export interface Measured {
  readonly code: number | null;
  readonly ms: number;
  readonly mib: number;
  /** Its own, however busy the machine is with other things. */
  readonly cpuMs: number;
  /** The code of its first diagnostic. */
  readonly said: string;
}

/** Runs the built command against a server that turns hostile at one call. */
export async function measure(call: Call, attack: Attack): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'zoho-fields-hostile-'));
  writeFileSync(
    join(folder, 'fields.yaml'),
    'module: Deals\nfields:\n  - {api_name: Part, field_label: Part, data_type: text, length: 50}\n',
  );
  const server = await openHostile(call, attack.answer);
  const peak = join(folder, 'peak');
  const words = call === 'create' ? ['apply', '--yes', '--json'] : ['plan', '--json'];
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    CI: '1',
    PEAK_FILE: peak,
    ZOHO_CLIENT_ID: '1000.CLIENT',
    ZOHO_CLIENT_SECRET: 'a-secret-of-a-client',
    ZOHO_REFRESH_TOKEN: '1000.a-refresh-token',
    ZOHO_ACCOUNTS_URL: server.url,
    ZOHO_SETTLE_MS: '500',
    ...(attack.timeoutMs === undefined ? {} : { ZOHO_TIMEOUT_MS: String(attack.timeoutMs) }),
  };
  const started = process.hrtime.bigint();
  const args = ['--require', here('peak.cjs'), here('../../../../dist/bin.js'), ...words];
  const child = spawn(process.execPath, args, { cwd: folder, env });
  const out: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.resume();
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  server.close();
  const [kib = NaN, cpuMs = NaN] = readFileSync(peak, 'utf8').split(' ').map(Number);
  rmSync(folder, { recursive: true });
  return { code, ms, mib: kib / 1024, cpuMs, said: saidIn(out) };
}

/** The code of the first diagnostic; a run without one has taken the answer for a good one. */
function saidIn(out: readonly Buffer[]): string {
  const text = Buffer.concat(out).toString('utf8');
  const report = JSON.parse(text) as {
    readonly diagnostics: readonly { readonly code: string }[];
    readonly fields?: readonly { readonly outcome?: string; readonly code?: string }[];
  };
  const [field] = report.fields ?? [];
  return report.diagnostics[0]?.code ?? `${field?.outcome ?? 'taken'} ${field?.code ?? ''}`.trim();
}
