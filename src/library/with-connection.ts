import { connect, type Connection } from '../cli/connect.ts';
import type { Io } from '../cli/io.ts';
import { problem } from '../model/problem.ts';
import { libraryIo } from './library-io.ts';
import type { ZohoOptions } from './options.ts';

/** Connects as the command does, works, and closes whatever happens; a wish to stop ends in a problem that says so. */
export async function withConnection<Result>(
  zohoOptions: ZohoOptions & { readonly onNote?: (text: string) => void },
  access: 'read' | 'write',
  manifestPath: string,
  work: (connection: Connection, io: Io) => Promise<Result>,
): Promise<Result> {
  const { emulator, envFile, tokenCache, onNote } = zohoOptions;
  const over = new AbortController();
  const io = libraryIo(zohoOptions, onNote, over.signal);
  const options = {
    emulator: emulator === true,
    ...(envFile === undefined ? {} : { envFile }),
    tokenCache: tokenCache !== false,
  };
  let connection: Connection | undefined;
  try {
    connection = await connect(options, access, manifestPath, io);
    return await work(connection, io);
  } catch (error) {
    if (!io.interrupt.signal.aborted) throw error;
    throw problem('interrupted', 'interrupted', 'Interrupted; nothing was written to Zoho.');
  } finally {
    await connection?.close();
    over.abort();
  }
}
