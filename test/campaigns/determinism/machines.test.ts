import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator } from '../../../src/emulator/start.ts';
import { machines, runOn, type Machine, type Traces } from './machine.ts';
import { BEFORE, INVALID, MANIFEST, settle } from './village.ts';

/** How often each command runs on each machine. */
const RUNS = Number(process.env['ZOHO_FIELDS_RUNS'] ?? '1');

const FILES = { 'fields.yaml': MANIFEST, 'before.yaml': BEFORE, 'invalid.yaml': INVALID };

/** A command line, and how it ends; nothing is compared before that is as it should be. */
interface Question {
  readonly name: string;
  readonly args: string;
  readonly formats?: readonly string[];
  readonly code: number;
}

const QUESTIONS: readonly Question[] = [
  {
    name: 'a plan, in every format and saved',
    args: 'plan --unmanaged --in-sync --out deals.plan',
    formats: ['json', 'markdown', 'html', 'github'],
    code: 3,
  },
  {
    name: 'a difference, in every format',
    args: 'diff before.yaml',
    formats: ['json', 'markdown', 'html', 'github', 'patch'],
    code: 0,
  },
  {
    name: 'an invalid manifest, in every format',
    args: 'validate -f invalid.yaml',
    formats: ['json', 'markdown', 'html', 'github', 'sarif'],
    code: 65,
  },
  { name: 'an audit, in every format', args: 'audit', formats: ['json', 'markdown', 'html', 'csv'], code: 0 },
  { name: 'an import', args: 'import --sort', code: 0 },
  { name: 'a plan that cannot be read', args: 'apply before.yaml --yes', code: 65 },
];

let zoho: Emulator;

beforeAll(async () => {
  zoho = await startEmulator({ switches: { tokensPerTenMinutes: 0, activeTokens: 0 } });
  settle(zoho);
});
afterAll(() => zoho.close());

/** Every run reads the fields in an order of its own. */
async function traces(machine: Machine, args: readonly string[], run: number): Promise<Traces> {
  zoho.faults = [{ kind: 'results', change: 'shuffled', seed: run, method: 'GET', path: '/settings/fields' }];
  return runOn(machine, args, FILES, zoho.environment);
}

describe('the same question gets the same bytes for an answer, on every machine', () => {
  it.each(QUESTIONS)(
    '$name',
    async ({ args, formats = [], code }) => {
      const words = [
        ...args.split(' '),
        ...formats.flatMap((format) => ['--format', `${format}=report.${format}`]),
      ];
      let first: Traces | undefined;
      let run = 0;
      for (const machine of machines()) {
        for (let time = 0; time < RUNS; time += 1) {
          run += 1;
          const now = await traces(machine, words, run);
          first ??= now;
          expect(now['exit code'], now['standard error']).toBe(String(code));
          expect(Object.keys(now)).toEqual(
            expect.arrayContaining(formats.map((format) => `report.${format}`)),
          );
          expect(now, `run ${run}: ${machine.name}`).toEqual(first);
        }
      }
    },
    20_000 * RUNS * machines().length,
  );
});
