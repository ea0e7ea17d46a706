import type { ProbeFound } from '../../doctor/server-checks.ts';
import { unreachable } from '../../zoho/retry.ts';
import { baseOf } from '../../zoho/token.ts';
import { TransportError, type Transport } from '../../zoho/transport.ts';
import type { Io } from '../io.ts';

/**
 * Asks the accounts server for something that needs no credentials (sheet §1.1): whether anybody answers, and what
 * time it is there, is known before a secret leaves. What the answer says does not matter.
 */
export async function probe(accountsUrl: URL, transport: Transport, io: Io): Promise<ProbeFound> {
  const host = accountsUrl.host;
  const begun = io.now();
  try {
    const answer = await transport({
      method: 'GET',
      url: `${baseOf(accountsUrl)}/oauth/serverinfo`,
      headers: {},
    });
    const ended = io.now();
    const theirs = answer.date === undefined ? Number.NaN : Date.parse(answer.date);
    return {
      host,
      ms: ended - begun,
      // A Date header has whole seconds, cut off; the middle of the second and of the exchange is the best guess.
      ...(Number.isNaN(theirs) ? {} : { skewMs: theirs + 500 - (begun + ended) / 2 }),
    };
  } catch (error) {
    if (error instanceof TransportError) return { host, problem: unreachable(error) };
    throw error;
  }
}
