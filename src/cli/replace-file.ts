import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

/**
 * Puts a file in the place of another, whole or not at all: whoever reads it meanwhile, or after a crash, finds the old
 * one or the new one. The folder has to be there.
 * @param mode access rights of the new file; by default those of every new file.
 * @throws the system's error, with nothing left behind.
 */
export async function replaceFile(path: string, content: string | Uint8Array, mode?: number): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    // `force` forgives a file that is missing, but not a path that leads through another file.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
