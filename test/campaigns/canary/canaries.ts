import { createHash } from 'node:crypto';
import type { Emulator } from '../../../src/emulator/start.ts';

/** Secrets that are in one run, each in a place of its own, so that a leak names its place. */
export interface Canaries {
  readonly clientSecret: string;
  readonly refreshToken: string;
  /** A client secret and a refresh token in `.env` that the environment overrules. */
  readonly overruledSecret: string;
  readonly overruledToken: string;
  /** What a token was before it was replaced, in a comment of `.env`. */
  readonly oldToken: string;
  /** `user:password` of each proxy; only the built command, which is a process, uses them. */
  readonly proxies: Readonly<Record<string, string>>;
  /** `user:password` in an address that is refused for it. */
  readonly inAddress: string;
  /** A secret that someone puts on the command line, where none belongs. */
  readonly typed: string;
}

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];

/** New ones for every run: a net that has seen a secret in the run before would prove nothing. */
export function plantCanaries(seed: string): Canaries {
  const hex = (name: string, characters: number): string =>
    createHash('sha512').update(`${seed} ${name}`).digest('hex').slice(0, characters);
  const token = (name: string): string => `1000.${hex(name, 32)}.${hex(`${name} too`, 32)}`;
  const user = (name: string): string => `user-${hex(name, 8)}:pass-${hex(`${name} too`, 20)}`;
  return {
    clientSecret: hex('client secret', 42),
    refreshToken: token('refresh token'),
    overruledSecret: hex('overruled secret', 42),
    overruledToken: token('overruled token'),
    oldToken: token('old token'),
    proxies: Object.fromEntries(PROXIES.map((name) => [name, user(name)])),
    inAddress: user('address'),
    typed: token('typed'),
  };
}

/** Everything that must not be seen after a run, with the names that a finding is told by. */
export function secretsAfter(
  canaries: Canaries,
  zoho: Emulator,
  more: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const { proxies, ...plain } = canaries;
  const users = Object.entries(proxies).flatMap(([name, user]) => [
    [`password of ${name}`, user.slice(user.indexOf(':') + 1)] as const,
    [`user and password of ${name}`, user] as const,
  ]);
  const tokens = zoho.requests.flatMap((request, index) => {
    const value = request.headers['authorization']?.split(' ')[1];
    return value === undefined ? [] : [[`access token of request ${index}`, value] as const];
  });
  return new Map([
    ...Object.entries(plain),
    ['password in an address', canaries.inAddress.slice(canaries.inAddress.indexOf(':') + 1)],
    ...users,
    ...tokens,
    ...Object.entries(more),
  ]);
}
