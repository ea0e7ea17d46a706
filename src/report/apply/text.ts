import { count } from '../../model/count.ts';
import type { ApplyReport, FieldOutcome, Outcome } from '../../apply/outcome.ts';
import { isProven, summariseOutcomes } from '../../apply/outcome.ts';
import type { ApplyEvent } from '../../apply/ports.ts';
import { isWork } from '../../plan/earlier-runs.ts';
import { visible, visibleShort } from '../../model/visible.ts';
import { headline, keyed, wrap, type Style, type Look } from '../media/layout.ts';
import { DRIFT_ADVICE } from '../plan/totals.ts';
import { differenceLines, reasonLines } from '../plan/text.ts';
import type { Tone } from '../media/document.ts';

/** What happens while a plan is applied, a line per event; `undefined` for what nobody needs to read. */
export function eventText(event: ApplyEvent, style: Style): string | undefined {
  switch (event.type) {
    case 'sending':
      return `${creating(event)}: ${event.api_names.map((name) => visible(name)).join(', ')} …`;
    case 'accepted':
      return `  ${style.good('accepted')}  ${visible(event.api_name)}${event.id === undefined ? '' : `  id ${visibleShort(event.id, 40)}`}`;
    case 'refused':
      return `  ${style.bad('refused ')}  ${visible(event.api_name)}  ${visibleShort(event.refusal.code, 60)}: ${visibleShort(event.refusal.message)}`;
    case 'lost':
      return `  ${style.warn('no answer')} ${visibleShort(event.why)}. Waiting ${event.waitMs / 1000} s, then looking what is there.`;
    case 'without-api-name':
      return '  This Zoho does not take an API name with a new field: sending again without it.';
    case 'labelling':
      return `Setting ${count(event.count, 'label')} in ${visible(event.module)} …`;
    case 'reading-back':
      return `Reading ${visible(event.module)} back …`;
  }
}

/** What a person waits for until the next event; `undefined` where the next one follows at once. */
export function waitText(event: ApplyEvent): string | undefined {
  switch (event.type) {
    case 'sending':
      return creating(event);
    case 'lost':
      return `Settling: waiting ${event.waitMs / 1000} s, then looking what is there`;
    case 'labelling':
      return `Setting ${count(event.count, 'label')} in ${visible(event.module)}`;
    case 'reading-back':
      return `Reading ${visible(event.module)} back`;
    case 'accepted':
    case 'refused':
    case 'without-api-name':
      return undefined;
  }
}

function creating({ module, batch, batches }: Extract<ApplyEvent, { type: 'sending' }>): string {
  return batches === 1
    ? `Creating in ${visible(module)}`
    : `Creating batch ${batch} of ${batches} in ${visible(module)}`;
}

/** What became of every field, as a person reads it. */
export function applyText(report: ApplyReport, view: Look): string {
  // Drift and conflicts were shown with the plan.
  const told = report.fields.filter((field) => isWork(field.entry));
  const blocks = told.flatMap((field) => [...fieldLines(field, view), '']);
  return `${[...blocks, ...closing(report, view)].join('\n')}\n`;
}

/** How an outcome is told; behind what is not as it should be stands where it is declared. */
interface OutcomeWords {
  readonly sign: string;
  readonly tone: Tone;
  readonly words: string | ((field: FieldOutcome) => string);
  readonly isOdd?: true;
}

const OUTCOMES: Readonly<Record<Outcome, OutcomeWords>> = {
  created: {
    sign: '+',
    tone: 'good',
    words: (field) => (isProven(field) ? 'created, exactly as declared' : 'created, not read back'),
  },
  created_differs: { sign: '~', tone: 'warn', words: 'created, but not as declared', isOdd: true },
  failed: {
    sign: '!',
    tone: 'bad',
    words: ({ code }) => `failed: ${visibleShort(code ?? 'unknown', 60)}`,
    isOdd: true,
  },
  finished: {
    sign: '=',
    tone: 'good',
    words: (field) => (isProven(field) ? 'finished: its label is set' : 'finished, not read back'),
  },
  not_attempted: { sign: '·', tone: 'plain', words: 'not attempted' },
  drift: { sign: '~', tone: 'warn', words: 'differs, left alone', isOdd: true },
  in_sync: { sign: '=', tone: 'plain', words: 'there, exactly as declared' },
};

function fieldLines(field: FieldOutcome, view: Look): readonly string[] {
  const { style, width } = view;
  const { sign, tone, words, isOdd } = OUTCOMES[field.outcome];
  const title = `${style[tone](sign)} ${style.bold(visible(field.entry.field.api_name))}`;
  const pair = (key: string, text: string): readonly string[] => keyed(key, text, width, 6, 13);
  return [
    ...headline([title, style[tone](typeof words === 'string' ? words : words(field))], width, 2, 6),
    ...(field.id === undefined ? [] : pair('id', visibleShort(field.id, 40))),
    ...field.reasons.flatMap((reason) => reasonLines(reason, view)),
    ...differenceLines(field, view),
    ...(isOdd === true ? pair('declared at', `line ${field.entry.field.line} of the manifest`) : []),
  ];
}

function closing(report: ApplyReport, { style, width }: Look): readonly string[] {
  const { created, finished, failed, not_attempted, in_sync } = summariseOutcomes(report.fields);
  const differing = outcomeCount(report, 'created_differs');
  const drift = outcomeCount(report, 'drift');
  const asDeclared = differing === 0 ? '' : ` (${differing} of them not as declared)`;
  const done = `${created} created${asDeclared}${finished === 0 ? '' : `, ${finished} finished`}`;
  const left = drift === 0 ? '' : `, ${drift} ${drift === 1 ? 'differs' : 'differ'} (left alone)`;
  const counts = `${done}, ${failed} failed, ${not_attempted} not attempted, ${in_sync} in sync${left}.`;
  const lines = wrap(counts, width, 0).map((line) => style.bold(line));
  const next = adviceAfter(report);
  return next === undefined ? lines : [...lines, ...wrap(next, width, 0)];
}

/** What to do next, in one or two sentences; `undefined` where everything is done. */
export function adviceAfter(report: ApplyReport): string | undefined {
  const { created, finished, failed, not_attempted } = summariseOutcomes(report.fields);
  if (report.stoppedByConflicts) {
    return 'Nothing was created, because of the conflicts above. Resolve them, or run apply with --allow-conflicts to create the rest.';
  }
  if (report.interrupted) {
    return 'Interrupted: the request under way was finished and read back, and no other was sent. Run apply again for the rest.';
  }
  const open = report.fields.some((field) => isWork(field.entry) && field.outcome === 'not_attempted');
  if (failed > 0 || open) {
    return 'Correct what is named above and run apply again: it creates only what is still missing.';
  }
  if (outcomeCount(report, 'created_differs') > 0) {
    return 'Look at the fields that are not as declared before anyone enters data.';
  }
  if (outcomeCount(report, 'drift') > 0) return DRIFT_ADVICE;
  return created + finished + not_attempted === 0 ? 'Nothing to do: everything is as declared.' : undefined;
}

/** How many fields came to this. */
export function outcomeCount({ fields }: ApplyReport, outcome: Outcome): number {
  return fields.filter((field) => field.outcome === outcome).length;
}
