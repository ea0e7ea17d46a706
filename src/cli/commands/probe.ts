import { type Io, lookOf } from '../../machine/io.ts';
import { checkKept, PROFILE, writeKept } from '../../machine/kept-file.ts';
import { DEFAULT_MANIFEST } from '../../machine/read-bytes.ts';
import { interrupted, misuse, type Problem } from '../../model/problem.ts';
import { judge } from '../../probe/findings.ts';
import { makeProfile, profileText } from '../../probe/profile.ts';
import { probeRenders } from '../../report/probe/formats.ts';
import { withConnection, type ConnectOptions, type Connection } from '../../run/connect.ts';
import { deliver } from '../deliver.ts';
import { EXIT } from '../exit-code.ts';
import type { ReportOptions } from '../options.ts';
import { ask, listLook, type Observations } from '../../probe/ask.ts';
import { ZohoProber } from '../../zoho/reader.ts';

export interface ProbeOptions extends ReportOptions, ConnectOptions {
  readonly module: string;
  readonly out?: string;
  readonly create?: boolean;
  readonly yes?: boolean;
}

/** `probe`: what this Zoho does, held against what is believed. Reads only; the connection would not let it write. */
export async function probe(options: ProbeOptions, io: Io): Promise<number> {
  const { module, out } = options;
  if (options.yes === true) throw nothingToAgreeTo();
  if (out !== undefined) await checkKept(PROFILE, out, io);
  // A token out of the cache would not show the form of its answer.
  const fresh = { ...options, tokenCache: false };
  return withConnection(
    { options: fresh, access: 'read', manifestPath: DEFAULT_MANIFEST, io },
    () => Promise.resolve(),
    async (connection) => {
      const found = judge(await readProbe(module, connection, io));
      if (out !== undefined) await writeKept(PROFILE, out, profileText(makeProfile(found)), io);
      const view = {
        target: await connection.target(),
        module,
        requests: connection.session.requests,
        ...lookOf(io.stdout, io),
        ...(out === undefined ? {} : { out }),
      };
      return (await deliver(probeRenders(found, view), options, io)) ? EXIT.done : EXIT.failed;
    },
  );
}

function nothingToAgreeTo(): Problem {
  return misuse(
    '"--yes" is about the question of "--create", and without that nothing is asked.',
    'Leave it out, or say --create as well.',
  );
}

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
  if (io.interrupt.requested) throw interrupted();
  return all;
}
