import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../src/emulator/start.ts';
import { token } from './credentials/desk.ts';
import { makeWorkspace } from '../support/run-cli.ts';

const SECRET = token();
const workspace = makeWorkspace();
afterAll(() => workspace.remove());

/** Something in the process fails while a command runs, where nobody waits for it: once it listens, however slow the machine. */
function crashing(code: string): Readonly<Record<string, string>> {
  const script = `const error = new Error('bearer ${SECRET}'); error.config = { headers: { a: '${SECRET}' } };
    const watch = setInterval(() => {
      if (process.listenerCount('uncaughtException') === 0) return;
      clearInterval(watch);
      setTimeout(() => { ${code} }, 200);
    }, 10);`;
  return {
    ZOHO_REFRESH_TOKEN: SECRET,
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}`,
  };
}

describe('a failure that nobody waits for', () => {
  it.each([
    ['an error', 'throw error;'],
    ['a promise', 'void Promise.reject(error);'],
  ])('of %s ends the command as a bug, and shows nothing of what the error holds', async (_, code) => {
    const { stdout, stderr, ...run } = await workspace.run(['emulator'], { env: crashing(code) });
    expect(run.code, stderr).toBe(70);
    expect(stderr).toContain('This is a bug in zoho-fields');
    expect(stderr).toContain('bearer [redacted]');
    expect(stdout + stderr).not.toContain(SECRET.slice(0, 12));
  });

  it('is one document with --json', async () => {
    const zoho = await startEmulator({ faults: [{ kind: 'hang' }] });
    onTestFinished(() => zoho.close());
    const env = { ...zoho.environment, ...crashing('throw error;') };
    const run = await workspace.run(['import', '--json'], { env });
    expect(run.code, run.stderr).toBe(70);
    expect(JSON.parse(run.stdout)).toMatchObject({ kind: 'error', diagnostics: [{ code: 'bug' }] });
  });
});
