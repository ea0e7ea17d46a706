import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmulator } from '../../../src/emulator/start.ts';
import { show } from '../../../src/zoho/redact.ts';
import { makeWorkspace } from '../../support/run-cli.ts';
import { makeInsideWorkspace } from '../../support/run-inside.ts';
import { formsOf } from '../../support/secrets.ts';
import { plantCanaries, secretsAfter, type Canaries } from './canaries.ts';
import { openFront } from './echo.ts';
import type { Command, Trouble } from './matrix.ts';

/** One run of the matrix. */
export interface Trial {
  readonly command: Command;
  readonly trouble: Trouble;
  readonly view: Readonly<Record<string, string>>;
  readonly seed: string;
  /** The built command as a process of its own, or `main` within this one. */
  readonly isProcess: boolean;
  /** Takes the second net away, to see what it catches. */
  readonly isBlind?: boolean;
}

/** What one run gave away. */
export interface Outcome {
  readonly code: number | null;
  /** `secret in place`. */
  readonly leaks: readonly string[];
}

const MANIFEST =
  'module: Deals\nfields:\n  - {api_name: Canary, field_label: Canary, data_type: text, length: 50}\n  - {api_name: Deal_Name, data_type: text, create: false}\n';

/** Runs one command among planted secrets, and looks for them in everything that it leaves. */
export async function runTrial({
  command,
  trouble,
  view,
  seed,
  isProcess,
  isBlind = false,
}: Trial): Promise<Outcome> {
  const canaries = plantCanaries(seed);
  const { clientSecret, refreshToken } = canaries;
  const zoho = await startEmulator({
    credentials: { clientId: '1000.CANARYCANARYCANARYCANARYCANARY', clientSecret, refreshToken },
    scope: 'ZohoCRM.settings.ALL ZohoCRM.org.READ',
  });
  const folder = isProcess ? makeWorkspace() : makeInsideWorkspace(zoho, trouble.isSlow === true);
  const echoed: Record<string, string> = {};
  const onEcho = (secret: string): void => {
    // Some requests, such as the doctor's first one, carry no secret.
    if (secret === '') return;
    if (isBlind) show(secret);
    if (secret !== clientSecret && secret !== refreshToken)
      echoed[`echoed token ${Object.keys(echoed).length}`] = secret;
  };
  const front = trouble.echo === undefined ? undefined : await openFront(zoho.url, trouble.echo, onEcho);
  try {
    const code = zoho.grantCode();
    const env = environmentOf(canaries, trouble, { url: front?.url ?? zoho.url, isProcess });
    folder.write('fields.yaml', MANIFEST);
    folder.write('broken.yaml', MANIFEST.replace('data_type: text,', 'data_type: txet,'));
    folder.write('.env', envFile(canaries, trouble));
    // Which organisation is meant comes from these files alone; the second one gets no access.
    const hosts = `ZOHO_ACCOUNTS_URL=${front?.url ?? zoho.url}\nZOHO_API_URL=${front?.url ?? zoho.url}\n`;
    const one = envFile(canaries, trouble) + hosts;
    folder.write('one.env', one);
    folder.write('other.env', one.replace(/(?<=^ZOHO_REFRESH_TOKEN=).*/mu, canaries.oldToken));
    const healthy = { ...env, ZOHO_ACCOUNTS_URL: zoho.url, ZOHO_API_URL: zoho.url };
    if (command.words.includes('saved.plan')) {
      await folder.run(['plan', '--out', 'saved.plan'], { env: healthy });
    }
    if (command.words.includes('kept.json')) {
      await folder.run(['snapshot', '--out', 'kept.json'], { env: healthy });
    }
    zoho.faults = trouble.faults;
    if (isBlind) for (const secret of secretsAfter(canaries, zoho, { code }).values()) show(secret);
    const run = await folder.run(
      command.words.map((word) => word.replace('TYPED', canaries.typed)),
      {
        env: { ...env, ...view },
        ...(command.input === 'code' ? { input: code } : {}),
        ...(command.isStopped === true ? { onSpawn: stopSoon } : {}),
      },
    );
    const secrets = secretsAfter(canaries, zoho, { code, ...echoed, ...newToken(folder.path, canaries) });
    const texts = [
      { name: 'stdout', text: run.stdout },
      { name: 'stderr', text: run.stderr },
      {
        name: 'an address',
        text: zoho.requests.map((one) => `${one.path} ${JSON.stringify(one.query)}`).join('\n'),
      },
      ...filesIn(folder.path),
    ];
    const leaks = texts.flatMap(({ name, text }) =>
      [...secrets].flatMap(([secret, value]) =>
        formsOf(value).some((form) => text.includes(form)) ? [`${secret} in ${name}`] : [],
      ),
    );
    return { code: run.code, leaks };
  } finally {
    front?.close();
    await zoho.close();
    folder.remove();
  }
}

function environmentOf(
  canaries: Canaries,
  { settings, isSlow, echo }: Trouble,
  { url, isProcess }: { readonly url: string; readonly isProcess: boolean },
): Record<string, string> {
  const proxies = Object.entries(canaries.proxies).map(
    ([name, user]) => [name, `http://${user}@127.0.0.1:9`] as const,
  );
  const isOwnDomain = echo?.name === 'api_domain';
  return {
    // A process obeys proxies; inside this one only what is said of them can be seen.
    ...Object.fromEntries(proxies),
    ...(isProcess ? { NO_PROXY: '' } : {}),
    ZOHO_TIMEOUT_MS: isSlow === true ? '150' : '5000',
    ZOHO_SETTLE_MS: '10',
    ZOHO_ACCOUNTS_URL: settings === 'address' ? `https://${canaries.inAddress}@accounts.zoho.com` : url,
    ...(isOwnDomain ? {} : { ZOHO_API_URL: url }),
    ...(settings === 'overruled'
      ? { ZOHO_CLIENT_SECRET: canaries.clientSecret, ZOHO_REFRESH_TOKEN: canaries.refreshToken }
      : {}),
  };
}

function envFile(canaries: Canaries, { settings }: Trouble): string {
  const quote = settings === 'quoted' ? '\\"' : '';
  const isOverruled = settings === 'overruled';
  const secret = isOverruled ? canaries.overruledSecret : canaries.clientSecret;
  const token = isOverruled ? canaries.overruledToken : canaries.refreshToken;
  return [
    'ZOHO_CLIENT_ID=1000.CANARYCANARYCANARYCANARYCANARY',
    `ZOHO_CLIENT_SECRET="${quote}${secret}${quote}"`,
    `# ZOHO_REFRESH_TOKEN=${canaries.oldToken}`,
    `ZOHO_REFRESH_TOKEN="${token}"`,
    '',
  ].join('\n');
}

/** What a login has written. */
function newToken(
  folder: string,
  { refreshToken, overruledToken }: Canaries,
): Readonly<Record<string, string>> {
  const lines = readFileSync(join(folder, '.env'), 'utf8').split('\n');
  const values = lines.flatMap((line) => /^ZOHO_REFRESH_TOKEN="?([^"]+)"?$/.exec(line)?.[1] ?? []);
  const fresh = values.find((value) => value !== refreshToken && value !== overruledToken);
  return fresh === undefined ? {} : { 'new refresh token': fresh };
}

/** Everything but what keeps secrets: the cache, the settings, and a local Zoho's own memory. */
function filesIn(folder: string): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((name) => !name.startsWith('.cache/') && !name.endsWith('.env') && name !== 'local.json')
    .map((name) => ({ name, text: `${name}\n${readFileSync(join(folder, name), 'utf8')}` }));
}

function stopSoon(kill: (signal: NodeJS.Signals) => void): void {
  setTimeout(() => kill('SIGTERM'), 400);
}
