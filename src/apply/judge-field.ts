import { Problem } from '../model/problem.ts';
import { given } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import type { Difference, Reason } from '../model/plan.ts';
import { compareField } from '../plan/compare.ts';
import { duplicateReason, duplicatesOf } from '../plan/duplicates.ts';
import { isToBeFinished } from '../plan/earlier-runs.ts';
import type { Attempt } from './attempt.ts';
import { bearsOurLabel, findOurs, holderOf } from './find-ours.ts';
import { UNPROVEN, type FieldOutcome, objectionOf, objectionWords, type Objection } from './outcome.ts';
import type { Refusal } from './ports.ts';
import type { ReadBack } from './read-back.ts';

/**
 * What became of one field among its siblings, which are all of the module's attempts: the read-back decides, Zoho's answers only explain (sheet §0.3: the create response
 * never carries the API name).
 */
export function judgeField(
  attempt: Attempt,
  back: ReadBack | undefined,
  before: ReadonlySet<string>,
  siblings: readonly Attempt[],
): FieldOutcome {
  switch (attempt.state) {
    case 'waiting':
      return { ...base(attempt), outcome: 'not_attempted' };
    case 'unknown':
      return { ...base(attempt), outcome: 'failed', code: 'NO_ANSWER', reasons: [unknownFate(attempt)] };
    case 'refused':
      return judgeRefused(attempt, back, before);
    case 'accepted':
    case 'ours':
      return judgeCreated(attempt, back, before, siblings);
  }
}

function judgeCreated(
  attempt: Attempt,
  back: ReadBack | undefined,
  before: ReadonlySet<string>,
  siblings: readonly Attempt[],
): FieldOutcome {
  // What an earlier run created is not created by this one, whatever became of its label.
  const [done, short] = isToBeFinished(attempt.entry)
    ? (['finished', 'failed'] as const)
    : (['created', 'created_differs'] as const);
  const told = { ...base(attempt), ...given({ id: attempt.id }) };
  if (back === undefined || back instanceof Problem) {
    const reason = unproven(
      attempt,
      `, but reading it back failed${back === undefined ? '.' : `: ${back.message}`}`,
    );
    if (attempt.label === 'final') return { ...told, outcome: done, reasons: [reason] };
    if (done === 'created') return { ...told, outcome: short, reasons: [reason, withoutLabel(attempt)] };
    if (back === undefined) return { ...told, outcome: 'not_attempted' };
    return { ...told, outcome: short, code: labelCode(attempt), reasons: [reason] };
  }
  if (back.unproven.has(attempt)) {
    const reason = unproven(attempt, '; the run was stopped before Zoho showed all of it.');
    if (attempt.label === 'final' || done !== 'created') return { ...told, outcome: done, reasons: [reason] };
    return { ...told, outcome: short, reasons: [reason, withoutLabel(attempt)] };
  }
  const live = findOurs(attempt, back.live, before)?.field;
  if (live === undefined) {
    return { ...told, outcome: 'failed', code: 'NOT_VISIBLE', reasons: [notVisible(attempt, back.live)] };
  }
  const found = { ...base(attempt), id: live.id };
  const differences = [...nameDifference(attempt, live), ...compareField(attempt.entry.field, live)];
  const claimed = new Set([...before, ...siblings.map((one) => one.id)]);
  const duplicates = duplicatesOf(attempt.entry.field, live, back.index, {
    declared: attempt.declared,
    // An answer was lost, and there is a second field under the label that was sent: that one took effect too.
    isMade: (field) => attempt.isInDoubt && bearsOurLabel(field, attempt),
  }).filter((field) => !claimed.has(field.id));
  if (duplicates.length > 0) {
    const reasons = [duplicateReason(live, duplicates)];
    return { ...found, outcome: short, code: 'DUPLICATE_DETECTED', differences, reasons };
  }
  const reasons = [...(differences.length === 0 ? [] : [differs(attempt)]), ...allTheSame(attempt.refusal)];
  if (differences.length === 0 && live.used) return { ...found, outcome: done, reasons };
  const code = short === 'failed' ? { code: labelCode(attempt) } : {};
  const objection = labelObjection(attempt);
  return {
    ...found,
    outcome: short,
    ...code,
    ...given({ objection }),
    differences,
    reasons,
  };
}

function judgeRefused(
  attempt: Attempt,
  back: ReadBack | undefined,
  before: ReadonlySet<string>,
): FieldOutcome {
  const refusal = attempt.refusal ?? NO_ANSWER;
  const isRead = back !== undefined && !(back instanceof Problem);
  const live = isRead ? back.live : [];
  const isDuplicate = refusal.code === 'DUPLICATE_DATA';
  const holder = holderOf(attempt, live);
  if (attempt.isInDoubt && isDuplicate && holder === undefined) {
    // Taken by whom? By the one whose answer was lost, most likely, but nothing proves it.
    return {
      ...base(attempt),
      outcome: 'failed',
      code: isRead ? 'NOT_VISIBLE' : 'NO_ANSWER',
      reasons: [isRead ? notVisible(attempt, []) : unknownFate(attempt)],
    };
  }
  const fresh = live.find(
    (field) => field.api_name === attempt.entry.field.api_name && !before.has(field.id),
  );
  const differences = fresh === undefined ? [] : compareField(attempt.entry.field, fresh);
  if (fresh !== undefined && differences.length === 0) {
    return isDuplicate
      ? { ...base(attempt), id: fresh.id, outcome: 'in_sync', reasons: [createdMeanwhile()] }
      : { ...base(attempt), id: fresh.id, outcome: 'created', reasons: allTheSame(refusal) };
  }
  const isHidden = isDuplicate && isRead && holder === undefined && isAboutTheName(refusal);
  const objection = objectionOf(attempt.entry, refusal, attempt.workingLabel);
  const reason = refusedBy(refusal, objection);
  return {
    ...base(attempt),
    outcome: 'failed',
    code: refusal.code,
    ...given({ objection }),
    differences,
    reasons: [isHidden ? { ...reason, remedy: hiddenHolder(attempt) } : reason],
  };
}

const NO_ANSWER: Refusal = { code: 'NO_ANSWER', message: 'no answer' };

/** Options and related lists can be duplicates as well; those no list of fields would show. */
function isAboutTheName({ key, path = [] }: Refusal): boolean {
  return path.length < 2 && (key === undefined || key === 'api_name' || key === 'field_label');
}

function base(attempt: Attempt): Pick<FieldOutcome, 'entry' | 'differences' | 'reasons'> {
  return { entry: attempt.entry, differences: [], reasons: [] };
}

function nameDifference(attempt: Attempt, live: LiveField): readonly Difference[] {
  const want = attempt.entry.field.api_name;
  return live.api_name === want ? [] : [{ key: 'api_name', want, live: live.api_name, permanent: true }];
}

function refusedBy(refusal: Refusal, objection: Objection | undefined): Reason {
  if (refusal.code === 'NO_ANSWER') {
    return {
      code: 'no-answer',
      message: `Zoho gave no answer: ${refusal.message}.`,
      remedy: 'Run "zoho-fields plan" later: it shows whether the field was created after all.',
    };
  }
  const named = refusal.key === undefined ? '' : ` about "${refusal.key}"`;
  const key = objection === undefined ? named : ` about ${objectionWords(objection)}`;
  const facts = refusal.facts === undefined ? '' : ` (${refusal.facts})`;
  return {
    code: 'refused',
    message: `Zoho refused the field with ${refusal.code}${key}: ${refusal.message}${facts}`,
    ...given({ remedy: refusal.remedy }),
  };
}

/** Why a field is not finished: Zoho's code where it refused the label, or a word of ours. */
function labelCode({ labelRefusal, label }: Attempt): string {
  return labelRefusal?.code ?? (label === 'final' ? 'NOT_AS_DECLARED' : 'NO_ANSWER');
}

/** A request that sets labels can only be refused for one of them. */
function labelObjection({ entry, labelRefusal }: Attempt): Objection | undefined {
  if (labelRefusal === undefined) return undefined;
  return objectionOf(entry, { ...labelRefusal, path: ['field_label'] }, entry.field.field_label ?? '');
}

function differs(attempt: Attempt): Reason {
  const refusal = attempt.labelRefusal;
  const label = labelObjection(attempt);
  const was = isToBeFinished(attempt.entry) ? 'An earlier run created the field' : 'The field was created';
  return {
    code: 'created-differs',
    message:
      refusal === undefined
        ? `${was}, but in Zoho it is not as declared.`
        : `${was}, but Zoho refused its label with ${refusal.code}${label === undefined ? '' : ` about ${objectionWords(label)}`}: ${refusal.message}`,
    remedy:
      'Compare the values below. What is marked permanent can only be fixed by hand in Zoho, before data is in the field.',
  };
}

function createdMeanwhile(): Reason {
  return {
    code: 'created-meanwhile',
    message: 'Someone else created the field, exactly as declared, while this run was going on.',
  };
}

/** A lost answer, and the duplicate that its own field makes of a second try, explain themselves. */
function allTheSame(refusal: Refusal | undefined): readonly Reason[] {
  if (refusal === undefined || ['NO_ANSWER', 'DUPLICATE_DATA'].includes(refusal.code)) return [];
  const message = `Zoho answered with ${refusal.code}, and created the field all the same: it was not there before, and now it is.`;
  return [{ code: 'created-all-the-same', message }];
}

/** The list shows nobody who holds the name, so neither another plan nor another apply would tell more. */
function hiddenHolder({ entry, workingLabel }: Attempt): string {
  const { api_name } = entry.field;
  const names = api_name === workingLabel ? `"${api_name}"` : `"${api_name}" or "${workingLabel}"`;
  return `Zoho's list of fields shows nothing that holds ${names}, so applying again would end in the same way. Look in Zoho for what does: in Setup > Modules and Fields, among the module's unused and recently deleted fields and its related lists. Free the name there, or choose another api_name and field_label.`;
}

function unknownFate({ entry, refusal }: Attempt): Reason {
  const said =
    refusal === undefined ? `Zoho's answer was lost` : `Zoho denied the request with ${refusal.code}`;
  return {
    code: 'unknown',
    message: `${said} and its fields could not be read afterwards: ${entry.field.api_name} may exist or not.`,
    remedy: 'Run "zoho-fields plan" when Zoho can be reached again: it shows what is there.',
  };
}

/** What Zoho said about a field before it was read back. */
function saidOf(attempt: Attempt): string {
  if (!isToBeFinished(attempt.entry)) return 'Zoho said that it created the field';
  return attempt.label === 'final'
    ? 'Zoho said that it set the label'
    : 'Zoho did not say that it set the label';
}

function unproven(attempt: Attempt, why: string): Reason {
  return {
    code: UNPROVEN,
    message: `${saidOf(attempt)}${why}`,
    remedy: 'Run "zoho-fields plan" to see whether it is exactly as declared.',
  };
}

/** A label is only set on what a read has shown to be ours. */
function withoutLabel({ workingLabel, entry }: Attempt): Reason {
  return {
    code: 'label-missing',
    message: `It was created under the label "${workingLabel}", and "${entry.field.field_label ?? ''}" is not known to be set.`,
    remedy: 'Apply again: it sets the label once Zoho shows the field.',
  };
}

function notVisible(attempt: Attempt, live: readonly LiveField[]): Reason {
  const other = live.find((field) => field.api_name === attempt.entry.field.api_name);
  const beside =
    other === undefined ? '' : ` The field of that API name that it does list, ${other.id}, was left alone.`;
  const named = attempt.id ?? attempt.claim;
  const said = attempt.exists
    ? `it created the field${named === undefined ? '' : ` (id ${named})`}`
    : 'the field exists already, after an answer about it was lost';
  return {
    code: 'not-visible',
    message: `Zoho said that ${said}, but does not list it.${beside}`,
    remedy: attempt.exists
      ? 'Wait a few minutes and run "zoho-fields plan"; apply again only if the field is still missing then.'
      : `Wait a few minutes and run "zoho-fields plan". If the field is still missing then: ${hiddenHolder(attempt)}`,
  };
}
