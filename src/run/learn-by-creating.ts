import type { WriteAnswer } from '../apply/ports.ts';
import type { LiveField } from '../model/live-field.ts';
import type { Seen } from '../model/look.ts';
import type { Io } from '../machine/io.ts';
import type { JournalFile } from '../machine/journal-file.ts';
import { learn, type Lesson } from '../probe/learn.ts';
import type { Wishes } from '../probe/wishes.ts';
import { seenIn } from '../zoho/prober.ts';
import { ZohoWriter } from '../zoho/writer.ts';
import type { Connection } from './connect.ts';

/** Does what was announced and agreed to, through the one writer, and forgets in the journal what is known. */
export async function learnByCreating(
  wishes: Wishes,
  before: readonly LiveField[],
  journal: JournalFile,
  { session, reader }: Pick<Connection, 'session' | 'reader'>,
  io: Pick<Io, 'interrupt' | 'wait'>,
): Promise<Lesson> {
  io.interrupt.beginWriting();
  let seen: Seen | undefined;
  const writer = new ZohoWriter(session, (answer) => {
    seen = seenIn(answer, 0);
  });
  const sent = async (write: () => Promise<WriteAnswer>): Promise<Seen | undefined> => {
    seen = undefined;
    const answer = await write();
    if ((answer.kind === 'stopped' || answer.kind === 'refused') && answer.problem !== undefined)
      throw answer.problem;
    return seen;
  };
  const { module } = wishes;
  const lesson = await learn(wishes, before, {
    fields: () => reader.fields(module, []),
    create: (bodies) => sent(() => writer.create(module, bodies)),
    relabel: (id, field_label) => sent(() => writer.relabel(module, [{ id, field_label }])),
    journal: (entries) => journal.append(entries),
    wait: io.wait,
    interrupted: () => io.interrupt.requested,
  });
  const mine = new Set(wishes.fields.map(({ label }) => label));
  if (lesson.unknown.length === 0)
    journal.forget((last) => last.module === module && mine.has(last.api_name));
  return lesson;
}
