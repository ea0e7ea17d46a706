import { describe } from 'vitest';
import { type Chapter, insideStage } from './shared-tests.ts';
import { it } from './story.ts';

/**
 * Tells a chapter at the emulator's defaults, with real processes, as users run the command. `npm test` does not wait for
 * those: there a story is told inside this process, unless it needs one of its own.
 */
export function tell({ sections }: Chapter): void {
  const isQuick = process.env['STORIES'] === 'inside';
  const named = sections.map(({ name, stories }) => [name, stories] as const);
  describe.concurrent.each(named)('%s', (_, stories) => {
    for (const { name, needs, tell: told } of stories)
      it(name, ({ open }) =>
        told({
          open:
            isQuick && needs.process === undefined
              ? async (options) => open(options, await insideStage(needs))
              : open,
        }),
      );
  });
}
