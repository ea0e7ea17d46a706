import { count } from '../../model/count.ts';
import type { Json } from '../../model/json.ts';
import { visible, visibleShort } from '../../model/visible.ts';
import { data, shorten, type Block, fold, paragraph, code } from '../media/document.ts';
import { hanging, keyed, wrap, type Look } from '../media/layout.ts';
import type { SnapshotView } from '../plan/view.ts';

/** A request to Zoho and its answer, as a rehearsal shows them. */
export interface Exchange {
  readonly method: string;
  /** Behind the API's host. */
  readonly path: string;
  readonly status: number;
  /** What was sent, and what came back; absent where it was only read. */
  readonly body?: Json;
  readonly answer?: Json;
}

/** An apply against a throw-away Zoho. */
export interface RehearsalView {
  readonly snapshot: SnapshotView;
  readonly exchanges: readonly Exchange[];
}

/** What a rehearsal adds to an apply's JSON. */
export function rehearsalJson({ snapshot, exchanges }: RehearsalView): object {
  const { path, takenAt, ageSeconds } = snapshot;
  return {
    live: false,
    snapshot: { path, taken_at: takenAt, age_seconds: ageSeconds },
    rehearsal: { requests: exchanges },
  };
}

/** The longest answer that is shown to people; JSON has it whole. */
const LONGEST_ANSWER = 1500;

function writesOf({ exchanges }: RehearsalView): readonly Exchange[] {
  return exchanges.filter(({ body }) => body !== undefined);
}

/** What went out and what came back, as a person at a terminal reads it. */
export function rehearsalText(view: RehearsalView, { style, width }: Look): string {
  const writes = writesOf(view);
  const lines = [
    ...hanging(countWords(view), width, 0, 2).map((line) => style.bold(line)),
    ...writes.flatMap(({ method, path, status, body, answer }) => [
      '',
      ...hanging(visible(`${method} ${path}`), width, 2, 4),
      ...jsonLines(body).map((line) => `      ${visible(line)}`),
      ...keyed('answer', `${status} ${answerText(answer)}`, width, 2, 8),
    ]),
    '',
    ...wrap(END, width, 0),
  ];
  return `${lines.join('\n')}\n`;
}

const END = 'This was a rehearsal: nothing was sent to the real Zoho, and nothing of it is kept.';

/** The same for documents: folded up, since the outcomes are above. */
export function rehearsalBlocks(view: RehearsalView): readonly Block[] {
  const writes = writesOf(view);
  if (writes.length === 0) return [];
  const blocks = writes.flatMap(({ method, path, status, body, answer }) => [
    paragraph(data(`${method} ${path}`, 300), `, answered with ${status}:`),
    code(jsonLines(body).join('\n')),
    code(shorten(jsonLines(answer).join('\n'), LONGEST_ANSWER)),
  ]);
  return [fold(countWords(view), ...blocks)];
}

function countWords(view: RehearsalView): string {
  const writes = writesOf(view).length;
  const words = writes === 1 ? 'that creates or changes, as it' : 'that create or change, as they';
  return `${count(writes, 'request')} ${words} would go out (beside ${count(view.exchanges.length - writes, 'read')})`;
}

function jsonLines(value: Json | undefined): readonly string[] {
  return JSON.stringify(value ?? null, null, 2).split('\n');
}

/** In one paragraph, with blanks at which its lines can end. */
function answerText(answer: Json | undefined): string {
  return visibleShort(JSON.stringify(answer ?? null, null, 1).replaceAll(/\n */gu, ' '), LONGEST_ANSWER);
}
