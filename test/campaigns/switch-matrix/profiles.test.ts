import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { actions } from '../../commands/stories/actions.ts';
import { dataTypes } from '../../commands/stories/data-types.ts';
import { exitCodes } from '../../commands/stories/exit-codes.ts';
import { interrupts } from '../../commands/stories/interrupts.ts';
import { jsonDocuments } from '../../commands/stories/json.ts';
import { lostAnswers } from '../../commands/stories/lost-answers.ts';
import { outputSafety } from '../../commands/stories/output-safety.ts';
import { plan } from '../../commands/stories/plan.ts';
import { refusals } from '../../commands/stories/refusals.ts';
import { savedPlans } from '../../commands/stories/saved-plans.ts';
import { tokenErrors } from '../../commands/stories/token-errors.ts';
import { worlds } from '../../commands/stories/worlds.ts';
import { atMost } from './at-most.ts';
import { tellIn } from './tell-in.ts';

/** Profiles of organisations, as `probe --out` writes them. One that is sent in gets its stories by lying there. */
const FOLDER = new URL('../../profiles/', import.meta.url);
const READING = [plan, actions, exitCodes, jsonDocuments, outputSafety, savedPlans, tokenErrors];
const CHAPTERS = [...READING, worlds, dataTypes, refusals, lostAnswers, interrupts];
const AT_ONCE = 8;

describe('plan and apply in every organisation whose profile is known', () => {
  const limited = atMost(AT_ONCE);

  it.for(readdirSync(FOLDER).filter((name) => name.endsWith('.json')))(
    '%s',
    { timeout: 15 * 60_000 },
    async (name) => {
      const profile = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Json;
      const stories = CHAPTERS.flatMap(({ sections }) => sections.flatMap((section) => section.stories));
      const fates = await Promise.all(
        stories.map((told) =>
          limited(async () => ({ told, ...(await tellIn({ name, switches: {}, profile }, told)) })),
        ),
      );
      const failures = fates.flatMap((one) => {
        if (one.kind !== 'failed') return [];
        return [
          `${one.told.name}: ${one.error instanceof Error ? (one.error.stack ?? one.error.message) : String(one.error)}`,
        ];
      });
      expect(failures).toEqual([]);
      expect(fates.filter(({ kind }) => kind === 'held').length).toBeGreaterThan(stories.length / 2);
    },
  );
});
