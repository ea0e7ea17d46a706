import type { PlanOptions } from '../options.ts';
import { withConnection } from '../../run/connect.ts';
import type { Begun } from '../begin.ts';
import type { Io } from '../../machine/io.ts';
import { openJournal } from '../../machine/journal-file.ts';
import { DEFAULT_MANIFEST } from '../../machine/read-bytes.ts';
import { misuse } from '../../model/problem.ts';
import { readWish } from '../../run/read-manifest.ts';

/**
 * `plan`: reads, compares, prints. Writes nothing to Zoho; the connection would not let it.
 * @param begun the connection, where it was opened before the command line was read.
 */
export async function plan(options: PlanOptions, io: Io, begun?: Begun): Promise<number> {
  if (options.maxAge !== undefined) throw noSnapshot();
  if (options.out !== undefined) {
    const { checkKept, PLAN } = await import('../../machine/kept-file.ts');
    await checkKept(PLAN, options.out, io);
  }
  const manifestPath = options.file ?? DEFAULT_MANIFEST;
  return withConnection(
    { options, access: 'read', manifestPath, io, begun },
    () => readWish(options, io),
    async (connection, wish) => {
      // Comparing and printing are loaded only now, while the token is still on its way.
      const { showPlan } = await import('../show-plan.ts');
      const { session, reader } = connection;
      const source = {
        reader,
        journal: openJournal({ ...connection, manifestPath }, io).entries,
        target: () => connection.target(),
        scopes: async () => (await session.token()).scopes,
        requests: () => session.requests,
      };
      return showPlan({ ...wish, source }, options, io);
    },
  );
}

function noSnapshot(): Error {
  return misuse(
    '"--max-age" is about the age of a snapshot, and this plan is of none.',
    'Name the snapshot with --from, or leave --max-age out.',
  );
}
