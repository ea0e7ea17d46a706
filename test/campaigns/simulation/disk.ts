import { dirname } from 'node:path';
import type { Disk } from '../../../src/machine/disk.ts';
import type { Owners } from '../../../src/machine/lock.ts';

/** What a machine keeps when its processes die. */
export class SimulatedMachine {
  readonly files = new Map<string, { text: string; since: number }>();
  /** Access tokens kept between runs, as the file cache does. */
  token: { readonly text: string; readonly expires: number } | undefined;
  readonly #living = new Set<number>();
  #claims = 0;

  born(process: number): void {
    this.#living.add(process);
  }

  died(process: number): void {
    this.#living.delete(process);
  }

  owners(process: number): Owners {
    return {
      claim: () => {
        this.#claims += 1;
        return `${process}-${this.#claims}`;
      },
      alive: (name) => this.#living.has(Number(name.split('-')[0])),
    };
  }

  /** Lays lines into a file, as if they had always been there. */
  plant(file: string, lines: string): void {
    this.files.set(file, { text: `${this.files.get(file)?.text ?? ''}\n${lines}\n`, since: 0 });
  }

  /** What a crash, or someone else, did to a file. */
  damage(file: string, change: (text: string) => string | undefined): void {
    const old = this.files.get(file);
    if (old === undefined) return;
    const text = change(old.text);
    if (text === undefined) this.files.delete(file);
    else this.files.set(file, { ...old, text });
  }
}

/** A step on the disk: may be the last one of a process, may fail, and others may come in between. */
export interface DiskSteps {
  /** @returns how much of the text gets onto the disk; all of it where nothing is wrong. */
  appending(text: string): { readonly written: string; readonly failure?: Error };
  /** Resolves when the step is done; rejects where it fails. */
  step(kind: 'look' | 'make' | 'erase'): Promise<void>;
}

/** The machine's disk as one process sees it. */
export function diskOf(machine: SimulatedMachine, steps: DiskSteps, now: () => number): Disk {
  const put = (file: string, text: string): void => void machine.files.set(file, { text, since: now() });
  return {
    read: (file) => machine.files.get(file)?.text,
    isThere: (file) => machine.files.has(file),
    append: (file, text) => {
      const { written, failure } = steps.appending(text);
      put(file, (machine.files.get(file)?.text ?? '') + written);
      if (failure !== undefined) throw failure;
    },
    replace: (file, text) => {
      const { failure } = steps.appending(text);
      if (failure !== undefined) throw failure;
      put(file, text);
    },
    remove: (file) => void machine.files.delete(file),
    create: async (file) => {
      await steps.step('make');
      if (machine.files.has(file)) return false;
      put(file, '');
      return true;
    },
    list: async (folder) => {
      await steps.step('look');
      return [...machine.files]
        .filter(([file]) => dirname(file) === folder)
        .map(([file, { since }]) => ({ name: file.slice(folder.length + 1), ageMs: now() - since }));
    },
    erase: async (file) => {
      await steps.step('erase');
      machine.files.delete(file);
    },
  };
}
