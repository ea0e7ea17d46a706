import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Emulator, EmulatorOptions } from '../emulator/start.ts';
import type { Plan } from '../model/plan.ts';
import { problem, type Diagnostic, type Problem } from '../model/problem.ts';
import { diagnosticsText } from '../report/media/diagnostics.ts';
import { lookOf, type Io } from '../machine/io.ts';
import { diskCode, diskRemedy } from '../machine/disk.ts';
import { ownFolder } from '../machine/user-folders.ts';
import type { StateFileError } from '../emulator/state/state-file.ts';

/** The Zoho of `--emulator`. */
export interface BuiltInZoho {
  readonly emulator: Emulator;
  /** Tells it from those of other folders, whatever port it listens on today. */
  readonly folder: string;
}

/**
 * Starts the Zoho of `--emulator`, beside a manifest. Where nothing can be written and none has been before, reading goes
 * on with one in memory; creating does not, as what is made would be gone.
 * @throws Problem `failed` where its state is damaged or cannot be kept.
 */
export async function startBuiltInZoho(
  manifestPath: string,
  access: 'read' | 'write',
  io: Pick<Io, 'cwd' | 'stderr' | 'env' | 'command'>,
): Promise<BuiltInZoho> {
  const folder = ownFolder(manifestPath, io.cwd);
  const stateFile = join(folder, STATE_FILE);
  try {
    keepOutOfGit(folder);
  } catch (error) {
    if (access === 'write' || !NOT_WRITABLE.has(diskCode(error)) || existsSync(folder))
      throw stateProblem(error, stateFile) ?? error;
    tellInMemory(folder, diskCode(error), io);
    return { emulator: await startLocalZoho({}, io), folder };
  }
  return { emulator: await startLocalZoho({ stateFile }, io), folder: realpathSync(folder) };
}

/**
 * Whether a saved plan is of the built-in Zoho beside a manifest: no other organisation has the ids that a plan names. For
 * words only, since nothing is read of that Zoho but its text.
 */
export function isOfBuiltInZoho({ modules }: Plan, manifestPath: string, io: Pick<Io, 'cwd'>): boolean {
  try {
    const state = readFileSync(join(ownFolder(manifestPath, io.cwd), STATE_FILE), 'utf8');
    return modules.every(({ anchors }) => anchors.every((id) => state.includes(`"${id}"`)));
  } catch {
    return false;
  }
}

const STATE_FILE = 'emulator.json';

/** The page of a local Zoho that stands for Zoho's API console. */
export const consoleOf = (url: string): string => new URL('/__emulator/console', url).href;

/** What the system says where a folder is not to be written by this user, whatever they remove from the disk. */
const NOT_WRITABLE: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS']);

function tellInMemory(folder: string, code: string, io: Pick<Io, 'stderr' | 'env' | 'command'>): void {
  const note: Diagnostic = {
    severity: 'warning',
    code: 'emulator-in-memory',
    message: `The built-in Zoho cannot keep its state in ${folder} (${code}), so this run has one in memory, with the fields that it has at first.`,
    remedy: 'To apply with --emulator too, use a folder that you may write in.',
  };
  io.stderr.write(`${diagnosticsText([note], lookOf(io.stderr, io))}\n`);
}

/**
 * Starts a local Zoho. Its state lies in the user's own folder, so a damaged or unwritable file is no bug of ours.
 * @throws Problem `failed` where its state is damaged or cannot be kept.
 */
export async function startLocalZoho(
  options: EmulatorOptions,
  io: Pick<Io, 'stderr' | 'env' | 'command'>,
): Promise<Emulator> {
  const { startEmulator } = await import('../emulator/start.ts');
  const { stateFile } = options;
  if (stateFile === undefined) return startEmulator(options);
  return startEmulator({ ...options, onStateError: tellStateError(stateFile, io) }).catch(
    (error: unknown) => {
      throw stateProblem(error, stateFile) ?? error;
    },
  );
}

/**
 * Makes the folder: nothing in it belongs into a repository, from the first file on. It lies in one that is there, as
 * whatever a saved plan or a slip of the pen says of a manifest's path must not make folders.
 */
function keepOutOfGit(folder: string): void {
  unlessThere(() => mkdirSync(folder, { mode: 0o700 }));
  const rules = join(folder, '.gitignore');
  unlessThere(() => {
    const descriptor = openSync(rules, 'wx', 0o600);
    try {
      writeFileSync(descriptor, '*\n');
    } catch (error) {
      // An empty one would stay for ever.
      rmSync(rules, { force: true });
      throw error;
    } finally {
      closeSync(descriptor);
    }
  });
}

function unlessThere(make: () => void): void {
  try {
    make();
  } catch (error) {
    if (diskCode(error) !== 'EEXIST') throw error;
  }
}

function stateProblem(error: unknown, stateFile: string): Problem | undefined {
  if (!(error instanceof Error) || ('syscall' in error && error.syscall === 'listen')) return undefined;
  if (isStateFileError(error)) return problem('failed', 'emulator-state', error.what, error.remedy);
  if (!('code' in error)) return undefined;
  const code = diskCode(error);
  const look = `The state is only the emulator's: look at ${dirname(stateFile)}, and remove it if nothing in it is needed.`;
  const message = `The built-in emulator cannot keep its state in ${stateFile} (${code}).`;
  return problem('failed', 'emulator-state', message, diskRemedy(code, look));
}

/** By name: the emulator is loaded only where it is wanted. */
function isStateFileError(error: Error): error is StateFileError {
  return error.name === 'StateFileError';
}

/** Says once why the emulator answers no more than "500" once it runs. */
function tellStateError(
  stateFile: string,
  io: Pick<Io, 'stderr' | 'env' | 'command'>,
): (error: Error) => void {
  let told = false;
  return (error) => {
    const trouble = stateProblem(error, stateFile);
    if (told || trouble === undefined) return;
    told = true;
    io.stderr.write(diagnosticsText(trouble.diagnostics, lookOf(io.stderr, io)));
  };
}
