import { count } from '../model/count.ts';
import type { ProxyUse } from '../zoho/http/proxy.ts';
import type { Problem } from '../model/problem.ts';
import { failedBy, ok, skipped, warning, type Check, type Subject } from './check.ts';
import { maskedAddress } from '../credentials/typed-values.ts';

/** What came of asking the accounts server for anything at all, without credentials. */
export interface ProbeFound {
  readonly host: string;
  /** Why there was no answer. */
  readonly problem?: Problem;
  /** The server's clock minus ours, in milliseconds; absent where the answer named no time. */
  readonly skewMs?: number;
  readonly ms?: number;
}

const PROXY: Subject = { name: 'proxy', title: 'proxy' };
const SERVER: Subject = { name: 'accounts-server', title: 'accounts server' };
const CLOCK: Subject = { name: 'clock', title: 'clock' };

/** A difference that no waiting for an answer explains, and well below the cache's margin of two minutes. */
const MOST_SKEW_MS = 60_000;

/** Which proxy stands in between; said even where all is well, because nobody thinks of it. */
export function proxyCheck(
  uses: readonly { readonly host: string; readonly proxy: ProxyUse | undefined }[],
): Check {
  if (uses.length === 0) return skipped(PROXY, 'needs a data centre and hosts that are well-formed');
  if (uses.every((use) => use.proxy === undefined)) return ok(PROXY, 'none in use');
  const seen = new Map<string, string[]>();
  for (const { host, proxy } of uses) {
    const way =
      proxy === undefined ? 'without one' : `through ${maskedAddress(proxy.address)} (${proxy.variable})`;
    seen.set(way, [...(seen.get(way) ?? []), host]);
  }
  return ok(PROXY, [...seen].map(([way, hosts]) => `${hosts.join(' and ')} ${way}`).join('; '));
}

/** Does anyone answer? */
export function serverCheck(probe: ProbeFound | undefined, proxied: boolean): Check {
  if (probe === undefined) return skipped(SERVER, 'needs a data centre and hosts that are well-formed');
  if (probe.problem === undefined)
    return ok(SERVER, `${probe.host} answers (${Math.round(probe.ms ?? 0)} ms)`);
  const check = failedBy(SERVER, probe.problem);
  return proxied
    ? { ...check, remedy: `${check.remedy ?? ''} The request went through the proxy named above.`.trim() }
    : check;
}

/** Does this computer know what time it is? Tokens are kept by the clock. */
export function clockCheck(probe: ProbeFound | undefined): Check {
  if (probe === undefined || probe.problem !== undefined)
    return skipped(CLOCK, 'needs an answer of the accounts server');
  if (probe.skewMs === undefined) return skipped(CLOCK, 'the accounts server did not say what time it is');
  if (Math.abs(probe.skewMs) <= MOST_SKEW_MS)
    return ok(CLOCK, 'agrees with the accounts server to the minute');
  const side = probe.skewMs > 0 ? 'behind' : 'ahead of';
  return warning(
    CLOCK,
    'clock-skew',
    `This computer's clock is ${duration(Math.abs(probe.skewMs))} ${side} the accounts server's.`,
    'Set the clock (switch on time synchronisation): kept access tokens are taken for good or for ended when they are not.',
  );
}

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return count(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? count(hours, 'hour') : count(Math.round(hours / 24), 'day');
}
