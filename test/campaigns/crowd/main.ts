/**
 * `npm run campaign -- crowd [--processes N] [--killed K]`: so many applies at once, in one folder and in as many checkouts of
 * one user, each with a TMPDIR of its own. Ends with 1 where two of them wrote at the same time, or a field came twice.
 */
import { parseArgs } from 'node:util';
import { gather } from './crowd.ts';
import { judgeCrowd, turnsOf, wasSentAway } from './judge.ts';

const { values } = parseArgs({
  options: { processes: { type: 'string', default: '200' }, killed: { type: 'string', default: '0' } },
});
for (const folders of ['one', 'many'] as const) {
  const crowd = await gather({
    processes: Number(values.processes),
    killed: Number(values.killed),
    folders,
  });
  const { members } = crowd;
  const seconds = members.map(({ ms }) => ms / 1000).sort((a, b) => a - b);
  const at = (part: number): string => (seconds[Math.floor((seconds.length - 1) * part)] ?? 0).toFixed(1);
  const count = (test: (one: (typeof members)[number]) => boolean): number => members.filter(test).length;
  const sins = judgeCrowd(crowd);
  const lines = [
    `${members.length} at once, ${folders === 'one' ? 'one folder' : 'a checkout each'}: ${count(({ code }) => code === 0)} done, ${count(wasSentAway)} sent away after a minute, ${count(({ signal }) => signal !== null)} killed; ${turnsOf(crowd).length} turns`,
    `  seconds until they ended: first ${at(0)}, median ${at(0.5)}, nine of ten ${at(0.9)}, last ${at(1)}`,
    `  files left: ${crowd.left.length} (${crowd.left.slice(0, 3).join(', ')})`,
    `  ${sins.length} things that must never happen`,
    ...sins.slice(0, 20).map((sin) => `    ${sin}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (sins.length > 0) process.exitCode = 1;
}
