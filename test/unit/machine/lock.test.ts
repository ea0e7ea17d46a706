import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeLock, type LockPorts } from '../../../src/machine/lock.ts';
import type { Io } from '../../../src/machine/io.ts';
import { Problem } from '../../../src/model/problem.ts';

const place = { folder: '/deals/.zoho-fields', name: 'apply' };

/** Processes that share a disk; each step of each of them is a turn of its own. */
class Town {
  readonly files = new Map<string, number>();
  readonly dead = new Set<string>();
  readonly told: string[] = [];
  clock = 0;
  full = false;
  /** What happens while someone waits. */
  meanwhile: () => void = () => undefined;

  ports(name: string, interrupt: Partial<Io['interrupt']> = {}): LockPorts {
    return {
      disk: {
        create: async (file) => {
          await Promise.resolve();
          if (this.full) throw new Error('ENOSPC');
          if (this.files.has(file)) return false;
          this.files.set(file, this.clock);
          return true;
        },
        list: async (folder) => {
          await Promise.resolve();
          return [...this.files].map(([file, since]) => ({
            name: file.slice(folder.length + 1),
            ageMs: this.clock - since,
          }));
        },
        erase: async (file) => {
          await Promise.resolve();
          this.files.delete(file);
        },
      },
      owners: { claim: () => name, alive: (other) => !this.dead.has(other) },
      io: {
        wait: (ms) => {
          this.clock += ms;
          this.meanwhile();
          return Promise.resolve();
        },
        random: () => 0.5,
        now: () => this.clock,
        interrupt: interrupt as Io['interrupt'],
        stderr: { write: (text) => void this.told.push(text), isTTY: false, columns: undefined },
      },
    };
  }

  leave(owner: string): void {
    this.files.set(join(place.folder, `apply.${owner}.lock`), this.clock);
  }
}

describe('the lock of an apply', () => {
  it('is a file while it is held, and nothing afterwards', async () => {
    const town = new Town();
    const lock = await takeLock(place, town.ports('7-1'));
    expect([...town.files.keys()]).toEqual(['/deals/.zoho-fields/apply.7-1.lock']);
    await lock?.release();
    expect(town.files.size).toBe(0);
  });

  it('is waited for, which is told once, until its holder has ended', async () => {
    const town = new Town();
    town.leave('7-1');
    town.meanwhile = () => {
      if (town.clock > 2000) town.files.delete('/deals/.zoho-fields/apply.7-1.lock');
    };
    expect(await takeLock(place, town.ports('8-1'))).toBeDefined();
    expect(town.clock).toBeGreaterThan(2000);
    expect(town.told).toEqual(['Another apply (process 7) is under way; waiting until it has ended.\n']);
  });

  it('is taken over from a process that died', async () => {
    const town = new Town();
    town.leave('7-1');
    town.dead.add('7-1');
    expect(await takeLock(place, town.ports('8-1'))).toBeDefined();
    expect([...town.files.keys()]).toEqual(['/deals/.zoho-fields/apply.8-1.lock']);
    expect(town.clock).toBe(0);
  });

  it('is refused after a minute, with the file that someone may have to remove', async () => {
    const town = new Town();
    town.leave('7-1');
    const refusal = await takeLock(place, town.ports('8-1')).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Problem);
    expect(refusal).toMatchObject({ kind: 'failed', diagnostics: [{ code: 'locked' }] });
    expect((refusal as Problem).diagnostics[0]?.remedy).toContain('/deals/.zoho-fields/apply.7-1.lock');
    expect(town.files.size).toBe(1);
  });

  it('is not waited for by someone who does not want to', async () => {
    const town = new Town();
    town.leave('7-1');
    const ports = town.ports('8-1', { requested: true });
    await expect(takeLock(place, ports)).rejects.toMatchObject({ kind: 'interrupted' });
  });

  it('does not keep anybody from working where no file can be written', async () => {
    const town = new Town();
    town.full = true;
    expect(await takeLock(place, town.ports('7-1'))).toBeUndefined();
  });

  it('leaves the locks of other things alone', async () => {
    const town = new Town();
    town.files.set('/deals/.zoho-fields/emulator.json.lock', 0);
    town.files.set('/deals/.zoho-fields/apply.log', 0);
    expect(await takeLock(place, town.ports('7-1'))).toBeDefined();
    expect(town.files.size).toBe(3);
  });

  it('is held by one of many at a time, in whatever order their steps come', async () => {
    const town = new Town();
    let holders = 0;
    let most = 0;
    const turns: string[] = [];
    const names = Array.from({ length: 20 }, (_, index) => `${index + 1}-1`);
    await Promise.all(
      names.map(async (name, index) => {
        // Everybody sees the disk after another number of other steps.
        for (let step = 0; step < index % 5; step += 1) await Promise.resolve();
        const ports = town.ports(name);
        const lock = await takeLock(place, {
          ...ports,
          io: {
            ...ports.io,
            now: () => 0,
            wait: () => new Promise((resolve) => void setTimeout(resolve, index)),
          },
        });
        holders += 1;
        most = Math.max(most, holders);
        await new Promise((resolve) => void setTimeout(resolve, 1));
        turns.push(name);
        holders -= 1;
        await lock?.release();
      }),
    );
    expect(most).toBe(1);
    expect(turns).toHaveLength(20);
  });
});
