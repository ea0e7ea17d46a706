import type { Changes, FieldChange } from '../../diff/changes.ts';
import type { Origins } from '../../diff/origin.ts';
import type { Diagnostic } from '../../model/problem.ts';
import type { Plan, PlanEntry } from '../../model/plan.ts';
import type { ApplyReport } from '../../apply/outcome.ts';
import { isToBeFinished } from '../../plan/earlier-runs.ts';
import { roomWords, countsText } from '../plan/totals.ts';
import { keyChangeWords } from '../diff/text.ts';
import { plainText, shorten, type Words } from './document.ts';
import { originWords, differenceWords } from './words.ts';
import { newsOf } from '../plan/document.ts';
import { notLiveWords, rehearsalWords, type PlanFacts } from '../plan/view.ts';
import { typeText } from './value-text.ts';
import { commandData, commandProperty } from './escape.ts';
import type { ApplyDocumentView } from '../apply/document.ts';
import { given } from '../../model/json.ts';

/** What a plan has to say about lines of the manifest; a summary comes last, so that there is always one. */
export function planAnnotations(plan: Plan, view: PlanFacts): readonly Annotation[] {
  const { target, origins, gaps, snapshot } = view;
  const file = plan.manifest.path;
  const entries = newsOf(plan.modules.flatMap((module) => module.entries));
  const room = roomWords(plan, target)
    .map(({ module, words }) => `\n${shorten(module)}: ${words}.`)
    .join('');
  return [
    ...(snapshot === undefined ? [] : [noticeAnnotation('Not live', notLiveWords(snapshot))]),
    ...entries.map((entry) => planAnnotation(entry, file, origins)),
    ...diagnosticAnnotations(gaps),
    ...(snapshot === undefined ? [] : diagnosticAnnotations(view.diagnostics)),
    {
      level: 'notice',
      title: `zoho-fields plan ${plan.plan_id}`,
      message: `${countsText(plan)}. Nothing was written.${room}`,
    },
  ];
}

function noticeAnnotation(title: string, words: Words): Annotation {
  return { level: 'warning', title, message: plainText(words), leads: true };
}

const NEWS = {
  create: { level: 'notice', words: ' will be created' },
  finish: { level: 'notice', words: ' will get its label' },
  drift: { level: 'warning', words: ' differs in Zoho' },
  conflict: { level: 'error', words: ': conflict' },
  in_sync: { level: 'notice', words: ' is as declared' },
} as const;

function planAnnotation(entry: PlanEntry, file: string, origins: Origins | undefined): Annotation {
  const { module, action, field, reasons, differences } = entry;
  const origin = origins?.get(entry);
  const whose = origin === undefined ? '' : ` (${originWords(origin)})`;
  const what = isToBeFinished(entry) ? 'finish' : action;
  const { level, words } = NEWS[what];
  return {
    level,
    file,
    line: field.line,
    column: field.column,
    title: `${module}.${field.api_name}${words}${whose}`,
    message: [
      ...(what === 'create'
        ? [`${typeText(field)}. The API name and the data type are permanent once it exists.`]
        : []),
      ...reasons.map(({ message, remedy }) => withRemedy(shorten(message), remedy && shorten(remedy))),
      ...differences.map((difference) => plainText(differenceWords(difference))),
      ...(what === 'drift' ? ['This tool never changes it.'] : []),
    ].join('\n'),
  };
}

function withRemedy(message: string, remedy: string | undefined): string {
  return remedy === undefined ? message : `${message}\nWhat to do: ${remedy}`;
}

/** What differs between two manifests, on the lines of the new one. */
export function diffAnnotations(changes: Changes): readonly Annotation[] {
  const { added, removed, changed } = changes.summary;
  return [
    ...changes.changes.flatMap((change) => diffAnnotation(change, changes.head.path)),
    {
      level: 'notice',
      title: 'zoho-fields diff',
      message: `${added} added, ${removed} removed, ${changed} changed in the manifest. Nothing is ever deleted in Zoho.`,
    },
  ];
}

function diffAnnotation(change: FieldChange, file: string): readonly Annotation[] {
  const cannot = change.differences.some((difference) => difference.permanent);
  const message = [
    ...change.differences.map((difference) => plainText(keyChangeWords(difference))),
    ...change.notes.filter((note) => note.grave || change.change !== 'changed').map((note) => note.message),
  ].join('\n');
  const place =
    change.head === undefined ? { file } : { file, line: change.head.line, column: change.head.column };
  const words = { added: 'was added', removed: 'was removed', changed: 'was changed' }[change.change];
  const title = `${change.module}.${change.api_name} ${words}`;
  return [
    { level: cannot ? 'warning' : 'notice', ...place, title, message: message === '' ? title : message },
  ];
}

/** Problems on their lines. */
export function diagnosticAnnotations(diagnostics: readonly Diagnostic[]): readonly Annotation[] {
  return diagnostics.map(({ severity, code, message, remedy, file, line, column }) => ({
    level: severity,
    ...given({ file, line, column }),
    title: code,
    message: withRemedy(message, remedy),
  }));
}

/** What became of the fields of an apply that were not simply created, and every problem. */
export function applyAnnotations(
  { manifest }: Plan,
  { fields, problem }: ApplyReport,
  { rehearsal, diagnostics }: ApplyDocumentView,
): readonly Annotation[] {
  const remarkable = fields.filter(({ outcome }) => outcome === 'failed' || outcome === 'created_differs');
  return [
    ...(rehearsal === undefined ? [] : [noticeAnnotation('Rehearsal', rehearsalWords(rehearsal.snapshot))]),
    ...remarkable.map(({ entry, outcome, code, objection, reasons, differences }) => ({
      level: outcome === 'failed' ? ('error' as const) : ('warning' as const),
      file: manifest.path,
      line: objection?.line ?? entry.field.line,
      column: objection?.column ?? entry.field.column,
      title: `${entry.module}.${entry.field.api_name}: ${outcome === 'failed' ? `failed (${code ?? 'unknown'})` : 'created, but not as declared'}`,
      message: [
        ...reasons.map((reason) => shorten(reason.message)),
        ...differences.map((difference) => plainText(differenceWords(difference))),
      ].join('\n'),
    })),
    ...diagnosticAnnotations([...diagnostics, ...(problem?.diagnostics ?? [])]),
  ];
}

/** A remark on a line of a file of a pull request. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  readonly column?: number;
  /** True for what has to be read before all others, whatever their levels. */
  readonly leads?: true;
}

/** GitHub shows so many of each level in one step and silently drops the others. */
const SHOWN_PER_LEVEL = 10;

/**
 * Remarks as commands to a GitHub runner, one a line. Where there are more of a level than GitHub shows, the last one
 * that it shows says how many are missing.
 */
export function github(annotations: readonly Annotation[]): string {
  const kept = (['error', 'warning', 'notice'] as const).flatMap((level) =>
    shownOf(annotations.filter((one) => one.level === level)),
  );
  const inOrder = [...kept.filter(({ leads }) => leads), ...kept.filter(({ leads }) => leads !== true)];
  return inOrder.map((one) => `${command(one)}\n`).join('');
}

/** Of too many the first ones and, as a notice without a line often is, the very last. */
function shownOf(all: readonly Annotation[]): readonly Annotation[] {
  const last = all.at(-1);
  if (all.length <= SHOWN_PER_LEVEL || last === undefined) return all;
  const left = all.length - SHOWN_PER_LEVEL + 1;
  if (last.file === undefined) {
    const missing = `${left} more are not shown as annotations.`;
    return [...all.slice(0, SHOWN_PER_LEVEL - 1), { ...last, message: `${last.message} ${missing}` }];
  }
  const note = {
    level: last.level,
    title: 'zoho-fields',
    message: `And ${left} more, not shown as annotations.`,
  };
  return [...all.slice(0, SHOWN_PER_LEVEL - 1), note];
}

function command({ level, file, line, column, title, message }: Annotation): string {
  const place =
    file === undefined || file === '-'
      ? []
      : [
          `file=${commandProperty(shorten(file, 1000))}`,
          ...(line === undefined ? [] : [`line=${line}`]),
          ...(column === undefined ? [] : [`col=${column}`]),
        ];
  const properties = [...place, `title=${commandProperty(shorten(title, 200))}`].join(',');
  return `::${level} ${properties}::${commandData(shorten(message, 4000))}`;
}
