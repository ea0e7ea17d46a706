// `npm run campaign -- hostile`: what a hostile server can do to one run of the built command, as a table of time and memory.
import { makeAttacks, packBombs, whole, type Attack } from './attacks.ts';
import { measure } from './measure.ts';
import { CALLS } from './server.ts';

/** What reliability asks for (R8). */
const MOST_MS = 10_000;
const MOST_MIB = 150;

const only = process.argv.slice(2).join(' ');
const bombs = await packBombs(1024);
const attacks: readonly Attack[] = [
  { name: '(an honest answer)', answer: (to) => whole(to, '{"fields":[]}') },
  ...makeAttacks(bombs),
];
console.log(`Node ${process.version}; asked for: an error within ${MOST_MS / 1000} s and ${MOST_MIB} MiB\n`);
console.log('| attack | at | s | CPU s | MiB | exit | says | |');
console.log('|---|---|---|---|---|---|---|---|');
let missed = 0;
for (const attack of attacks.filter((one) => one.name.includes(only))) {
  for (const call of CALLS) {
    const { code, ms, cpuMs, mib, said } = await measure(call, attack);
    const isMissed = ms > MOST_MS || mib > MOST_MIB || code === null || code === 70;
    if (isMissed) missed += 1;
    const limit = attack.timeoutMs === undefined ? '' : ` (limit ${attack.timeoutMs / 1000} s)`;
    const times = [ms, cpuMs].map((one) => (one / 1000).toFixed(1));
    const cells = [attack.name + limit, call, ...times, mib.toFixed(0), code, said];
    console.log(`| ${cells.join(' | ')} | ${isMissed ? 'MISSED' : ''} |`);
  }
}
console.log(`\n${missed} missed`);
