import type { LiveField } from '../model/live-field.ts';
import { FIELDS_PER_CALL } from '../model/limits.ts';
import { orProblem, Problem, problem } from '../model/problem.ts';
import { type Attempt, note, noteIntent } from './attempt.ts';
import { findOurs, type Found, readWhole } from './find-ours.ts';
import { judgeAnswer, type Doubt, isDocumented, isOfTheRequest } from './judge-answer.ts';
import type { ApplyPorts, ItemAnswer, Refusal, WriteAnswer } from './ports.ts';
import { isObject, property, type Json, type JsonObject, valueAt } from '../model/json.ts';

/** How many answers in a row may come to nothing that counts, before Zoho is asked no more. */
const MOST_LOSSES = 3;

/** What the sending of a module's fields shares with the rest of the run. */
export interface SendContext {
  readonly module: string;
  readonly ports: ApplyPorts;
  /** The list that the plan was made from. */
  readonly listed: readonly LiveField[];
  /** Ids in it that no field of this run can have. */
  readonly before: ReadonlySet<string>;
  /** One of them that is likely to stay, if there is any. */
  readonly anchor: string | undefined;
  /** False once this Zoho has refused `api_name` in a create body; kept for the whole run. */
  withApiName: boolean;
  /** What this run has seen of names that a probe had seen to be kept; kept for the whole run. */
  keptNames: 'unseen' | 'kept' | 'lost';
  /** Answers in a row that came to nothing that counts. */
  losses: number;
}

/** The attempts of one POST, among all of the module. */
interface Sending {
  readonly batch: readonly Attempt[];
  readonly all: readonly Attempt[];
}

/**
 * Sends every attempt in batches of five until each is accepted, refused or out of reach.
 *
 * One POST per intent: whatever an answer was, live is read before anything is sent a second time (contract §9), so a
 * field is sent twice only when live proved that the first time came to nothing.
 * @returns the problem that ended the sending early, if one did.
 */
export async function sendAttempts(
  attempts: readonly Attempt[],
  context: SendContext,
): Promise<Problem | undefined> {
  let waiting = attempts;
  for (let batch = 1; waiting.length > 0 && !context.ports.interrupted(); batch += 1) {
    const sending = { batch: waiting.slice(0, batchSize(waiting)), all: attempts };
    const place = { batch, batches: batch - 1 + batchCount(waiting) };
    const failure = await follow(await post(sending.batch, place, context), sending, context);
    if (failure !== undefined) return failure;
    const unproven = await proveNames(sending, context);
    if (unproven !== undefined) return unproven;
    waiting = waiting.filter((attempt) => attempt.state === 'waiting');
  }
  return undefined;
}

/**
 * A name that was made of a label stays for ever: what a probe has shown is held against the first fields that rest on it,
 * before any more are sent so. Where a read does not show their names, the others get them from their labels.
 */
async function proveNames({ batch, all }: Sending, context: SendContext): Promise<Problem | undefined> {
  if (context.keptNames !== 'unseen' || !context.withApiName) return undefined;
  const resting = batch.filter((attempt) => attempt.restsOnName && attempt.exists);
  const others = all.filter((attempt) => attempt.restsOnName && attempt.state === 'waiting');
  if (resting.length === 0 || others.length === 0) return undefined;
  const live = await orProblem(readWhole(context, [], false));
  if (live instanceof Problem) return live;
  const names = new Map(live.map((field) => [field.id, field.api_name]));
  const areKept = resting.every(
    ({ id, claim, entry }) => names.get(id ?? claim ?? '') === entry.field.api_name,
  );
  context.keptNames = areKept ? 'kept' : 'lost';
  if (!areKept) for (const attempt of others) attempt.nameByLabel();
  return undefined;
}

/** Up to five, but never reaching over to an attempt that must go alone. */
function batchSize(waiting: readonly Attempt[]): number {
  const alone = waiting.findIndex((attempt) => attempt.isAlone);
  return alone === 0 ? 1 : Math.min(FIELDS_PER_CALL, alone === -1 ? waiting.length : alone);
}

/** How many requests the waiting ones need, where none is sent twice. */
function batchCount(waiting: readonly Attempt[]): number {
  let count = 0;
  for (let rest = waiting; rest.length > 0; rest = rest.slice(batchSize(rest))) count += 1;
  return count;
}

async function post(
  batch: readonly Attempt[],
  place: { readonly batch: number; readonly batches: number },
  context: SendContext,
): Promise<WriteAnswer> {
  const { module, ports } = context;
  const names = batch.map((attempt) => attempt.entry.field.api_name);
  ports.onEvent({ type: 'sending', module, api_names: names, ...place });
  ports.journal(batch.map((attempt) => noteIntent(attempt, context.anchor)));
  for (const attempt of batch) attempt.send(ports.now());
  return ports.writer.create(
    module,
    batch.map((attempt) => createBody(attempt, context.withApiName)),
  );
}

/** Does what an answer asks for; every attempt that is still waiting afterwards was shown to be absent. */
async function follow(
  answer: WriteAnswer,
  sending: Sending,
  context: SendContext,
): Promise<Problem | undefined> {
  const { batch } = sending;
  if (answer.kind === 'stopped') {
    for (const attempt of batch) attempt.refuse(answer.refusal);
    return answer.problem;
  }
  const { withApiName, before } = context;
  const claims = sending.all.flatMap(({ claim, id }) => [claim ?? [], id ?? []].flat());
  const taken = new Set([...before, ...claims]);
  const reading = judgeAnswer(answer, { count: batch.length, withApiName, taken });
  switch (reading.kind) {
    case 'results':
      context.losses = 0;
      batch.forEach((attempt, index) => record(attempt, reading.items[index], context));
      return undefined;
    case 'takes-no-api-name': {
      context.withApiName = false;
      context.ports.onEvent({ type: 'without-api-name', module: context.module });
      const failure = await look(sending, context, false);
      for (const attempt of sending.all) if (attempt.state === 'waiting') attempt.nameByLabel();
      if (failure === undefined) refuseBlamed(batch, reading.blamed, context);
      else for (const attempt of batch) attempt.giveUp(reading.objection);
      return failure;
    }
    case 'doubt':
      return settle(reading.doubt, sending, context);
  }
}

function record(attempt: Attempt, item: ItemAnswer | undefined, { module, ports }: SendContext): void {
  if (item?.status === 'success') {
    attempt.accept(item.id);
    ports.onEvent({ type: 'accepted', module, api_name: attempt.entry.field.api_name });
  }
  if (item?.status === 'error') refuse(attempt, item.refusal, { module, ports });
}

function refuse(
  attempt: Attempt,
  refusal: Refusal,
  { module, ports }: Pick<SendContext, 'module' | 'ports'>,
): void {
  attempt.refuse(refusal);
  if (attempt.mayStillLand && refusal.code === 'DUPLICATE_DATA') return;
  ports.onEvent({ type: 'refused', module, api_name: attempt.entry.field.api_name, refusal });
}

function refuseBlamed(batch: readonly Attempt[], blamed: Doubt['blamed'], context: SendContext): boolean {
  const culprits = batch.filter((attempt, index) => attempt.state === 'waiting' && blamed.has(index));
  for (const attempt of culprits) {
    const refusal = blamed.get(batch.indexOf(attempt));
    if (refusal !== undefined) refuse(attempt, refusal, context);
  }
  return culprits.length > 0;
}

/** Waits until a late commit would have landed, and be shown, then lets live say what became of the batch. */
async function settle(doubt: Doubt, sending: Sending, context: SendContext): Promise<Problem | undefined> {
  const { ports, module } = context;
  const isDenied = doubt.refusal !== undefined && isDocumented(doubt.refusal.code);
  const isRepeated = sending.batch.every((attempt) => attempt.isInDoubt);
  context.losses = isDenied ? 0 : context.losses + 1;
  for (const attempt of sending.batch) attempt.leaveOpen(isDenied ? 'denied' : 'lost');
  const waitMs = Math.max(ports.settleMs, doubt.againMs ?? 0);
  ports.onEvent({ type: 'lost', module, why: doubt.why, waitMs });
  // What takes effect late may be shown late as well: without an answer two reads, a settle time apart, have to miss it.
  for (const delay of doubt.isUnanswered ? [waitMs, ports.settleMs] : [waitMs]) {
    await ports.wait(delay);
    const failure = await look(sending, context, true);
    if (failure !== undefined) {
      for (const attempt of sending.batch) if (attempt.state === 'waiting') attempt.giveUp(doubt.refusal);
      return failure;
    }
    if (sending.batch.every((attempt) => attempt.state !== 'waiting')) return undefined;
  }
  return isDenied ? believe(doubt, sending, context) : tryAgain(doubt, isRepeated, sending, context);
}

/** Nothing was done, as Zoho said: live does not show it. */
function believe(doubt: Doubt, { batch }: Sending, context: SendContext): Problem | undefined {
  const { refusal, problem: cause, blamed, againMs, isMixedUp } = doubt;
  if (refuseBlamed(batch, blamed, context) || againMs !== undefined || refusal === undefined)
    return undefined;
  const missing = batch.filter((attempt) => attempt.state === 'waiting');
  const isFinal = cause !== undefined || isOfTheRequest(refusal.code);
  for (const attempt of missing) {
    if (isMixedUp && !isFinal) attempt.isolate();
    else refuse(attempt, refusal, context);
  }
  return isFinal ? (cause ?? refusedAsSuch(context.module, refusal)) : undefined;
}

/** Nothing that counts was said: once more, unless it was said of this very field before, or too often in a row. */
function tryAgain(
  { refusal, problem: cause, why, isMixedUp }: Doubt,
  isRepeated: boolean,
  { batch }: Sending,
  context: SendContext,
): Problem | undefined {
  const isHopeless = context.losses >= MOST_LOSSES;
  const silence = {
    code: 'NO_ANSWER',
    message: `${why}; after ${MOST_LOSSES} tries the field is still not there`,
  };
  for (const attempt of batch.filter((one) => one.state === 'waiting')) {
    if (isHopeless) attempt.refuse(refusal ?? silence);
    else if (isMixedUp) attempt.isolate();
    else if (refusal !== undefined && isRepeated) refuse(attempt, refusal, context);
  }
  if (!isHopeless) return undefined;
  return (
    cause ??
    (refusal === undefined ? keepsSilent(context.module, why) : refusedAsSuch(context.module, refusal))
  );
}

/** Reads live and takes over what it shows of all that is still waiting. */
async function look({ all }: Sending, context: SendContext, isLost: boolean): Promise<Problem | undefined> {
  const { ports, module, before } = context;
  const live = await orProblem(readWhole(context, [], isLost));
  if (live instanceof Problem) return live;
  for (const attempt of all) {
    if (attempt.state !== 'waiting') continue;
    const found = attempt.sentAt !== undefined ? findOurs(attempt, live, before) : undefined;
    if (found !== undefined) {
      takeOver(attempt, found, context);
      const { api_name } = attempt.entry.field;
      ports.onEvent({ type: 'accepted', module, api_name, id: found.field.id });
    } else if (isTaken(attempt, live, before)) refuse(attempt, MEANWHILE, context);
  }
  return undefined;
}

/** Takes over a field that live shows; what is proven goes into the journal. */
export function takeOver(
  attempt: Attempt,
  { field, isProven }: Found,
  { ports }: Pick<SendContext, 'ports'>,
): void {
  if (!isProven) attempt.guess(field);
  else if (attempt.prove(field.id)) ports.journal([note('created', attempt)]);
}

/** True where someone else has made a field of that API name since the run began. */
function isTaken(attempt: Attempt, live: readonly LiveField[], before: ReadonlySet<string>): boolean {
  return live.some((field) => field.api_name === attempt.entry.field.api_name && !before.has(field.id));
}

/** What Zoho would say, were the field sent although live has just shown it. */
const MEANWHILE: Refusal = {
  code: 'DUPLICATE_DATA',
  message: 'someone else created a field of that API name while this run was going on',
};

function refusedAsSuch(module: string, refusal: Refusal): Problem {
  return problem(
    'failed',
    'refused',
    `Zoho refused to create fields in ${module}: ${refusal.code} (${refusal.message}).`,
    'Fix what Zoho names, then apply again: fields that exist are left as they are.',
  );
}

/** A Zoho that swallows three answers in a row would swallow those of the other fields too, each after a time-out. */
function keepsSilent(module: string, why: string): Problem {
  return problem(
    'unreachable',
    'no-answer',
    `Zoho did not answer ${MOST_LOSSES} times when fields were to be created in ${module}, the last time because ${why}.`,
    'Apply again later: what exists is left as it is, and the rest is created.',
  );
}

/** The create body of sheet §3.3 and §3.4 for one field. */
export function createBody(attempt: Attempt, withApiName: boolean): JsonObject {
  const { field, module } = attempt.entry;
  // What the field is called and is of has its own keys: nothing that is declared takes their places.
  const { api_name: _name, field_label: _label, data_type: _type, ...rest } = field.declared;
  const declared: Record<string, Json> = { ...rest };
  const profiles = declared['profiles'];
  if (Array.isArray(profiles))
    declared['profiles'] = profiles.map((profile: Json) => withoutName(profile, 'name'));
  const picklist = declared['global_picklist'];
  if (picklist !== undefined) declared['global_picklist'] = withoutName(picklist, 'api_name');
  // Zoho knows only how to make a field unique: any value of the key would (sheet §3.3).
  if (declared['unique'] === false) delete declared['unique'];
  const lookup = declared['lookup'];
  // Zoho insists on a title for the related list on the other side, or refuses the whole request (sheet §3.4).
  if (field.data_type === 'lookup' && isObject(lookup) && property(lookup, 'display_label') === undefined) {
    declared['lookup'] = { ...lookup, display_label: module };
  }
  const links = declared['multiselectlookup'];
  const connected = valueAt(links, ['connected_details']);
  // The same for the field on the other side of a multi-select lookup.
  if (isObject(links) && isObject(connected) && property(connected, 'field') === undefined) {
    declared['multiselectlookup'] = {
      ...links,
      connected_details: { ...connected, field: { field_label: module } },
    };
  }
  return {
    field_label: attempt.workingLabel,
    ...(withApiName ? { api_name: field.api_name } : {}),
    data_type: field.data_type,
    ...declared,
  };
}

/** Zoho knows profiles and global picklists by id in a create body; the name was for people. */
function withoutName(value: Json, name: string): Json {
  if (!isObject(value) || property(value, 'id') === undefined) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}
