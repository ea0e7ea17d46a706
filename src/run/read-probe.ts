import { problem } from '../model/problem.ts';
import { ask, listLook, type Observations } from '../probe/ask.ts';
import { ZohoProber } from '../zoho/prober.ts';
import type { Connection } from './connect.ts';
import type { Io } from '../machine/io.ts';

/**
 * Looks at what this Zoho answers, by reads alone.
 * @throws Problem where the module's fields cannot be read, or the user wants no more.
 */
export async function readProbe(
  module: string,
  { session }: Pick<Connection, 'session'>,
  io: Pick<Io, 'interrupt' | 'now'>,
): Promise<Observations> {
  const prober = new ZohoProber(session, io.now);
  const all = await ask(prober, module, await prober.list(listLook(module)));
  if (io.interrupt.requested)
    throw problem('interrupted', 'interrupted', 'Interrupted; nothing was written to Zoho.');
  return all;
}
