import { describe, expect, it } from 'vitest';
import { upsertEnv } from '../../../src/credentials/env-text.ts';
import { loadManifest } from '../../../src/manifest/load.ts';
import type { Json } from '../../../src/model/json.ts';
import { assemblePlan } from '../../../src/plan/make-plan.ts';
import { parsePlan } from '../../../src/plan/saved-plan.ts';
import { runCampaign, type Failure } from './campaign.ts';
import { envTarget, type Editor } from './env/target.ts';
import { manifestTarget, type Loader } from './manifest/target.ts';
import { mutateJson } from './mutate-json.ts';
import { plansTarget, type PlanReader } from './plans/target.ts';
import { Random } from './random.ts';
import { report } from './table.ts';
import type { Target } from './trial.ts';
import { has } from '../../support/field.ts';

/** Who watches the watchers: each of these programs has a bug, and the fuzzer has to find it. */

async function firstFailure(target: Target, count: number): Promise<Failure | undefined> {
  const { failures } = await runCampaign(target, { seed: 7, from: 0, count, seconds: 60, mostFailures: 1 });
  return failures[0];
}

const owner = has('Owner', { id: '1', type: 'ownerlookup', custom: false });
const withLoader = (load: Loader): Target => manifestTarget([owner], load);

describe('a bug in the reader of manifests', () => {
  it.each<readonly [string, Loader, string]>([
    [
      'that throws at a tab',
      (source) => {
        if (Buffer.from(source.bytes).includes('\t'))
          throw new RangeError('Maximum call stack size exceeded');
        return loadManifest(source);
      },
      'RangeError: Maximum call stack size exceeded',
    ],
    [
      'that counts columns from the line below',
      (source) => {
        const { diagnostics, ...rest } = loadManifest(source);
        return { ...rest, diagnostics: diagnostics.map((one) => ({ ...one, line: (one.line ?? 0) + 1 })) };
      },
      'where there is no text',
    ],
    [
      'that refuses what is sound',
      (source) => {
        const loaded = loadManifest(source);
        const hasLookup = loaded.manifest?.modules.some(({ fields }) =>
          fields.some((field) => field.data_type === 'lookup'),
        );
        if (hasLookup !== true) return loaded;
        return loadManifest({ ...source, bytes: Buffer.from('module: 1') });
      },
      'a sound manifest is refused',
    ],
    [
      'that loses a key in one of the ways to write it',
      (source) => {
        const loaded = loadManifest(source);
        if (loaded.manifest === undefined || Buffer.from(source.bytes).includes('{')) return loaded;
        const modules = loaded.manifest.modules.map((module) => ({
          ...module,
          fields: module.fields.map((field) => ({ ...field, declared: {} })),
        }));
        return { ...loaded, manifest: { ...loaded.manifest, modules } };
      },
      'it means something else than its JSON',
    ],
    [
      'that shows where in its code it failed',
      (source) => {
        const { diagnostics, ...rest } = loadManifest(source);
        const trace = 'The manifest is broken.\n    at loadManifest (src/manifest/load.ts:40:7)';
        return { ...rest, diagnostics: diagnostics.map((one) => ({ ...one, message: trace })) };
      },
      'a stack trace',
    ],
  ])('%s is found', async (_, load, what) => {
    const failure = await firstFailure(withLoader(load), 500);
    expect(failure?.flaws.map((flaw) => flaw.what).join('\n')).toContain(what);
  });

  it('is shown with a small input and the command that replays it', async () => {
    const target = withLoader((source) => {
      if (Buffer.from(source.bytes).includes('\t')) throw new TypeError('tab');
      return loadManifest(source);
    });
    const findings = await runCampaign(target, {
      seed: 7,
      from: 0,
      count: 300,
      seconds: 60,
      mostFailures: 1,
    });
    expect(findings.crashes).toBeGreaterThan(0);
    const [failure] = findings.failures;
    expect(failure?.shown).toEqual(Buffer.from('\t'));
    const again = { seed: 7, from: failure?.index ?? 0, count: 1, seconds: 60 };
    expect((await runCampaign(target, again)).crashes).toBe(1);
    expect(report([findings], [])).toContain(
      `replay: npm run campaign -- fuzz --target manifest --seed 7 --from ${failure?.index} --count 1`,
    );
  });

  it('that costs time is counted as a hang, and what only waits once is not', async () => {
    const working: Loader = (source) => {
      const { user } = process.cpuUsage();
      while (process.cpuUsage().user < user + 60_000) JSON.stringify(source.path);
      return loadManifest(source);
    };
    let calls = 0;
    const waiting: Loader = (source) => {
      calls += 1;
      if (calls === 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 120);
      return loadManifest(source);
    };
    const effort = { seed: 7, from: 3, count: 1, seconds: 60, hangMs: 50 };
    expect((await runCampaign(withLoader(working), effort)).hangs).toBe(1);
    expect((await runCampaign(withLoader(waiting), effort)).hangs).toBe(0);
    expect(calls).toBeGreaterThan(1);
  });
});

describe('a bug in editing an env file', () => {
  it.each<readonly [string, Editor, string]>([
    [
      'that drops the comment behind a value',
      (file, edit) => {
        const after = upsertEnv(file, edit);
        return (
          after &&
          Buffer.from(
            Buffer.from(after)
              .toString('latin1')
              .replace(/^# .*\n/mu, ''),
            'latin1',
          )
        );
      },
      'more than a value is gone',
    ],
    [
      'that writes the value without quotes',
      (file, { name, value }) => Buffer.concat([file, Buffer.from(`\n${name}=${value}\n`)]),
      'a second time changes something',
    ],
  ])('%s is found', async (_, editor, what) => {
    const failure = await firstFailure(envTarget(editor), 2000);
    expect(failure?.flaws.map((flaw) => flaw.what).join('\n')).toContain(what);
  });
});

describe('a bug in reading saved plans', () => {
  it.each<readonly [string, PlanReader, string]>([
    [
      'that believes half of one',
      (text, path) => {
        try {
          return parsePlan(text, path);
        } catch (error) {
          if (!text.includes('"saved-plan"')) throw error;
          const rest = { module: 'Deals', anchors: ['1'], entries: [], unmanaged: [], capacity: [] };
          return assemblePlan({ path, sha256: '' }, [rest]);
        }
      },
      'says something else',
    ],
    ['that throws at what is no plan', (text) => JSON.parse(text) as ReturnType<PlanReader>, 'SyntaxError'],
  ])('%s is found', async (_, read, what) => {
    const failure = await firstFailure(plansTarget([owner], read), 200);
    expect(failure?.flaws.map((flaw) => flaw.what).join('\n')).toMatch(what);
  });
});

describe('chance', () => {
  it('is the same for the same seed and index, and another one for each other', () => {
    const of = (seed: number, index: number): string => {
      const random = new Random(seed, index);
      return Array.from({ length: 8 }, () => random.below(1000)).join();
    };
    expect(of(1, 2)).toBe(of(1, 2));
    const all = [0, 1, 2, 2 ** 31].flatMap((seed) => [0, 1, 2, 999_999].map((index) => of(seed, index)));
    expect(new Set(all).size).toBe(all.length);
  });

  it('leaves the value that it mutates as it was', () => {
    const value: Json = { fields: [{ id: '1', tooltip: { name: 'a' } }], info: null };
    const before = structuredClone(value);
    for (let index = 0; index < 500; index += 1) mutateJson(value, new Random(1, index));
    expect(value).toEqual(before);
  });
});
