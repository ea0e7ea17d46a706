import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../../../src/emulator/start.ts';
import type { Contender } from './contenders.ts';
import { judge, type Named, type RunRecord, type Verdict } from './judge.ts';
import { runProgram } from './run-program.ts';
import type { Patience, Trouble } from './troubles.ts';
import wanted from './wanted.json' with { type: 'json' };

/** Whether the server refuses a second field of a name, as documented, or has lost that race. */
export type Position = 'strict' | 'lax';

export const POSITIONS: readonly Position[] = ['strict', 'lax'];

/** The SDK wants to know the user and the organisation; everybody gets the same token. */
const SCOPE = 'ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.users.READ ZohoCRM.org.READ';

/** One cell of the table: who, under what, on which server. */
export interface Trial {
  readonly contender: Contender;
  readonly trouble: Trouble;
  readonly position: Position;
  readonly seed: number;
  readonly patience: Patience;
}

/** Runs a contender under a trouble, then once more on a server that is well again, as a person would, and judges. */
export async function runTrial({ contender, trouble, position, seed, patience }: Trial): Promise<Verdict> {
  const switches = { ...trouble.switches, duplicates: position === 'lax' ? 'accept' : 'refuse' } as const;
  return inArena({ switches }, patience, async ({ zoho, start }) => {
    const before = new Set(customFields(zoho).map((field) => field.id));
    let kill: () => void = () => undefined;
    const tools = { patience, seed, kill: () => kill() };
    const runs: RunRecord[] = [];
    for (const faults of [trouble.faults?.(tools) ?? [], []]) {
      zoho.faults = faults;
      const from = zoho.requests.length;
      const ended = await start(contender.args, (stop) => (kill = stop));
      await sleep(trouble.restMs?.(patience) ?? 0);
      runs.push({
        code: ended.code,
        claims: contender.claims(ended.stdout),
        toldOfTwins: /duplicate-detected|seems to exist/.test(ended.stdout + ended.stderr),
        posts: zoho.requests.slice(from).filter((one) => isCreation(one)).length,
        after: customFields(zoho).filter((field) => !before.has(field.id)),
      });
    }
    return judge(wanted, runs, trouble.impossible ?? 0);
  });
}

/** A server and an empty folder, for the time of some runs. */
export interface Arena {
  readonly zoho: Emulator;
  readonly start: (
    args: readonly string[],
    onSpawn?: (kill: () => void) => void,
  ) => ReturnType<typeof runProgram>;
}

/** Gives `work` an arena; the wanted fields lie in its folder as a manifest too. */
export async function inArena<Result>(
  options: EmulatorOptions,
  patience: Patience,
  work: (arena: Arena) => Promise<Result>,
): Promise<Result> {
  const zoho = await startEmulator({ scope: SCOPE, ...options });
  const folder = mkdtempSync(join(tmpdir(), 'zoho-fields-faults-'));
  try {
    // YAML is a superset of JSON.
    writeFileSync(join(folder, 'fields.yaml'), JSON.stringify({ module: 'Deals', fields: wanted }, null, 2));
    const env = {
      ...zoho.environment,
      ZOHO_TIMEOUT_MS: String(patience.timeoutMs),
      ZOHO_SETTLE_MS: String(patience.settleMs),
    };
    const start: Arena['start'] = (args, onSpawn) =>
      runProgram(args, { folder, env, ...(onSpawn === undefined ? {} : { onSpawn }) });
    return await work({ zoho, start });
  } finally {
    await zoho.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function customFields(zoho: Emulator): readonly (Named & { readonly id: string })[] {
  return zoho
    .fields('Deals')
    .all()
    .filter((field) => field['custom_field'] === true)
    .map(({ id, api_name, field_label }) => ({ id, api_name, field_label }));
}

function isCreation({ method, path }: Emulator['requests'][number]): boolean {
  return method === 'POST' && path.endsWith('/settings/fields');
}
