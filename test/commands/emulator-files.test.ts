import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeWorkspace, type Workspace } from '../support/run-cli.ts';

const FILE = 'given.json';

let space: Workspace;
beforeEach(() => {
  space = makeWorkspace();
});
afterEach(() => space.remove());

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** What people see in the place of our words when a cause was let through as it came. */
const RAW = /ENOENT|EADDRINUSE|Unexpected token|is not a function|listen E|This is a bug/;

describe('what the local Zoho is started with (contract §6)', () => {
  it.each(['--seed', '--faults', '--profile'])('%s of a file that is not there is 66', async (option) => {
    const run = await space.run(['emulator', option, 'gone.json']);
    expect(run.code, run.stderr).toBe(66);
    expect(plain(run.stderr)).toContain(
      `The ${option.slice(2)} gone.json cannot be read: there is no such file.`,
    );
    expect(run.stderr).not.toMatch(RAW);
  });

  it.each([
    ['--faults', 'no', 'The faults are not JSON.'],
    ['--faults', '{}', 'Faults are a list.'],
    ['--faults', '[{"kind":"nope"}]', 'faults[0].kind is one of: status,'],
    ['--faults', '[{"kind":"reset","\\u001b[31m":1}]', 'faults[0] has a key that reset does not know'],
    ['--seed', 'no', 'The seed is not JSON.'],
    ['--seed', '[]', 'The seed of Deals has no field.'],
    ['--seed', '{"modules":{"\\u001b[31m":1}}', 'has no list "fields"'],
  ])('%s with %s is 65, in words', async (option, text, words) => {
    space.write(FILE, text);
    const run = await space.run(['emulator', option, FILE]);
    expect(run.code, run.stderr).toBe(65);
    expect(plain(run.stderr)).toContain(`${FILE} cannot be used.`);
    expect(plain(run.stderr)).toContain(words);
    expect(run.stderr).not.toMatch(RAW);
    expect(run.stderr).not.toContain('\u001b[31m');
  });

  it.each([
    [['--switch', 'speed=1'], 'no switch "speed". do: There are: '],
    [
      ['--switch', 'apiNameInBdy=ignore'],
      'no switch "apiNameInBdy". do: Did you mean "apiNameInBody"? There are: ',
    ],
    [['--switch', 'apiNameInBody'], 'apiNameInBody is one of'],
    [['--switch', 'apiNameInBody=ignor'], 'Did you mean "ignore"?'],
    [
      ['--switch', 'customFieldLimit=many'],
      'customFieldLimit is a number from 0. do: "zoho-fields emulator --switches"',
    ],
  ])('%s is wrong usage', async (words, says) => {
    const run = await space.run(['emulator', ...words]);
    expect(run.code, run.stderr).toBe(64);
    expect(plain(run.stderr)).toContain(says);
  });

  it('a port that is in use is a failure, and no wrong usage', async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const { port } = other.address() as AddressInfo;
    try {
      const run = await space.run(['emulator', '--port', String(port)]);
      expect(run.code, run.stderr).toBe(1);
      expect(plain(run.stderr)).toContain(`cannot listen on port ${port}: another program does.`);
      expect(plain(run.stderr)).toContain('Choose another port with --port');
      expect(run.stderr).not.toMatch(RAW);
    } finally {
      other.close();
    }
  });
});
