import { readFields } from '../../../src/zoho/lists.ts';
import type { Json } from '../../../src/model/json.ts';
import { answersTarget } from './answers/target.ts';
import { binaryTarget } from './binary/target.ts';
import { recordCorpus } from './corpus.ts';
import { envTarget } from './env/target.ts';
import { journalsTarget } from './journals/target.ts';
import { manifestTarget } from './manifest/target.ts';
import { plansTarget } from './plans/target.ts';
import type { Target } from './trial.ts';

/** Names as `--target` takes them. */
export const targetNames = ['manifest', 'answers', 'env', 'plans', 'journals', 'binary'] as const;
export type TargetName = (typeof targetNames)[number];

/** All targets; the local Zoho is asked once, and is gone before the first input. */
export async function openTargets(): Promise<Readonly<Record<TargetName, Target>>> {
  const corpus = await recordCorpus();
  const [deals] = corpus.fields;
  const { fields: items } = JSON.parse(deals?.text ?? '') as { readonly fields: readonly Json[] };
  const fields = readFields(items, 'the local Zoho');
  return {
    manifest: manifestTarget(fields),
    answers: answersTarget(corpus),
    env: envTarget(),
    plans: plansTarget(fields),
    journals: journalsTarget(fields),
    binary: binaryTarget(),
  };
}
