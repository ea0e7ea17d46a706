import { describe, expect, it } from 'vitest';
import { tellAll, scripted, WORLDS } from './campaign.ts';
import { judge } from './checker.ts';
import { type Safeguard } from './process.ts';
import { randomScenario, tell, type Scenario } from './history.ts';
import { replay } from './replay.ts';

/** Histories in a Zoho that lets a label be taken twice, until one has a duplicate; how many that took, or none. */
async function firstDuplicate(without: Safeguard | undefined, most: number): Promise<number | undefined> {
  for (let seed = 0, told = 0; told < most; seed += 1) {
    const scenario: Scenario = { ...randomScenario(seed), ...(without === undefined ? {} : { without }) };
    if (scenario.duplicates === 'refuse') continue;
    told += 1;
    const sins = judge(await tell(scenario));
    if (sins.some((sin) => sin.includes('beside the declared ones') || /exists \d+ times/.test(sin)))
      return told;
  }
  return undefined;
}

describe('simulated histories of apply', { timeout: 180_000 }, () => {
  it('break no rule', async () => {
    const verdict = await tellAll({ kind: 'random', seed: 500_000, count: 400, manifest: 'six' }, 0, 1);
    expect(verdict.failures).toEqual([]);
    expect(verdict.histories).toBe(400);
    expect(verdict.kills).toBeGreaterThan(50);
    expect(verdict.faults).toBeGreaterThan(500);
  });

  it('break no rule with any fault at any step of the smallest apply, in any Zoho', async () => {
    const verdict = await tellAll({ kind: 'singles', seed: 0, count: 0, manifest: 'one' }, 0, 1);
    expect(verdict.failures).toEqual([]);
    expect(verdict.histories).toBeGreaterThan(WORLDS.length * 150);
  });

  it.each([134_613, 182_307, 184_439, 195_238])('break no rule in %i, which once did', async (seed) => {
    expect(judge(await tell(randomScenario(seed)))).toEqual([]);
  });

  it.each<Safeguard>(['lock', 'journal', 'settle time', 'second look'])(
    'would show duplicates without the %s',
    async (safeguard) => {
      expect(await firstDuplicate(safeguard, 3000)).toBeDefined();
    },
  );

  it('are told again, to the letter, by the words that a failure prints', async () => {
    const world = { apiNameInBody: 'ignore', duplicates: 'accept' } as const;
    const { scenario } = scripted('twelve', world, [{ step: 7, fault: 'late-timeout' }]);
    const [first, again] = [await replay(scenario), await replay(scenario)];
    expect(first).toEqual(again);
    expect(first.text).toContain('late-timeout');
    expect(first.sins).toEqual([]);
    expect((await replay(randomScenario(42))).text).toBe((await replay(randomScenario(42))).text);
  });

  it('are judged by what the server shows', async () => {
    const history = await tell(
      scripted('six', { apiNameInBody: 'honour', duplicates: 'refuse' }, []).scenario,
    );
    expect(judge(history)).toEqual([]);
    const [there, partner, plain, ...rest] = history.after;
    if (there === undefined || partner === undefined || plain === undefined) throw new Error('no fields');
    const after = (...fields: typeof history.after): readonly string[] =>
      judge({ ...history, after: fields });
    expect(after(there, partner, ...rest)).toContainEqual(expect.stringContaining('Plain_A is missing'));
    const other = { ...plain, id: '9', api_name: 'Plain_A1' };
    expect(after(...history.after, other)).toContainEqual(
      expect.stringContaining('made beside the declared'),
    );
    expect(after({ ...there }, partner, plain, ...rest)).toContainEqual(
      expect.stringContaining('was changed'),
    );
    const label = { ...plain, field_label: 'Plain' };
    expect(after(there, partner, label, ...rest)).toContainEqual(
      expect.stringContaining('is labelled "Plain"'),
    );
    expect(judge({ ...history, stuck: true })).toEqual(['someone waits for ever']);
    const told = history.runs.map((run) => ({ ...run, atEnd: history.before }));
    expect(judge({ ...history, runs: told })).toContainEqual(
      expect.stringContaining('says created of Plain_A'),
    );
  });
});
