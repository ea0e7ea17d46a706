import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { checkIntent } from '../../../../src/manifest/check-intent.ts';
import { loadManifest } from '../../../../src/manifest/load.ts';
import { isObject, type Json, type JsonObject } from '../../../../src/model/json.ts';
import type { LiveField } from '../../../../src/model/live-field.ts';
import { Problem } from '../../../../src/model/problem.ts';
import { parsePlan, serialisePlan } from '../../../../src/plan/saved-plan.ts';
import { intent, refreshPlan } from '../../../../src/plan/refresh.ts';
import { encode } from '../manifest/inputs.ts';
import { plainFile } from '../manifest/emit.ts';
import { soundFile } from '../manifest/sound.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { mutateJson } from '../mutate-json.ts';
import { planAgainst, renderFlaws } from '../planning.ts';
import type { Random } from '../random.ts';
import { withoutPieces } from '../shrink.ts';
import { crash, law, stackTraces, type Flaw, type Target, type Trial, type Verdict } from '../trial.ts';

/** Reads a saved plan; the parameter is for planting a bug. */
export type PlanReader = typeof parsePlan;

/** Saved plans that were spoilt, by accident or by someone who can compute a digest. */
export function plansTarget(deals: readonly LiveField[], read: PlanReader = parsePlan): Target {
  const trialOf = (text: string, original: string, isShown: boolean): Trial => ({
    shown: text,
    judge: () => judge(text, original, deals, read, isShown),
    smaller: () => smaller(text, (fewer) => trialOf(fewer, original, isShown)),
  });
  return {
    name: 'plans',
    trial: (random) => {
      const original = savedPlan(deals, random);
      return trialOf(spoil(original, random), original, random.chance(0.02));
    },
  };
}

function savedPlan(deals: readonly LiveField[], random: Random): string {
  for (;;) {
    const bytes = encode(plainFile(soundFile(random) as unknown as readonly Json[]));
    const { manifest } = loadManifest({ path: 'fields.yaml', bytes });
    if (manifest !== undefined) return serialisePlan(planAgainst(manifest, deals));
  }
}

function spoil(text: string, random: Random): string {
  const body = JSON.parse(text) as Json;
  switch (random.below(12)) {
    case 0:
      return text;
    case 1:
    case 2:
    case 3:
    case 4:
      return new TextDecoder().decode(mutateBytes(Buffer.from(text), random));
    case 5:
      return JSON.stringify(mutateJson(body, random), null, 2);
    case 6:
      return JSON.stringify(body, null, random.pick([0, 1, 4]));
    case 7:
      return text.replace(/^\{/u, '{\n  "kind": "saved-plan",');
    case 8:
      return random.pick([
        '',
        '{}',
        'null',
        '[]',
        '['.repeat(100_000),
        '{"kind":"saved-plan"}',
        text.slice(1),
        text + text,
      ]);
    default:
      return resealed(mutateJson(body, random));
  }
}

/** Under a new digest, which anybody can compute. */
function resealed(value: Json): string {
  if (!isObject(value)) return JSON.stringify(value);
  const { sha256: _, ...body } = value;
  const sha256 = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  return `${JSON.stringify({ ...body, sha256 }, null, 2)}\n`;
}

function judge(
  text: string,
  original: string,
  deals: readonly LiveField[],
  read: PlanReader,
  isShown: boolean,
): Verdict | Promise<Verdict> {
  try {
    const plan = read(text, 'x.plan');
    const kinds = [text === original ? 'as written' : 'another whole plan'];
    // Whatever is taken says exactly what its text says, so nothing in it was passed over.
    const body = bodyOf(text);
    const isSame = isDeepStrictEqual(bodyOf(serialisePlan(plan)), body);
    const flaws: Flaw[] = isSame ? [] : [law('a plan that says something else than its text')];
    // The digest is over the one spelling of a plan: a byte more or less, and nobody has reviewed it.
    if (body === undefined || resealed(body) !== text)
      flaws.push(law('a plan under a wrong digest is believed'));
    if (text === original)
      flaws.push(...checkIntent(intent(plan).modules).map((what) => law(`a manifest may not say: ${what}`)));
    flaws.push(...onLive(() => refreshPlan(plan, [{ module: 'Deals', fields: deals }])));
    if (!isShown) return { flaws, kinds };
    return renderFlaws(plan).then((sins) => ({ flaws: [...flaws, ...sins], kinds }));
  } catch (error) {
    if (!(error instanceof Problem)) return { flaws: [crash(error)], kinds: ['crash'] };
    const flaws = stackTraces(error.message);
    if (text === original) flaws.push(law('a plan that nobody touched is refused'));
    return { flaws, kinds: [error.diagnostics[0]?.code ?? error.kind] };
  }
}

/** All but the digest, which is another one where keys stand in another order; nothing where it is no JSON. */
function bodyOf(text: string): Json | undefined {
  try {
    const { sha256: _, ...body } = JSON.parse(text) as JsonObject;
    return body;
  } catch {
    return undefined;
  }
}

/** A plan that does not fit any more is an answer. */
function onLive(work: () => unknown): Flaw[] {
  try {
    work();
    return [];
  } catch (error) {
    return error instanceof Problem ? [] : [crash(error)];
  }
}

function* smaller(text: string, trialOf: (text: string) => Trial): Generator<Trial> {
  for (const fewer of withoutPieces(text)) yield trialOf(fewer);
}
