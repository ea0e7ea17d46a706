/**
 * `npm run campaign -- faults`: the same faults on the same local Zoho against two scripts as people write them, Zoho's own
 * SDK, and this tool. Every cell is two runs of a real process, judged by what the server holds afterwards.
 *
 * `ROUNDS` is how many ways of being killed are tried (nine are all), `SEED` the first of them, `JOBS` how many trials
 * go on at one time, `DETAILS=1` prints a line for every trial. Build first.
 */
import { CONTENDERS } from './contenders.ts';
import { verdictWords, type Verdict } from './judge.ts';
import { OCCASIONS, secretsShown } from './secrets.ts';
import { markdownTable, type Row } from './table.ts';
import { POSITIONS, runTrial, type Position } from './trial.ts';
import { TROUBLES, type Patience } from './troubles.ts';

const number = (name: string, fallback: number): number => Number(process.env[name] ?? fallback);
const ROUNDS = number('ROUNDS', 3);
const SEED = number('SEED', 1);
const JOBS = number('JOBS', 6);

/** Long enough for a busy machine to answer in time, short enough for a bench. */
const PATIENCE: Patience = { timeoutMs: 1500, settleMs: 1500 };

const contenders = Object.values(CONTENDERS);
const limited = limiter(JOBS);
const started = Date.now();

const rows = await Promise.all(
  TROUBLES.map(async (trouble): Promise<Row> => {
    const cells = contenders.map(async (contender) => {
      const verdicts = async (position: Position): Promise<readonly Verdict[]> => {
        const seeds = Array.from(
          { length: trouble.seeded === true ? ROUNDS : 1 },
          (_, index) => SEED + index,
        );
        return Promise.all(
          seeds.map((seed) =>
            limited(async () => {
              const verdict = await runTrial({ contender, trouble, position, seed, patience: PATIENCE });
              if (process.env['DETAILS'] === '1') {
                const facts = [`exit ${verdict.codes.join()}`, `${verdict.posts} POSTs`, ...verdict.untrue];
                const what = [contender.name, trouble.name, position, `seed ${seed}`, verdictWords(verdict)];
                process.stderr.write(`${[...what, ...facts].join(' | ')}\n`);
              }
              return verdict;
            }),
          ),
        );
      };
      const [strict, lax] = await Promise.all(POSITIONS.map((position) => verdicts(position)));
      return { strict: strict ?? [], lax: lax ?? [] };
    });
    return { id: trouble.id, name: trouble.name, cells: await Promise.all(cells) };
  }),
);

const secrets = await Promise.all(
  OCCASIONS.map(async ({ name, faults }) => ({
    name,
    shown: await Promise.all(
      contenders.map((contender) => limited(() => secretsShown(contender, faults, PATIENCE))),
    ),
  })),
);

process.stdout.write(
  `${markdownTable(
    contenders.map(({ name }) => name),
    rows,
    secrets,
  )}\n\n` +
    'Twelve fields; each cell is two runs of a real process, the second one on a healthy server, judged by what the server ' +
    'holds. First the server that refuses a second field of a label or name; behind "lax:" the one that accepts it, where ' +
    'that ended otherwise. "lied (n)": n fields or exit codes of which a run said what was not so.\n',
);
process.stderr.write(`${Math.round((Date.now() - started) / 1000)} s, Node ${process.version}\n`);

/** Lets so many go on at one time. */
function limiter(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
