import { isDeepStrictEqual } from 'node:util';
import { loadManifest, type LoadedManifest } from '../../../../src/manifest/load.ts';
import type { Json } from '../../../../src/model/json.ts';
import type { LiveField } from '../../../../src/model/live-field.ts';
import { planAgainst, planFlaws, renderFlaws } from '../planning.ts';
import { withoutParts, withoutPieces } from '../shrink.ts';
import { law, type Flaw, type Target, type Trial, type Verdict } from '../trial.ts';
import { plainFile } from './emit.ts';
import { anyManifest, encode } from './inputs.ts';
import { answerFlaws } from './laws.ts';

/** Reads manifests; the parameter is for planting a bug. */
export type Loader = typeof loadManifest;

/** How a manifest came to be. */
interface Origin {
  /** Documents that the bytes say and that no rule forbids, if they were made so. */
  readonly sound?: readonly Json[];
  /** Also looks at the plan in every format: slow, so only for some. */
  readonly isShown: boolean;
}

const path = 'fuzz.yaml';

/** Manifests of every kind, through the loader and, where they are valid, through a plan against stock Deals. */
export function manifestTarget(deals: readonly LiveField[], load: Loader = loadManifest): Target {
  const trialOf = (bytes: Uint8Array, origin: Origin): Trial => ({
    shown: bytes,
    judge: () => judge(bytes, origin, deals, load),
    smaller: () => smaller(bytes, origin, trialOf),
  });
  return {
    name: 'manifest',
    trial: (random) => {
      const isShown = random.chance(0.01);
      const { bytes, sound } = anyManifest(random);
      return trialOf(bytes, sound === undefined ? { isShown } : { isShown, sound });
    },
  };
}

function judge(
  bytes: Uint8Array,
  origin: Origin,
  deals: readonly LiveField[],
  load: Loader,
): Verdict | Promise<Verdict> {
  const loaded = load({ path, bytes });
  const text = new TextDecoder().decode(bytes.length > 1024 * 1024 ? bytes.subarray(0, 0) : bytes);
  const flaws = answerFlaws(loaded, path, text);
  const { manifest, diagnostics } = loaded;
  const kinds = [
    manifest === undefined ? 'refused' : 'valid',
    ...new Set(diagnostics.map((one) => one.code)),
  ];
  if (origin.sound !== undefined) flaws.push(...soundFlaws(loaded, origin.sound, load));
  if (manifest === undefined) return { flaws, kinds };
  const plan = planAgainst(manifest, deals);
  flaws.push(...planFlaws(manifest, plan));
  if (!origin.isShown) return { flaws, kinds };
  return renderFlaws(plan).then((sins) => ({ flaws: [...flaws, ...sins], kinds }));
}

/** A sound manifest is taken, and means the same as its plainest spelling. */
function soundFlaws({ manifest, diagnostics }: LoadedManifest, sound: readonly Json[], load: Loader): Flaw[] {
  if (manifest === undefined) {
    const reasons = diagnostics
      .filter((one) => one.severity === 'error')
      .map((one) => `${one.code} (${one.message})`);
    return [law(`a sound manifest is refused: ${reasons.join('; ').slice(0, 300)}`)];
  }
  const plain = load({ path, bytes: encode(plainFile(sound)) }).manifest;
  return isDeepStrictEqual(meaning(manifest), meaning(plain))
    ? []
    : [law('it means something else than its JSON')];
}

/** All that is declared, without where it stands. */
function meaning(manifest: LoadedManifest['manifest']): unknown {
  return manifest?.modules.map(({ module, fields }) => [
    module,
    fields.map(({ line, column, ...field }) => field),
  ]);
}

/** Sound files get fewer fields and keys, so that they stay sound; all others fewer bytes. */
function* smaller(
  bytes: Uint8Array,
  { isShown, sound }: Origin,
  trialOf: (bytes: Uint8Array, origin: Origin) => Trial,
): Generator<Trial> {
  if (sound !== undefined) {
    for (const fewer of withoutParts(sound))
      yield trialOf(encode(plainFile(fewer)), { isShown, sound: fewer });
    return;
  }
  // One character per byte, so that what is no UTF-8 stays what it is.
  for (const fewer of withoutPieces(Buffer.from(bytes).toString('latin1')))
    yield trialOf(Buffer.from(fewer, 'latin1'), { isShown });
}
