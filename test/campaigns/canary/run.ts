// `npm run campaign -- canary [--runs N] [--seed S] [--process-every N] [--blind]`: runs of every command among planted secrets,
// with every fault and every echo; every place where a secret could be seen is searched. Build first.
import { parseArgs } from 'node:util';
import { pickTrials } from './campaign.ts';
import { COMMANDS, TROUBLES, VIEWS } from './matrix.ts';
import { runTrial } from './trial.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    'process-every': { type: 'string', default: '20' },
    blind: { type: 'boolean', default: false },
  },
});
const trials = pickTrials({
  runs: Number(values.runs),
  seed: Number(values.seed),
  processEvery: Number(values['process-every']),
});
const codes = new Map<string, number>();
let [leaking, processes] = [0, 0];
const started = performance.now();
for (const trial of trials) {
  // A process has its own memory, so taking the net away in this one means nothing to it.
  const one = values.blind ? { ...trial, isProcess: false, isBlind: true } : trial;
  const { code, leaks } = await runTrial(one);
  codes.set(String(code), (codes.get(String(code)) ?? 0) + 1);
  if (one.isProcess) processes += 1;
  if (leaks.length === 0) continue;
  leaking += 1;
  const where = `${one.seed}: ${one.command.words.join(' ')} | ${one.trouble.name} | ${JSON.stringify(one.view)}`;
  if (leaking <= 40) console.log(`${where}${one.isProcess ? ' | process' : ''}\n  ${leaks.join('\n  ')}`);
}
const pairs = COMMANDS.length * TROUBLES.length;
console.log(
  `${trials.length} runs (${processes} of them processes) of ${COMMANDS.length} commands x ${TROUBLES.length} troubles = ${pairs}, x ${VIEWS.length} views, in ${Math.round((performance.now() - started) / 1000)} s`,
);
console.log(`exit codes: ${[...codes].map(([code, count]) => `${code}: ${count}`).join(', ')}`);
console.log(`runs that gave a secret away: ${leaking}`);
process.exitCode = leaking > 0 ? 1 : 0;
