import type { Json } from '../../../../src/model/json.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { mutateText } from '../mutate-text.ts';
import type { Random } from '../random.ts';
import { emitFile } from './emit.ts';
import { withMistakes } from './mistakes.ts';
import { nastyFiles, shards, slowUnits } from './nasty-yaml.ts';
import { soundFile } from './sound.ts';

/** The bytes of a file that is meant to be a manifest. */
export interface MadeManifest {
  readonly bytes: Uint8Array;
  /** The documents that the bytes say and that no rule forbids, if they were made so. */
  readonly sound?: readonly Json[];
}

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Sound files, files with mistakes, spoilt ones, nonsense, and now and then a very large one. */
export function anyManifest(random: Random): MadeManifest {
  const kind = random.below(1000);
  if (kind < 300) {
    const sound = soundFile(random) as unknown as readonly Json[];
    return { bytes: encode(emitFile(sound, random)), sound };
  }
  return { bytes: unsound(kind, random) };
}

function unsound(kind: number, random: Random): Uint8Array {
  if (kind < 550) return encode(emitFile(withMistakes(soundFile(random), random), random));
  if (kind < 800) return encode(mutateText(anyText(random), shards, random));
  if (kind < 920) return mutateBytes(encode(anyText(random)), random);
  if (kind < 960) return encode(words(random));
  if (kind < 985) return encode(random.pick(nastyFiles));
  if (kind < 999 || random.chance(0.75)) return noise(random);
  return large(random);
}

/** Something to be mutated. */
function anyText(random: Random): string {
  if (random.chance(0.15)) return random.pick(nastyFiles);
  return emitFile(soundFile(random) as unknown as readonly Json[], random);
}

function words(random: Random): string {
  const list = [...shards, 'a', 'api_name', 'x: y', '\n', '\n  ', '\n    - ', 'text', 'picklist'];
  return Array.from({ length: random.below(40) }, () => random.pick(list)).join('');
}

function noise(random: Random): Uint8Array {
  return Uint8Array.from({ length: random.small(400) }, () => random.below(256));
}

/** Up to 1 MiB and a little more: what is slow only shows where there is much of it. */
function large(random: Random): Uint8Array {
  const limit = random.pick([20_000, 100_000, 300_000, 1_048_576, 1_048_577]);
  const unit = random.chance(0.7) ? random.pick(slowUnits) : random.pick(slowUnits) + random.pick(slowUnits);
  const head = random.pick(['', 'module: Deals\nfields:\n', 'module: Deals\nfields: [', 'module: "']);
  return encode(head + unit.repeat(Math.max(1, Math.floor(limit / encode(unit).length)))).subarray(0, limit);
}
