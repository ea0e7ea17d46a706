import type { LiveField } from '../model/live-field.ts';
import { FIELDS_PER_CALL } from '../model/limits.ts';
import { Problem, problem } from '../model/problem.ts';
import { createBody, mayBeOurs, type Attempt } from './attempt.ts';
import { findOurs, takeOver } from './find-ours.ts';
import { note, noteIntent } from './notes.ts';
import { judgeAnswer, type Reading } from './judge-answer.ts';
import type { ApplyPorts, Refusal, WriteAnswer } from './ports.ts';

/** How many lost answers one field may cost while live after live shows it absent. */
const MOST_LOSSES = 3;

/** What the sending of a module's fields shares with the rest of the run. */
export interface SendContext {
  readonly module: string;
  readonly ports: ApplyPorts;
  /** Ids that the module had before this run. */
  readonly before: ReadonlySet<string>;
  /** One of them that is likely to stay, if there is any. */
  readonly anchor: string | undefined;
  /** False once this Zoho has refused `api_name` in a create body; kept for the whole run. */
  withApiName: boolean;
}

/**
 * Sends every attempt in batches of five until each is created, refused or out of reach.
 *
 * One POST per intent: after a lost answer live is read before anything is sent again (contract §9), so a field
 * is sent twice only when live proved that the first time came to nothing.
 * @returns the problem that ended the sending early, if one did.
 */
export async function sendAttempts(
  attempts: readonly Attempt[],
  context: SendContext,
): Promise<Problem | undefined> {
  const queue = [...attempts];
  while (queue.length > 0 && !context.ports.interrupted()) {
    const batch = queue.splice(0, queue[0]?.alone === true ? 1 : batchSize(queue));
    const answer = await post(batch, context);
    if (answer.kind === 'stopped') return stop(batch, answer, context);
    if (answer.kind === 'lost') {
      const failure = await settle(batch, queue, answer.why, context);
      if (failure !== undefined) return failure;
    } else {
      const reading = judgeAnswer(answer, batch, context.withApiName);
      const failure = record(reading, batch, context);
      if (failure !== undefined) return failure;
    }
    const waiting = [...batch, ...queue].filter((attempt) => attempt.state === 'waiting');
    queue.splice(0, queue.length, ...waiting);
  }
  return undefined;
}

/** Up to five, but never reaching over to an attempt that must go alone. */
function batchSize(queue: readonly Attempt[]): number {
  const alone = queue.findIndex((attempt) => attempt.alone);
  return Math.min(FIELDS_PER_CALL, alone === -1 ? queue.length : alone);
}

async function post(batch: readonly Attempt[], context: SendContext): Promise<WriteAnswer> {
  const { module, ports } = context;
  ports.onEvent({ type: 'sending', module, api_names: batch.map((attempt) => attempt.entry.field.api_name) });
  ports.journal(batch.map((attempt) => noteIntent(attempt, context.anchor)));
  return ports.writer.create(
    module,
    batch.map((attempt) => createBody(attempt, context.withApiName)),
  );
}

function record(reading: Reading, batch: readonly Attempt[], context: SendContext): Problem | undefined {
  if (reading.kind === 'api-name-refused') {
    context.withApiName = false;
    context.ports.onEvent({ type: 'without-api-name', module: context.module });
    return undefined;
  }
  if (reading.kind === 'unattributed') return handleUnattributed(reading.refusal, batch, context);
  batch.forEach((attempt, index) => {
    const judgement = reading.judgements[index];
    if (judgement?.verdict === 'created') accept(attempt, judgement.id, context);
    if (judgement?.verdict === 'refused') refuse(attempt, judgement.refusal, context);
  });
  return undefined;
}

function accept(attempt: Attempt, id: string | undefined, { module, ports }: SendContext): void {
  attempt.state = 'created';
  if (id !== undefined) {
    attempt.id = id;
    ports.journal([note('created', attempt)]);
  }
  ports.onEvent({
    type: 'accepted',
    module,
    api_name: attempt.entry.field.api_name,
    ...(id === undefined ? {} : { id }),
  });
}

function refuse(attempt: Attempt, refusal: Refusal, { module, ports }: SendContext): void {
  attempt.refusal = refusal;
  attempt.state = 'refused';
  if (mayBeOurs(attempt)) return;
  noteRefused([attempt], ports);
  ports.onEvent({ type: 'refused', module, api_name: attempt.entry.field.api_name, refusal });
}

/** An earlier POST whose answer was lost may still take effect: then the intent has to stay the last word. */
function noteRefused(batch: readonly Attempt[], ports: ApplyPorts): void {
  const settled = batch.filter((attempt) => attempt.losses === 0);
  if (settled.length > 0) ports.journal(settled.map((attempt) => note('refused', attempt)));
}

/** Refusals of the request as such: no field of it would fare better alone (sheet §5.1). */
const REQUEST_LEVEL: ReadonlySet<string> = new Set([
  'API_NOT_SUPPORTED',
  'FIELD_LIMIT_EXCEEDED',
  'INVALID_HOST',
  'INVALID_MODULE',
  'INVALID_REQUEST',
  'INVALID_REQUEST_METHOD',
  'INVALID_URL_PATTERN',
  'LIMIT_EXCEEDED',
  'METHOD_NOT_ALLOWED',
  'REQUIRED_PARAM_MISSING',
]);

/**
 * A refusal that names no field. A Zoho that knows no `api_name` might answer so, hence one try without it; after
 * that each field goes alone, so that the innocent ones are created and the culprit is known.
 */
function handleUnattributed(
  refusal: Refusal,
  batch: readonly Attempt[],
  context: SendContext,
): Problem | undefined {
  if (!REQUEST_LEVEL.has(refusal.code)) {
    const [only, ...others] = batch;
    if (context.withApiName) context.withApiName = false;
    else if (only !== undefined && others.length === 0) refuse(only, refusal, context);
    else for (const attempt of batch) attempt.alone = true;
    return undefined;
  }
  for (const attempt of batch) refuse(attempt, refusal, context);
  return problem(
    'failed',
    'refused',
    `Zoho refused to create fields in ${context.module}: ${refusal.code} (${refusal.message}).`,
    'Mend what Zoho names, then apply again: fields that exist are left as they are.',
  );
}

function stop(
  batch: readonly Attempt[],
  answer: Extract<WriteAnswer, { kind: 'stopped' }>,
  { ports }: SendContext,
): Problem {
  for (const attempt of batch) {
    attempt.state = 'refused';
    attempt.refusal = answer.refusal;
  }
  noteRefused(batch, ports);
  return answer.problem;
}

/** Waits until a late commit would have landed, then lets live say what became of the batch, and of those behind it. */
async function settle(
  batch: readonly Attempt[],
  queue: readonly Attempt[],
  why: string,
  context: SendContext,
): Promise<Problem | undefined> {
  const { ports, module } = context;
  ports.onEvent({ type: 'lost', module, why, waitMs: ports.settleMs });
  for (const attempt of batch) attempt.losses += 1;
  await ports.wait(ports.settleMs);
  let live: readonly LiveField[];
  try {
    live = await ports.reader.fields(module, []);
  } catch (error) {
    for (const attempt of batch) attempt.state = 'unknown';
    return asProblem(error);
  }
  for (const attempt of batch) {
    const ours = findOurs(attempt, live, context.before);
    if (ours !== undefined) {
      takeOver(attempt, ours);
      accept(attempt, ours.id, context);
    } else if (isTaken(attempt, live, context)) {
      attempt.state = 'refused';
      attempt.refusal = MEANWHILE;
    } else if (attempt.losses >= MOST_LOSSES) {
      attempt.state = 'refused';
      attempt.refusal = {
        code: 'NO_ANSWER',
        message: `${why}; after ${MOST_LOSSES} tries the field is still not there`,
      };
    }
  }
  for (const attempt of queue) {
    if (attempt.losses === 0 && isTaken(attempt, live, context)) refuse(attempt, MEANWHILE, context);
  }
  return batch.some((attempt) => attempt.refusal?.code === 'NO_ANSWER')
    ? keepsSilent(module, why)
    : undefined;
}

/** True where somebody else has made a field of that API name since the run began. */
function isTaken(attempt: Attempt, live: readonly LiveField[], { before }: SendContext): boolean {
  return live.some((field) => field.api_name === attempt.entry.field.api_name && !before.has(field.id));
}

/** What Zoho would say, were the field sent although live has just shown it. */
const MEANWHILE: Refusal = {
  code: 'DUPLICATE_DATA',
  message: 'somebody else created a field of that API name while this run was going on',
};

/** A Zoho that swallows three answers in a row would swallow those of the other fields too, each after a time-out. */
function keepsSilent(module: string, why: string): Problem {
  return problem(
    'unreachable',
    'no-answer',
    `Zoho did not answer ${MOST_LOSSES} times when fields were to be created in ${module}, the last time because ${why}.`,
    'Apply again later: what exists is left as it is, and the rest is created.',
  );
}

/** Bugs stay bugs: only expected failures become values. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  throw error;
}
