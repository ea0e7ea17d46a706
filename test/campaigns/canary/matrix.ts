import type { Fault } from '../../../src/emulator/faults/fault.ts';
import { ECHOES, type Echo } from './echo.ts';

/** A command line, and what it needs. */
export interface Command {
  readonly words: readonly string[];
  /** `code`: a grant code on standard input. */
  readonly input?: 'code';
  /** Runs until it is stopped. */
  readonly isStopped?: boolean;
}

/** Every command, and every format that writes. `TYPED` is a secret on the command line. */
export const COMMANDS: readonly Command[] = [
  ...[
    ['plan'],
    ['plan', '--json', '--unmanaged', '--in-sync'],
    ['plan', '--out', 'a.plan', '--format', 'markdown=plan.md', '--format', 'html=plan.html'],
    ['plan', '--format', 'github', '--format', 'json=plan.json', '--unmanaged'],
    ['plan', '--format', 'markdown', '--detailed-exitcode'],
    ['apply', '--yes'],
    ['apply', '--yes', '--json', '--format', 'markdown=apply.md'],
    ['apply', '--yes', '--format', 'html', '--format', 'github=apply.txt', '--allow-conflicts'],
    ['apply', 'saved.plan', '--yes'],
    ['audit'],
    ['audit', '--json', '--format', 'html=audit.html', '--format', 'markdown=audit.md'],
    ['audit', '--format', 'csv', '--module', 'Deals'],
    ['snapshot'],
    ['snapshot', '--json', '--out', 'zoho.snapshot.json'],
    ['plan', '--from', 'kept.json', '--json'],
    ['apply', '--emulator', '--seed', 'kept.json', '--format', 'markdown=rehearsal.md'],
    ['matrix', 'one.env', 'other.env', '--format', 'csv=matrix.csv', '--format', 'html=matrix.html'],
    ['matrix', 'one.env', 'other.env', '--json'],
    ['types'],
    ['import', '--all'],
    ['import', '--out', 'new.yaml', '--json'],
    ['import', '--into', 'fields.yaml'],
    ['init', '--yes', '--from-live', '--workflow', '-f', 'crm/fields.yaml'],
    ['validate', '--format', 'sarif', '--format', 'markdown=valid.md'],
    ['validate', '-f', 'broken.yaml', '--json'],
    ['diff', 'fields.yaml', 'broken.yaml', '--format', 'html'],
    ['doctor'],
    ['doctor', '--json', '--module', 'Nothing'],
    ['auth', 'status'],
    ['auth', 'status', '--online', '--json'],
    ['auth', 'login', '--client-secret=TYPED'],
    ['plan', '--settings', 'TYPED'],
    ['plan', '-f', 'TYPED', '--json'],
    ['schema'],
  ].map((words) => ({ words })),
  { words: ['auth', 'login'], input: 'code' },
  { words: ['auth', 'login', '--keep-old-token', '--no-token-cache'], input: 'code' },
  { words: ['emulator', '--state', 'local.json'], isStopped: true },
];

/** What goes wrong in a run. */
export interface Trouble {
  readonly name: string;
  readonly faults: readonly Fault[];
  readonly echo?: Echo;
  /** Changes the settings of the run. */
  readonly settings?: 'address' | 'quoted' | 'overruled';
  /** For what only ends when nobody waits any longer. */
  readonly isSlow?: boolean;
}

const PLACES = [
  { at: 'the token', path: '/oauth/' },
  { at: 'a read', path: '/crm/', method: 'GET' },
  { at: 'a write', path: '/settings/fields', method: 'POST' },
] as const;

type Effect = { readonly name?: string; readonly isSlow?: boolean } & (
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'html' | 'reset' | 'hang' | 'expire-tokens' }
  | { readonly kind: 'throttle'; readonly retryAfter?: string }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'truncate'; readonly bytes: number }
  | { readonly kind: 'oversize'; readonly bytes: number; readonly gzip?: boolean }
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  | { readonly kind: 'body'; readonly prefix?: string; readonly body?: string }
  | { readonly kind: 'results'; readonly change: 'short' | 'long' }
);

/** Every kind of fault that the local Zoho has. */
const EFFECTS: readonly Effect[] = [
  ...[400, 401, 403, 429, 500, 503].map((status) => ({ kind: 'status', status }) as const),
  { kind: 'html' },
  { kind: 'throttle', retryAfter: '99999' },
  { kind: 'redirect', location: 'http://127.0.0.1:9/', status: 307 },
  { kind: 'reset' },
  { kind: 'hang', isSlow: true },
  { kind: 'latency', ms: 20 },
  { kind: 'truncate', bytes: 40 },
  { kind: 'oversize', bytes: 9_000_000, gzip: true },
  { kind: 'slow', bytesPerSecond: 50, isSlow: true },
  { kind: 'body', prefix: '\ufeff' },
  { kind: 'body', body: '[1]' },
  { kind: 'results', change: 'short' },
  { kind: 'expire-tokens' },
];

/** Nothing, every fault at every place, every echo, and settings that are wrong by themselves. */
export const TROUBLES: readonly Trouble[] = [
  { name: 'nothing', faults: [] },
  ...(['address', 'quoted', 'overruled'] as const).map((settings) => ({
    name: `settings: ${settings}`,
    faults: [],
    settings,
  })),
  ...EFFECTS.flatMap(({ isSlow = false, ...effect }) =>
    PLACES.map(({ at, ...place }) => ({
      name: `${JSON.stringify(effect)} at ${at}`,
      faults: [{ ...effect, ...place }],
      isSlow,
    })),
  ),
  ...ECHOES.map((echo) => ({ name: `${echo.at} echoes ${echo.name}`, faults: [], echo })),
];

/** How much is said, and for whom. `DEBUG` and `NODE_DEBUG` are obeyed by processes only. */
export const VIEWS: readonly Readonly<Record<string, string>>[] = [
  {},
  { CI: 'true', GITHUB_ACTIONS: 'true' },
  { NO_COLOR: '1', CI: '1' },
  { FORCE_COLOR: '1' },
  { DEBUG: '*', NODE_OPTIONS: '--trace-warnings --trace-uncaught' },
  { NODE_DEBUG: '*' },
];
