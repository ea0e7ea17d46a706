import type { WriteAnswer } from '../apply/ports.ts';
import type { LiveField, Seen } from '../model/live-field.ts';
import type { Io } from '../machine/io.ts';
import type { JournalFile } from '../machine/journal-file.ts';
import { learn, type Lesson, type Reply } from '../probe/learn.ts';
import { labelsOf, type Wishes } from '../probe/wishes.ts';
import { seenIn } from '../zoho/reader.ts';
import { ZohoWriter } from '../zoho/writer.ts';
import type { Connection } from './connect.ts';

/** Does what was announced and agreed to, through the one writer. */
export async function learnByCreating(
  wishes: Wishes,
  before: readonly LiveField[],
  journal: Pick<JournalFile, 'append'>,
  { session, reader, settleMs }: Pick<Connection, 'session' | 'reader' | 'settleMs'>,
  io: Pick<Io, 'interrupt' | 'wait'>,
): Promise<Lesson> {
  io.interrupt.beginWriting();
  let seen: Seen | undefined;
  const writer = new ZohoWriter(session, (answer) => {
    seen = seenIn(answer, 0);
  });
  const sent = async (write: () => Promise<WriteAnswer>): Promise<Reply> => {
    seen = undefined;
    return replyOf(await write(), seen);
  };
  const { module } = wishes;
  return learn(wishes, before, {
    fields: () => reader.fields(module, []),
    create: (bodies) => sent(() => writer.create(module, bodies)),
    relabel: (id, field_label) => sent(() => writer.relabel(module, [{ id, field_label }])),
    journal: (entries) => journal.append(entries),
    wait: io.wait,
    settleMs,
    interrupted: () => io.interrupt.requested,
  });
}

/** Forgets in the journal what is known, once it was told: of a run that is killed before, the next one tells. */
export function forgetKnown(wishes: Wishes, { unknown }: Lesson, journal: Pick<JournalFile, 'forget'>): void {
  const known = labelsOf(wishes).filter((label) => !unknown.includes(label));
  journal.forget((last) => last.module === wishes.module && known.includes(last.api_name));
}

function replyOf(answer: WriteAnswer, seen: Seen | undefined): Reply {
  if (answer.kind === 'stopped') return { isSent: false, problem: answer.problem };
  const { problem, againMs }: Pick<Reply, 'problem' | 'againMs'> = answer.kind === 'refused' ? answer : {};
  return {
    isSent: true,
    ...(seen === undefined ? {} : { seen }),
    ...(problem === undefined ? {} : { problem }),
    ...(againMs === undefined ? {} : { againMs }),
  };
}
