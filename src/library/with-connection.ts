import { connect, type Connection } from '../cli/connect.ts';
import type { Io } from '../cli/io.ts';
import { problem } from '../model/problem.ts';
import type { ZohoOptions } from './options.ts';

/** Connects as the command does, works, and closes whatever happens; a wish to stop ends in a problem that says so. */
export async function withConnection<Result>(
  { emulator, envFile, tokenCache }: ZohoOptions,
  access: 'read' | 'write',
  manifestPath: string,
  io: Io,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const options = {
    emulator: emulator === true,
    ...(envFile === undefined ? {} : { envFile }),
    tokenCache: tokenCache !== false,
  };
  const connection = await connect(options, access, manifestPath, io);
  try {
    return await work(connection);
  } catch (error) {
    if (!io.interrupt.signal.aborted) throw error;
    throw problem('interrupted', 'interrupted', 'Interrupted; nothing was written to Zoho.');
  } finally {
    await connection.close();
  }
}
