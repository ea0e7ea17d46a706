import { describe, expect, it } from 'vitest';
import { bugReport } from '../../src/cli/bug-report.ts';
import { main } from '../../src/cli/main.ts';
import type { Io } from '../../src/machine/io.ts';
import { VERSION } from '../../src/model/version.ts';

/** A world in which the first write to standard output is a bug of ours. */
function brokenIo(): {
  readonly io: Io;
  readonly said: () => { readonly out: string; readonly err: string };
} {
  let out = '';
  let err = '';
  let broken = true;
  const stream = (write: (text: string) => void): Io['stdout'] => ({ write, isTTY: false, columns: 80 });
  const io = {
    env: { ZOHO_CLIENT_SECRET: 'very-secret-value', ZOHO_REFRESH_TOKEN: '1000.aaaabbbbccccdddd.eeeeffff' },
    cwd: '/nowhere',
    stdout: stream((text) => {
      if (broken) {
        broken = false;
        throw new TypeError('cannot read very-secret-value of 1000.0123456789abcdef.fedcba');
      }
      out += text;
    }),
    stderr: stream((text) => {
      err += text;
    }),
    now: () => 0,
    interrupt: { requested: false, signal: new AbortController().signal, beginWriting: () => undefined },
  } as unknown as Io;
  return { io, said: () => ({ out, err }) };
}

describe('a bug of ours', () => {
  it('says so, with exit 70, the stack and no secret', async () => {
    const { io, said } = brokenIo();
    expect(await main(['schema'], io)).toBe(70);
    const { err } = said();
    expect(err).toContain('This is a bug in zoho-fields');
    expect(err).toMatch(/\n\s+at .*\.ts/);
    expect(err).toContain('[redacted]');
    expect(err).not.toMatch(/very-secret|1000\.0123|aaaabbbb/);
  });

  it('is one document with --json', async () => {
    const { io, said } = brokenIo();
    expect(await main(['validate', '--json', '-f', '/dev/null'], io)).toBe(70);
    expect(JSON.parse(said().out)).toMatchObject({
      kind: 'error',
      diagnostics: [{ severity: 'error', code: 'bug' }],
    });
  });
});

describe('what is told of a bug', () => {
  const HEAD = `zoho-fields ${VERSION}, Node ${process.version}, ${process.platform}`;
  const withStack = (stack: string | undefined): Error =>
    Object.assign(new Error('no such thing'), { stack });

  it('is what was thrown, whatever it was', () => {
    expect(bugReport('a word').diagnostics).toMatchObject([
      { severity: 'error', code: 'bug', message: expect.stringMatching(/not a mistake of yours: a word$/) },
    ]);
    expect(bugReport('a word').report).toBe(`${HEAD}\n\n`);
    expect(bugReport(withStack(undefined)).report).toBe(`${HEAD}\n\n`);
    expect(bugReport(withStack('x')).diagnostics[0]?.message).toMatch(
      /not a mistake of yours: no such thing$/,
    );
  });

  it('is a stack of which each line stays one and no sign acts on a terminal', () => {
    const { report } = bugReport(withStack('Error: x\n  at \u001b[2Jone\n  at 1000.0123456789abcdef.fedcba'));
    expect(report).toBe(`${HEAD}\nError: x\n  at \\x1b[2Jone\n  at [redacted]\n`);
  });
});
