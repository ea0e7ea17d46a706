import { count } from '../../model/count.ts';
import { summariseOutcomes, type ApplyReport, type FieldOutcome, type Outcome } from '../../apply/outcome.ts';
import type { Receipt } from '../../apply/receipt.ts';
import type { Diagnostic } from '../../model/problem.ts';
import type { Plan } from '../../model/plan.ts';
import { isWork } from '../../plan/earlier-runs.ts';
import { receiptFold } from './receipt.ts';
import { rehearsalBlocks, type RehearsalView } from './rehearsal.ts';
import { adviceAfter, outcomeCount } from './text.ts';
import {
  data,
  joined,
  paragraph,
  strong,
  type Block,
  type Document,
  type Tone,
  type Words,
  diagnosticTable,
  type Column,
  table,
  telling,
  moduleColumn,
  dataIf,
} from '../media/document.ts';
import { reasonWords, REMEDY } from '../plan/document.ts';
import { type Target, moduleNames, pageTitle, placeWords, rehearsalWords, whereWords } from '../plan/view.ts';
import { typeText } from '../media/value-text.ts';
import { differenceWords } from '../media/words.ts';

/** What an apply's document needs beside its report. */
export interface ApplyDocumentView {
  readonly target: Target;
  readonly diagnostics: readonly Diagnostic[];
  /** Of what was created. */
  readonly receipt?: Receipt | undefined;
  /** Where nothing of it was real. */
  readonly rehearsal?: RehearsalView;
}

/** What became of a plan, for those who reviewed it. */
export function applyDocument(plan: Plan, report: ApplyReport, view: ApplyDocumentView): Document {
  const wanted = report.fields.filter((field) => isWork(field.entry));
  const conflicts = report.fields.filter((field) => field.entry.action === 'conflict');
  const drift = report.fields.filter((field) => field.outcome === 'drift');
  const problems = [...view.diagnostics, ...(report.problem?.diagnostics ?? [])];
  const several = plan.modules.length > 1;
  const { receipt, rehearsal } = view;
  return {
    kind: 'apply',
    manifest: plan.manifest.path,
    // By a digest it is known which plan was applied, and of this one nothing was.
    ...(rehearsal === undefined ? { digest: plan.digest } : {}),
    title: pageTitle(
      `${rehearsal === undefined ? 'Applied' : 'Rehearsed'} ${plan.plan_id}`,
      moduleNames(plan),
      view.target,
    ),
    lead: [
      ...(rehearsal === undefined ? [] : [rehearsalWords(rehearsal.snapshot)]),
      ...lead(plan, report, view.target),
    ],
    blocks: [
      ...outcomes([...wanted, ...conflicts, ...drift], several),
      ...(problems.length === 0 ? [] : [diagnosticTable(problems)]),
      ...(receipt === undefined ? [] : [receiptFold(receipt, several)]),
      ...(rehearsal === undefined ? [] : rehearsalBlocks(rehearsal)),
    ],
    closing: [
      paragraph(
        'Plan ',
        data(plan.plan_id),
        ' of ',
        data(plan.manifest.path, 200),
        ...(receipt?.commit === undefined ? [] : [', commit ', data(receipt.commit)]),
        rehearsal === undefined ? ', applied ' : ', rehearsed ',
        ...(receipt === undefined ? [] : ['at ', data(receipt.at), ' ']),
        rehearsal === undefined ? 'to ' : 'in ',
        ...placeWords(view.target),
        '.',
      ),
    ],
  };
}

function lead(plan: Plan, report: ApplyReport, target: Target): readonly Words[] {
  const { failed } = summariseOutcomes(report.fields);
  const wanted = report.fields.filter((field) => isWork(field.entry));
  const left = wanted.filter((field) => field.outcome === 'not_attempted').length;
  const there = wanted.filter((field) => field.outcome === 'in_sync').length;
  const differing = outcomeCount(report, 'created_differs');
  const where = whereWords(
    plan.modules.map((module) => module.module),
    target,
  );
  const rest = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(left > 0 ? [`${left} ${left === 1 ? 'was' : 'were'} not attempted`] : []),
    ...(there > 0 ? [`${there} ${there === 1 ? 'was' : 'were'} there already, exactly as declared`] : []),
  ];
  const next = adviceAfter(report);
  return [
    [...doneWords(wanted), ' in ', ...where, `${rest.length === 0 ? '' : `; ${rest.join(', ')}`}.`],
    ...(differing === 0
      ? []
      : [
          [
            strong(`${count(differing, 'field')} ${differing === 1 ? 'is' : 'are'} not as declared`),
            ', although Zoho accepted it.',
          ],
        ]),
    ...otherwiseSentences(report),
    ...(next === undefined ? [] : [[next]]),
  ];
}

/** What was created, and apart from it what an earlier run had created and this one finished. */
function doneWords(wanted: readonly FieldOutcome[]): Words {
  const unfinished = wanted.filter((field) => field.entry.action !== 'create').length;
  const creates = wanted.length - unfinished;
  const { created, finished } = summariseOutcomes(wanted);
  const labelled = `${finished} of ${count(unfinished, 'unfinished field')} got ${finished === 1 ? 'its label' : 'their labels'}`;
  const made = `${created} of ${count(creates, 'field')} ${created === 1 ? 'was' : 'were'} created`;
  if (unfinished === 0) return [strong(made)];
  return creates === 0 ? [strong(labelled)] : [strong(made), ' and ', strong(labelled)];
}

/** What the manifest asks for and Zoho has otherwise; of what kept everything from being done the advice tells. */
function otherwiseSentences(report: ApplyReport): readonly Words[] {
  const drift = outcomeCount(report, 'drift');
  const conflicts = report.fields.filter((field) => field.entry.action === 'conflict').length;
  return [
    ...(conflicts === 0 || report.stoppedByConflicts
      ? []
      : [[strong(`${count(conflicts, 'field')} cannot be made as declared`), ': the table says why.']]),
    ...(drift === 0
      ? []
      : [[strong(count(drift, 'field differs', 'fields differ')), ' from what the file declares.']]),
  ];
}

const WORDS: Readonly<Record<Outcome, { readonly words: string; readonly tone: Tone }>> = {
  created: { words: '+ created', tone: 'good' },
  created_differs: { words: '~ not as declared', tone: 'warn' },
  failed: { words: '! failed', tone: 'bad' },
  finished: { words: '= finished', tone: 'good' },
  not_attempted: { words: '· not attempted', tone: 'plain' },
  drift: { words: '~ differs, left alone', tone: 'warn' },
  in_sync: { words: '= there already', tone: 'good' },
};

function outcomes(fields: readonly FieldOutcome[], several: boolean): readonly Block[] {
  if (fields.length === 0) return [];
  return [
    table('field', fields, ({ outcome }) => WORDS[outcome].tone, [
      ['What', ({ outcome }) => [WORDS[outcome].words]],
      ...moduleColumn(several).map(([head, cell]): Column<FieldOutcome> => [
        head,
        ({ entry }, at) => cell(entry, at),
      ]),
      ['Field', ({ entry }) => [data(entry.field.api_name)]],
      ['Type', ({ entry }) => [data(typeText(entry.field))]],
      ['Id in Zoho', ({ id }) => dataIf(id, 40)],
      ['To know', toKnow],
      ...telling(fields, [REMEDY]),
    ]),
  ];
}

function toKnow({ code, reasons, differences }: FieldOutcome): Words {
  return joined([
    ...(code === undefined ? [] : [['Zoho says ', data(code, 60)]]),
    ...reasons.map((reason) => reasonWords(reason)),
    ...differences.map((difference) => differenceWords(difference)),
  ]);
}
