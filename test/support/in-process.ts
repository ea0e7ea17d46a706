import { applyPlan } from '../../src/apply/apply-plan.ts';
import type { ApplyReport } from '../../src/apply/outcome.ts';
import { readCredentials } from '../../src/run/credentials.ts';
import type { Emulator } from '../../src/emulator/start.ts';
import { loadManifest } from '../../src/manifest/load.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import type { Plan } from '../../src/model/plan.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { readLive } from '../../src/plan/plan-live.ts';
import { intent, refreshPlan } from '../../src/plan/refresh.ts';
import { axiosTransport } from '../../src/zoho/http/axios-transport.ts';
import { ZohoReader } from '../../src/zoho/reader.ts';
import { Session } from '../../src/zoho/session.ts';
import { ZohoWriter } from '../../src/zoho/writer.ts';

/** The client as the commands put it together, over real HTTP, without a process of its own. */
export interface Client {
  plan(manifest: Manifest): Promise<Plan>;
  /** Holds a saved plan against what is there now. */
  refresh(saved: Plan): Promise<Plan>;
  apply(manifest: Manifest): Promise<ApplyReport>;
}

/** A client of one emulator; its token is its own, its waits are short. */
export function clientOf(zoho: Emulator): Client {
  const credentials = readCredentials({
    searched: 'the emulator',
    get: (name) => {
      const value = zoho.environment[name];
      return value === undefined ? undefined : { value, origin: 'the emulator' };
    },
  });
  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => void setTimeout(resolve, Math.min(ms, 250)));
  const ports = { transport: axiosTransport(5000), wait, random: () => 0, now: () => Date.now() };
  const session = new Session(credentials, ports);
  const reader = new ZohoReader(session);
  return {
    plan: async (manifest) => {
      const live = await readLive(manifest, reader);
      return makePlan(manifest, live.modules, live.directory);
    },
    refresh: async (saved) => {
      const live = await readLive(intent(saved), reader);
      return refreshPlan(saved, live.modules, [], live.directory);
    },
    apply: async (manifest) => {
      const live = await readLive(manifest, reader);
      const plan = makePlan(manifest, live.modules, live.directory);
      return applyPlan(plan, live.modules, {
        reader,
        writer: new ZohoWriter(session),
        wait,
        settleMs: 50,
        now: () => Date.now(),
        interrupted: () => false,
        onEvent: () => undefined,
        journal: () => undefined,
      });
    },
  };
}

/** A manifest that is valid. */
export function manifestFrom(text: string): Manifest {
  const { manifest, diagnostics } = loadManifest({
    path: 'fields.yaml',
    bytes: new TextEncoder().encode(text),
  });
  if (manifest === undefined) throw new Error(diagnostics.map((one) => one.message).join('\n'));
  return manifest;
}
