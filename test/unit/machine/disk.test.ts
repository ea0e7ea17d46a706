import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../../src/machine/disk.ts';

let top: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'zoho-fields-folders-'));
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

describe('making a folder', () => {
  it('makes those above it as well, all with the same rights, and is content with what is there', () => {
    const folder = join(top, 'a', 'b', 'c');
    makeFolder(folder, 0o700);
    makeFolder(folder, 0o700);
    for (const one of [folder, join(top, 'a', 'b'), join(top, 'a')])
      expect(statSync(one).mode & 0o777).toBe(0o700);
  });

  it('takes a link to a folder for one', () => {
    symlinkSync(top, join(top, 'link'));
    makeFolder(join(top, 'link'));
    makeFolder(join(top, 'link', 'new'));
    expect(statSync(join(top, 'new')).isDirectory()).toBe(true);
  });

  it('says what is in the way', () => {
    writeFileSync(join(top, 'file'), '');
    symlinkSync(join(top, 'nowhere'), join(top, 'link'));
    expect(() => makeFolder(join(top, 'file'))).toThrow(/EEXIST/);
    expect(() => makeFolder(join(top, 'file', 'x', 'y'))).toThrow(/ENOTDIR/);
    expect(() => makeFolder(join(top, 'link'))).toThrow(/EEXIST/);
  });

  it('ends where nothing can ever be made', () => {
    expect(() => makeFolder('/proc/nope/x/y')).toThrow(/ENOENT/);
  });
});
