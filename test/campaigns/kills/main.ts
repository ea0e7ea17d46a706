/**
 * `npm run campaign -- kills [--kills N] [--seed S] [--from I] [--jobs J]`: real processes that apply twelve fields to a local
 * Zoho and are killed, again and again, before one is let be. Ends with 1 where a field came twice, was lost, was
 * changed, or anything was left behind.
 */
import { parseArgs } from 'node:util';
import { runCampaign } from './campaign.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string' },
    from: { type: 'string', default: '0' },
    jobs: { type: 'string', default: '4' },
  },
});
// A new seed each time finds more than the same one for ever; the output says which it was.
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const effort = { seed, from: Number(values.from), kills: Number(values.kills), jobs: Number(values.jobs) };
const began = Date.now();
const findings = await runCampaign(effort, ({ kills, histories }) =>
  process.stderr.write(`\r${kills} kills in ${histories} histories `),
);
process.stderr.write('\r');
const lines = [
  `seed ${seed}: ${findings.kills} kills in ${findings.histories} histories (${findings.missed} came too late), ${Math.round((Date.now() - began) / 1000)} s; a run takes ${findings.pace.wholeMs} ms, ${findings.pace.talkMs} ms of it after its first request`,
  ...counted(findings.phases, (phase) => `killed at ${phase}`),
  ...counted(findings.worlds, (world) => `histories with ${world}`),
  `${findings.failures.length} histories with something that must never happen`,
  ...findings.failures.flatMap(({ index, scenario, sins }) => [
    `npm run campaign -- kills --seed ${seed} --from ${index} --kills 1 --jobs 1`,
    ...sins.map((sin) => `  ${sin}`),
    `  ${JSON.stringify(scenario)}`,
  ]),
];
process.stdout.write(`${lines.join('\n')}\n`);
if (findings.failures.length > 0) process.exitCode = 1;

function counted(counts: ReadonlyMap<string, number>, words: (key: string) => string): readonly string[] {
  return [...counts.keys()].sort().map((key) => `  ${words(key)}: ${counts.get(key)}`);
}
