import { afterAll, beforeAll, expect, it } from 'vitest';
import { planRenders } from '../../../src/report/plan/formats.ts';
import { startEmulator, type Emulator } from '../../../src/emulator/start.ts';
import { serialisePlan } from '../../../src/plan/saved-plan.ts';
import { makeStyle } from '../../../src/report/media/layout.ts';
import { clientOf, manifestFrom } from '../../support/in-process.ts';
import { MANIFEST, settle } from './village.ts';

/** Each is a whole plan: a token, the fields over HTTP in an order of their own, every format. */
const RUNS = 100 * Number(process.env['ZOHO_FIELDS_RUNS'] ?? '1');

let zoho: Emulator;

beforeAll(async () => {
  zoho = await startEmulator({ switches: { tokensPerTenMinutes: 0, activeTokens: 0, credits: 1e9 } });
  settle(zoho);
});
afterAll(() => zoho.close());

/** Everything that is shown, saved or sent of one plan. */
async function everything(run: number): Promise<readonly string[]> {
  zoho.faults = [{ kind: 'results', change: 'shuffled', seed: run, method: 'GET', path: '/settings/fields' }];
  const plan = await clientOf(zoho).plan(manifestFrom(MANIFEST));
  const shown = (colour: boolean) =>
    planRenders(plan, {
      target: { dataCentre: 'eu', apiHost: 'www.zohoapis.eu' },
      requests: { read: 3, write: 0 },
      diagnostics: [],
      gaps: [],
      inSync: true,
      unmanaged: true,
      style: makeStyle(colour),
      width: 80,
    });
  const renders = [...Object.values(shown(false)), shown(true).text ?? (() => '')];
  const texts = renders.map(async (render) => render());
  return [serialisePlan(plan), ...(await Promise.all(texts))];
}

it(
  `a plan is the same bytes ${RUNS} times, in whatever order Zoho lists its fields`,
  {
    timeout: 600 * RUNS,
  },
  async () => {
    const first = await everything(1);
    expect(first).toHaveLength(7);
    for (let run = 2; run <= RUNS; run += 1) expect(await everything(run), `run ${run}`).toEqual(first);
  },
);
