import { describe, expect, it } from 'vitest';
import { ECHOES } from './echo.ts';
import { COMMANDS, TROUBLES, VIEWS } from './matrix.ts';
import { runTrial, type Trial } from './trial.ts';

const MINUTE = 60_000;
const NOTHING = { name: 'nothing', faults: [] };
const APPLY = { words: ['apply', '--yes', '--format', 'github', '--format', 'html=apply.html'] };
const PLAN = { words: ['plan', '--json', '--unmanaged', '--format', 'markdown=plan.md'] };

/** Those that gave something away, or ended as a bug: a bug would be a way that nobody has thought of. */
async function findings(trials: readonly Trial[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const trial of trials) {
    const { code, leaks } = await runTrial(trial);
    const wrong = [...leaks, ...(code === 70 ? ['a bug'] : [])];
    if (wrong.length > 0)
      found.push(`${trial.command.words.join(' ')} | ${trial.trouble.name}: ${wrong.join(', ')}`);
  }
  return found;
}

const echoing = (command: Trial['command'], name: string): Trial[] =>
  ECHOES.map((echo, index) => ({
    command,
    trouble: { name: `${echo.at} echoes ${echo.name}`, faults: [], echo },
    view: VIEWS[index % VIEWS.length] ?? {},
    seed: `${name} ${index}`,
    isProcess: false,
  }));

describe('twenty secrets, planted in every run', () => {
  it('are seen nowhere, whatever a server sends back of what it got', { timeout: MINUTE }, async () => {
    // Every other one; the script runs all of them with every command.
    expect(await findings(echoing(APPLY, 'echo').filter((_, index) => index % 2 === 0))).toEqual([]);
  });

  it('are seen nowhere, whichever command is run', { timeout: MINUTE }, async () => {
    const trials = COMMANDS.map((command, index) => ({
      command,
      trouble: TROUBLES[index % 4] ?? NOTHING,
      view: VIEWS[index % VIEWS.length] ?? {},
      seed: `command ${index}`,
      isProcess: false,
    }));
    expect(await findings(trials)).toEqual([]);
  });

  it('are seen nowhere by processes, with everything logged', { timeout: MINUTE }, async () => {
    const trials = VIEWS.slice(-2).flatMap((view, index) =>
      [APPLY, { words: ['auth', 'login'], input: 'code' } as const].map((command) => ({
        command,
        trouble: NOTHING,
        view,
        seed: `process ${index} ${command.words.join(' ')}`,
        isProcess: true,
      })),
    );
    expect(await findings(trials)).toEqual([]);
  });

  it('would be seen without the second net, in every kind of output', { timeout: MINUTE }, async () => {
    const blind = (command: Trial['command'], name: string) =>
      echoing(command, name)
        .filter(({ trouble }) => /fields, as it is|an error 400, as it is|api_domain/.test(trouble.name))
        .map((trial) => ({ ...trial, isBlind: true }));
    const found = (await findings([...blind(APPLY, 'blind'), ...blind(PLAN, 'blind too')])).join('\n');
    for (const place of ['stdout', 'stderr', 'apply.html', 'plan.md'])
      expect(found).toMatch(new RegExp(`(token|clientSecret|refreshToken).* in ${place}`));
  });
});
