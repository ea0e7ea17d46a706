import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
const manifest = read('package.json') as Manifest;
const lock = read('package-lock.json') as {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked>>;
};
const foreign = Object.entries(lock.packages).filter(([path]) => path !== '');
const named = (which: (locked: Locked) => boolean): readonly string[] =>
  foreign.filter(([, locked]) => which(locked)).map(([path]) => path);

/**
 * The packages that bring a script for the moment of their installation. None of them is run (`allowScripts`): esbuild's
 * only saves a few milliseconds at each start. A new one here is a decision, never an accident.
 */
const WITH_SCRIPT = ['esbuild'];

describe('the lockfile', () => {
  it('knows the digest of every package', () => {
    expect(lock.lockfileVersion).toBe(3);
    expect(foreign.length).toBeGreaterThan(100);
    expect(named((locked) => !/^sha512-[\w+/]{86}==$/u.test(locked.integrity ?? ''))).toEqual([]);
  });

  it('takes every package from the registry: no git, no address, no folder', () => {
    expect(named(({ resolved, link }) => resolved !== undefined || link === true)).toEqual([]);
    expect(named(({ version }) => !/^\d+\.\d+\.\d+/u.test(version ?? ''))).toEqual([]);
    const ranges = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(ranges.filter((range) => !/^\^?\d+\.\d+\.\d+$/u.test(range))).toEqual([]);
  });

  it('names every package that wants to run something when it is installed, and npm is told to refuse', () => {
    const paths = named(({ hasInstallScript }) => hasInstallScript === true);
    expect(paths).toEqual(WITH_SCRIPT.map((name) => `node_modules/${name}`));
    expect(manifest.allowScripts).toEqual(Object.fromEntries(WITH_SCRIPT.map((name) => [name, false])));
  });

  it('brings nothing to those who install this package', () => {
    expect(manifest.dependencies ?? {}).toEqual({});
    expect(manifest.optionalDependencies ?? {}).toEqual({});
    expect(named(({ dev }) => dev !== true)).toEqual([]);
  });
});

describe('the package', () => {
  it('runs nothing when it is installed', () => {
    for (const name of ['preinstall', 'install', 'postinstall'])
      expect(manifest.scripts).not.toHaveProperty(name);
  });

  it('is built by the first line of the README, although CI installs without any script', () => {
    expect(manifest.scripts['prepare']).toBe('npm run -s build');
    expect(manifest.scripts['check']).toContain('npm run build');
  });
});
