import type { SwitchName } from '../../../src/emulator/switches.ts';
import { insideStage, type Open, type Told } from '../../support/shared-tests.ts';
import { openStory, StoryEnds, type Stage, type Story } from '../../support/story.ts';
import { mayNotWrite } from './may-not-write.ts';
import type { Position } from './position.ts';

/** What became of a story in a position. */
export type Fate =
  | { readonly kind: 'held'; readonly asked: ReadonlySet<SwitchName> }
  /** Told as far as it can happen there, and true so far. */
  | { readonly kind: 'ended'; readonly reason: string }
  | { readonly kind: 'left-out'; readonly reason: string }
  | { readonly kind: 'failed'; readonly error: unknown };

/** A story that sets the very switch cannot be told in its positions. */
class OwnSwitch extends Error {}

/** Tells a story in a position, with commands that run inside this process. */
export async function tellIn(position: Position, told: Told): Promise<Fate> {
  if (told.needs.process !== undefined) return { kind: 'left-out', reason: told.needs.process };
  const opened: Story[] = [];
  const stage: Stage = {
    ...(await insideStage(told.needs)),
    switches: position.switches,
    ...(position.profile === undefined ? {} : { profile: position.profile }),
    ...(position.switches.userPermission === 'denied' ? { seen: mayNotWrite } : {}),
  };
  const open: Open = async (options = {}) => {
    const own = position.moved?.name;
    if (own !== undefined && Object.hasOwn(options.switches ?? {}, own)) throw new OwnSwitch();
    const story = await openStory(options, stage);
    opened.push(story);
    return story;
  };
  const fate = await fateOf(async () => {
    await told.tell({ open });
    return { kind: 'held', asked: new Set(opened.flatMap(({ zoho }) => [...zoho.asked])) };
  });
  const closing = await fateOf(async () => {
    for (const story of opened) await story.close();
    return fate;
  });
  return fate.kind === 'failed' ? fate : closing;
}

async function fateOf(work: () => Promise<Fate>): Promise<Fate> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoryEnds) return { kind: 'ended', reason: error.message };
    if (error instanceof OwnSwitch) return { kind: 'left-out', reason: 'the story sets this switch itself' };
    return { kind: 'failed', error };
  }
}
