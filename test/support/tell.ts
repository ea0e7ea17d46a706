import { describe } from 'vitest';
import type { Chapter } from './chapter.ts';
import { it } from './story.ts';

/** Tells a chapter with real processes, at the emulator's defaults: as users run the command. */
export function tell({ sections }: Chapter): void {
  for (const section of sections) {
    describe.concurrent(`${section.name}`, () => {
      for (const story of section.stories) it(story.name, ({ open }) => story.tell({ open }));
    });
  }
}
