import { describe, expect, it } from 'vitest';
import { CONTENDERS, type Contender } from './faults/contenders.ts';
import { judge, verdictWords, type Claim, type Named, type RunRecord } from './faults/judge.ts';
import { runTrial } from './faults/trial.ts';
import { TROUBLES } from './faults/troubles.ts';

/** Two rows of the table that `npm run campaign -- faults` prints, and proof that its judge sees what it is to see. */

function under(trouble: string, contender: Contender) {
  const found = TROUBLES.find(({ name }) => name === trouble);
  if (found === undefined) throw new Error(`no trouble is called "${trouble}"`);
  // Patient with a busy machine: no row here waits for a time-out.
  const patience = { timeoutMs: 10_000, settleMs: 100 };
  return runTrial({ contender, trouble: found, position: 'lax', seed: 1, patience });
}

describe.concurrent('the bench of faults, on a Zoho that accepts duplicates', () => {
  it.for(['reset after the POST was carried out', 'reset after two of five were created'])(
    'zoho-fields, %s: each field once, nothing untrue, no needless POST',
    async (trouble) => {
      const verdict = await under(trouble, CONTENDERS.ours);
      expect(verdict).toMatchObject({ twice: 0, missing: 0, misnamed: 0, untrue: [], needless: 0 });
      expect(verdict.codes).toEqual([0, 0]);
      expect(verdictWords(verdict)).toBe('ok');
    },
  );

  it('a script that sends the POST again leaves five fields twice, and says nothing', async () => {
    const verdict = await under('reset after the POST was carried out', CONTENDERS.careful);
    expect(verdict).toMatchObject({ twice: 5, toldOfTwins: false, posts: 4, codes: [0, 0] });
    expect(verdictWords(verdict)).toBe('5 twice');
  });
});

describe('the judge', () => {
  const wanted = [
    { api_name: 'Portal_User', field_label: 'Portal User' },
    { api_name: 'Seats', field_label: 'Seats' },
  ];
  const [user, seats] = wanted as [Named, Named];
  const run = (after: readonly Named[], more: Partial<RunRecord> = {}): RunRecord => ({
    code: 0,
    claims: new Map(),
    toldOfTwins: false,
    posts: 1,
    after,
    ...more,
  });
  const said = (claim: Claim) => ({ claims: new Map([['Seats', claim]]) });
  const wordsOf = (...runs: readonly RunRecord[]) => verdictWords(judge(wanted, runs, 0));

  it('is content with every field once, as declared', () => {
    expect(wordsOf(run(wanted, said('created')))).toBe('ok');
  });

  it.for([
    ['under the same label', { api_name: 'Other', field_label: 'seats' }],
    ['under the number that Zoho appends', { api_name: 'Seats1', field_label: 'Seats (2)' }],
    ['exactly', { api_name: 'Seats', field_label: 'Seats' }],
  ] as const)('sees a field that is there twice: %s', ([, twin]) => {
    expect(wordsOf(run([...wanted, twin]))).toBe('1 twice');
    expect(wordsOf(run([...wanted, twin], { toldOfTwins: true }))).toBe('1 twice, said so');
    expect(wordsOf(run([...wanted, twin], { code: 3 }))).toBe('1 twice, said so');
  });

  it('sees what is missing, unless the server has no room for it', () => {
    expect(wordsOf(run([user], { code: 1 }))).toBe('1 missing');
    expect(verdictWords(judge(wanted, [run([user], { code: 1 })], 1))).toBe('ok');
  });

  it('sees a field under another API name, or with a label that was never finished', () => {
    expect(wordsOf(run([user, { ...seats, api_name: 'Seats1' }], { code: 1 }))).toBe('1 misnamed');
    expect(wordsOf(run([{ ...user, field_label: 'Portal_User' }, seats], { code: 1 }))).toBe('1 misnamed');
  });

  it('holds every word against the server', () => {
    expect(wordsOf(run([user], { code: 1, ...said('created') }))).toBe('1 missing, lied (1)');
    expect(wordsOf(run(wanted, { code: 1, ...said('failed') }))).toBe('lied (1)');
    expect(wordsOf(run([user], { code: 0 }))).toBe('1 missing, lied (1)');
    expect(wordsOf(run([user], { code: 1, ...said('unknown') }))).toBe('1 missing');
  });

  it('takes "failed" for true where the field had been there before', () => {
    expect(wordsOf(run(wanted), run(wanted, { code: 1, ...said('failed') }))).toBe('ok');
  });

  it('counts the POSTs of a second run that had nothing to do', () => {
    expect(judge(wanted, [run(wanted), run(wanted, { posts: 3 })], 0).needless).toBe(3);
    expect(judge(wanted, [run([user], { code: 1 }), run(wanted, { posts: 3 })], 0).needless).toBe(0);
  });
});
