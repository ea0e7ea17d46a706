import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk that can be filled. */
export interface SmallDisk {
  readonly isReal: boolean;
  readonly path: string;
  /** What a shell has to do before the command, for the disk to be full for it. */
  readonly first: string;
  /** Leaves so many bytes; what is on it stays as it is. */
  fill(leftBytes?: number): void;
  /** Takes the last place for a new file. */
  fillNames(): void;
  /** Makes room again. */
  free(): void;
  remove(): void;
}

/**
 * A real disk in memory where this user may mount one, mostly root; otherwise a folder, and a limit on the size of files,
 * which cuts what is written as a full disk does.
 */
export function openSmallDisk(): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'zoho-fields-disk-'));
  return isMounted(path) ? realDisk(path) : limitedFolder(path);
}

function isMounted(path: string): boolean {
  try {
    const options = 'size=2m,nr_inodes=150,mode=700';
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

function realDisk(path: string): SmallDisk {
  const filler = (name: number | string): string => join(path, `filler-${name}`);
  let fillers: string[] = [];
  const untilFull = (step: () => void): void => {
    try {
      for (;;) step();
    } catch {
      // It is full.
    }
  };
  return {
    isReal: true,
    path,
    first: '',
    fill: (leftBytes = 0) => {
      fillers.push(filler('bytes'));
      let size = 0;
      untilFull(() => {
        writeFileSync(filler('bytes'), Buffer.alloc(PAGE), { flag: 'a' });
        size += PAGE;
      });
      truncateSync(filler('bytes'), size - leftBytes);
    },
    fillNames: () => {
      untilFull(() => {
        writeFileSync(filler(fillers.length), '', { flag: 'wx' });
        fillers.push(filler(fillers.length));
      });
    },
    free: () => {
      for (const name of fillers) rmSync(name, { force: true });
      fillers = [];
    },
    remove: () => {
      execFileSync('umount', ['-l', path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** A disk gives room in pieces of this size. */
const PAGE = 4096;

function limitedFolder(path: string): SmallDisk {
  let first = '';
  return {
    isReal: false,
    path,
    get first() {
      return first;
    },
    fill: (leftBytes = 0) => {
      // Blocks of 512 bytes, by POSIX; the room is for each file, so a little must be little.
      first = `ulimit -f ${leftBytes === 0 ? 0 : 2};`;
    },
    fillNames: () => undefined,
    free: () => {
      first = '';
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
