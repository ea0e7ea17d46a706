import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmulator, type Emulator, type RequestLogEntry } from '../../../src/emulator/start.ts';
import { ownEnvironment } from '../../support/run-cli.ts';
import { startCommand, type Ended } from '../../commands/machine/command.ts';

/** Who starts at once, and where. */
export interface Gathering {
  readonly processes: number;
  /** One folder; or a checkout for each, with a TMPDIR of its own. They are all the same user's. */
  readonly folders: 'one' | 'many';
  /** So many of them are killed while they wait or work. */
  readonly killed: number;
}

/** One of the crowd. */
export interface Member extends Ended {
  readonly number: number;
}

/** What became of them all. */
export interface Crowd {
  readonly gathering: Gathering;
  readonly members: readonly Member[];
  /** The requests to the CRM, which nobody sends before it is their turn. */
  readonly calls: readonly RequestLogEntry[];
  /** API name and label of all fields that were made. */
  readonly made: readonly (readonly [name: string, label: string])[];
  /** Files at the end that are no manifests. */
  readonly left: readonly string[];
}

/** Fields that everybody wants; each of the crowd wants one more for itself. */
export const SHARED = ['Shared_A', 'Shared_B', 'Shared_C', 'SharedD', 'SharedE', 'SharedF'] as const;

export const ownField = (number: number): string => `OwnField${number}`;

/** Some labels are set by a second request, which is one more that nobody may come between. */
export const labelOf = (apiName: string): string =>
  apiName.includes('_') ? apiName.replace('_', ' ') : `${apiName} (late)`;

/** Starts everybody at once, against one Zoho that takes every label twice if it is asked to. */
export async function gather(gathering: Gathering): Promise<Crowd> {
  const zoho = await startEmulator({
    switches: { tokensPerTenMinutes: 0, activeTokens: 0, duplicates: 'accept' },
  });
  const root = mkdtempSync(join(tmpdir(), 'zoho-fields-crowd-'));
  try {
    const home = join(root, 'home');
    mkdirSync(home);
    const numbers = Array.from({ length: gathering.processes }, (_, index) => index);
    const members = await Promise.all(
      numbers.map((number) => joinIn(number, { gathering, root, home, zoho })),
    );
    return {
      gathering,
      members,
      calls: zoho.requests.filter(({ path }) => path.startsWith('/crm/')),
      made: madeIn(zoho),
      left: filesIn(root),
    };
  } finally {
    await zoho.close();
    rmSync(root, { recursive: true, force: true });
  }
}

async function joinIn(
  number: number,
  {
    gathering,
    root,
    home,
    zoho,
  }: {
    readonly gathering: Gathering;
    readonly root: string;
    readonly home: string;
    readonly zoho: Emulator;
  },
): Promise<Member> {
  const folder = gathering.folders === 'one' ? join(root, 'all') : join(root, String(number));
  mkdirSync(folder, { recursive: true });
  const fields = [...SHARED, ownField(number)].map((api_name) => ({
    api_name,
    field_label: labelOf(api_name),
    data_type: 'text',
    length: 50,
  }));
  const name = `fields-${number}.yaml`;
  writeFileSync(join(folder, name), JSON.stringify({ module: 'Deals', fields }));
  const env = {
    ...ownEnvironment(home),
    ...zoho.environment,
    CI: '1',
    TMPDIR: folder,
    ZOHO_SETTLE_MS: '300',
    ZOHO_TIMEOUT_MS: '20000',
  };
  // A token of its own tells each of them apart in Zoho's log.
  const process = startCommand(['apply', '-f', name, '--yes', '--json'], { cwd: folder, env });
  if (number < gathering.killed) void killSometime(process, number, gathering, zoho);
  return { ...(await process.ended), number };
}

/** Spread over the time in which the crowd is served: the n-th is killed when n of the others have been. */
async function killSometime(
  process: ReturnType<typeof startCommand>,
  number: number,
  { processes, killed }: Gathering,
  zoho: Emulator,
): Promise<void> {
  const share = ((number + 1) / (killed + 1)) * processes * CALLS_EACH;
  const over = new AbortController();
  void process.ended.then(() => over.abort());
  const calls = (): number => zoho.requests.filter(({ path }) => path.startsWith('/crm/')).length;
  while (!over.signal.aborted && calls() < share) await sleep(5);
  process.kill('SIGKILL');
}

/** Read, create, label, read back. */
const CALLS_EACH = 4;

function madeIn(zoho: Emulator): Crowd['made'] {
  return zoho
    .fields('Deals')
    .all()
    .filter((field) => field['custom_field'] === true && field.api_name !== 'Partner')
    .map((field) => [field.api_name, field.field_label]);
}

function filesIn(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^fields-\d+\.yaml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}
