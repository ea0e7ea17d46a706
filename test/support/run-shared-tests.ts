import { describe } from 'vitest';
import type { Chapter } from './shared-tests.ts';
import { it } from './story.ts';

/** Tells a chapter with real processes, at the emulator's defaults: as users run the command. */
export function tell({ sections }: Chapter): void {
  const named = sections.map(({ name, stories }) => [name, stories] as const);
  describe.concurrent.each(named)('%s', (_, stories) => {
    for (const story of stories) it(story.name, ({ open }) => story.tell({ open }));
  });
}
