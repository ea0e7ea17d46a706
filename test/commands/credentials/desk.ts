import { randomBytes } from 'node:crypto';
import { expect, onTestFinished } from 'vitest';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../../src/emulator/start.ts';
import { makeWorkspace, type Run, type RunOptions, type Workspace } from '../../support/run-cli.ts';
import { filesToSearch } from '../../support/secrets.ts';

/** A doctor's or status's document, with the keys that tests ask for. */
export interface Document {
  readonly kind: string;
  readonly ready: boolean;
  readonly mend_first: string | null;
  readonly sentence: string;
  readonly checks: readonly Checked[];
  readonly requests: { readonly read: number; readonly write: number };
  readonly other_data_centres?: readonly {
    readonly data_centre: string;
    readonly knows_client: boolean | null;
  }[];
  readonly diagnostics: readonly {
    readonly severity: string;
    readonly code: string;
    readonly message: string;
  }[];
}

export interface Checked {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly seen: string;
  readonly code?: string;
  readonly remedy?: string;
}

/** Someone's folder and home, a Zoho of their own, and secrets that are looked for everywhere afterwards. */
export interface Desk {
  readonly zoho: Emulator;
  readonly folder: Workspace;
  /** What the env file of a working set-up would say. */
  readonly settings: Readonly<Record<string, string>>;
  /** More words that must never be seen. */
  hide(...secrets: readonly string[]): void;
  run(args: readonly string[], options?: RunOptions): Promise<Run>;
  /** Runs with `--json`; standard output is one document and nothing else. */
  report(args: readonly string[], options?: RunOptions): Promise<Run & { readonly document: Document }>;
  /** Checks a text that came another way. */
  search(text: string): void;
}

/** A secret in the form of Zoho's. */
export function token(): string {
  return `1000.${randomBytes(16).toString('hex')}.${randomBytes(16).toString('hex')}`;
}

/** Opens a desk; when the test ends, every file but `.env` and the cache is searched for every secret there was. */
export async function openDesk(options: EmulatorOptions = {}): Promise<Desk> {
  const credentials = {
    clientId: `1000.${randomBytes(15).toString('hex').toUpperCase()}`,
    clientSecret: randomBytes(21).toString('hex'),
    refreshToken: token(),
    ...options.credentials,
  };
  const zoho = await startEmulator({ ...options, credentials });
  const folder = makeWorkspace();
  const hidden = new Set([credentials.clientSecret, credentials.refreshToken]);
  const search = (text: string): void => {
    for (const secret of [...hidden, ...accessTokens(zoho)])
      for (const form of formsOf(secret))
        expect(text.includes(form), 'a secret that can be seen').toBe(false);
  };
  onTestFinished(async () => {
    await zoho.close();
    for (const { name, text } of filesToSearch(folder.path)) search(`${name}\n${text}`);
    search(zoho.requests.map((one) => `${one.path}?${JSON.stringify(one.query)}`).join('\n'));
    folder.remove();
  });
  const run: Desk['run'] = async (args, { env, ...rest } = {}) => {
    const base = { ZOHO_TIMEOUT_MS: '4000', ZOHO_ACCOUNTS_URL: zoho.url };
    const result = await folder.run(args, { ...rest, env: { ...base, ...env } });
    search(result.stdout + result.stderr);
    return result;
  };
  return {
    zoho,
    folder,
    settings: {
      ZOHO_CLIENT_ID: credentials.clientId,
      ZOHO_CLIENT_SECRET: credentials.clientSecret,
      ZOHO_REFRESH_TOKEN: credentials.refreshToken,
    },
    hide: (...secrets) => secrets.forEach((secret) => hidden.add(secret)),
    run,
    report: async (args, runOptions) => {
      const result = await run([...args, '--json'], runOptions);
      return { ...result, document: JSON.parse(result.stdout) as Document };
    },
    search,
  };
}

/** Every access token that was ever sent. */
function accessTokens(zoho: Emulator): readonly string[] {
  return zoho.requests.flatMap((one) => {
    const value = one.headers['authorization']?.split(' ')[1];
    return value === undefined ? [] : [value];
  });
}

/** Whole, cut, in an address, in JSON, and in base64 wherever it begins within a longer text. */
function formsOf(secret: string): readonly string[] {
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.from(`${'x'.repeat(offset)}${secret}`).toString('base64');
    return encoded
      .slice(offset === 0 ? 0 : 4)
      .replaceAll('=', '')
      .slice(0, -2);
  });
  return [
    secret,
    secret.slice(0, 12),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    ...base64,
  ];
}

/** The text of an env file. */
export function envText(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
