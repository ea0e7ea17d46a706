import { count } from '../../model/count.ts';
import type { Origins } from '../../diff/origin.ts';
import type { Plan, PlanEntry } from '../../model/plan.ts';
import { permanentKeys } from '../../plan/compare.ts';
import { isToBeFinished } from '../../plan/earlier-runs.ts';
import { roomWords, landingWords } from './totals.ts';
import { data, strong, type Words } from '../media/document.ts';
import { keyWords } from '../media/words.ts';
import { whereWords, type SnapshotView, type Target } from './view.ts';

/**
 * What a plan means in a few sentences, for someone who administers a CRM: what appears where, what cannot be undone,
 * and who will see it.
 */
export function planLead(plan: Plan, { target, origins, snapshot }: LeadView): readonly Words[] {
  const entries = plan.modules.flatMap((module) => module.entries);
  const creates = entries.filter((entry) => entry.action === 'create');
  const unfinished = entries.filter((entry) => isToBeFinished(entry));
  const drift = entries.filter((entry) => entry.action === 'drift' && !isToBeFinished(entry));
  const rows = { entries, creates, unfinished, drift, origins, isLive: snapshot === undefined };
  return [
    ...conflictSentence(rows),
    [...createSentence(rows), ...whereWords(moduleNames(plan, creates), target), ...counts(rows)],
    ...roomSentences(plan, target),
    ...finishSentence(rows),
    ...driftSentence(rows),
    ...permanentSentence(rows),
    audienceSentence(rows),
    ...plan.modules.flatMap((module) => landingWords(module)),
  ];
}

/** What the sentences rest on beside the plan. */
interface LeadView {
  readonly target: Target;
  /** Given where the plan is about a change under review. */
  readonly origins?: Origins;
  readonly snapshot?: SnapshotView;
}

interface Rows {
  readonly isLive: boolean;
  readonly entries: readonly PlanEntry[];
  readonly creates: readonly PlanEntry[];
  readonly unfinished: readonly PlanEntry[];
  readonly drift: readonly PlanEntry[];
  readonly origins: Origins | undefined;
}

function moduleNames(plan: Plan, creates: readonly PlanEntry[]): readonly string[] {
  const touched = plan.modules.map((module) => module.module);
  return creates.length === 0
    ? touched
    : touched.filter((module) => creates.some((entry) => entry.module === module));
}

function conflictSentence({ entries, origins }: Rows): readonly Words[] {
  const conflicts = entries.filter((entry) => entry.action === 'conflict');
  if (conflicts.length === 0) return [];
  return [
    [
      strong(`${count(conflicts.length, 'field')} cannot be made as declared`),
      `${notByThis(conflicts, origins)}, so applying creates nothing at all until that is settled: the table says why, and what to do.`,
    ],
  ];
}

/** A remark where none of these fields is so because of the change under review. */
function notByThis(entries: readonly PlanEntry[], origins: Origins | undefined): string {
  if (origins === undefined || entries.some((entry) => origins.get(entry) === 'this_change')) return '';
  return ` (not because of this change: ${entries.length === 1 ? 'it was' : 'they were'} so before)`;
}

/** Up to the place; {@link counts} says whose the fields are. */
function createSentence({ entries, creates, origins, isLive }: Rows): Words {
  const blocked = entries.some((entry) => entry.action === 'conflict');
  const fields = strong(count(creates.length, 'new field'));
  if (creates.length === 0) {
    return origins === undefined
      ? [strong('Nothing has to be created'), ' in ']
      : ['Merging this ', strong('creates nothing'), ' in '];
  }
  if (blocked) return ['Once it is settled, applying adds ', fields, ' to '];
  return [
    origins !== undefined
      ? 'Merging and applying this adds '
      : isLive
        ? 'Applying this plan adds '
        : 'As far as the snapshot tells, applying the manifest adds ',
    fields,
    ' to ',
  ];
}

function counts({ creates, unfinished, origins }: Rows): Words {
  const unharmed =
    unfinished.length === 0
      ? '; nothing that is there is changed or deleted.'
      : '; of what is there only what an interrupted run of this tool began is finished, and nothing is deleted.';
  if (origins === undefined || creates.length === 0) return [unharmed];
  const mine = creates.filter((entry) => origins.get(entry) === 'this_change').length;
  if (mine === creates.length) return [unharmed];
  const waiting = creates.length - mine;
  const were = waiting === 1 ? 'was' : 'were';
  return mine === 0
    ? [
        `, ${creates.length === 1 ? 'which was' : 'all of which were'} waiting already before this change${unharmed}`,
      ]
    : [`: ${mine} by this change, and ${waiting} that ${were} waiting already before it${unharmed}`];
}

/** What the manifest asks for and Zoho has otherwise. */
function driftSentence({ drift, origins }: Rows): readonly Words[] {
  if (drift.length === 0) return [];
  return [
    [
      strong(count(drift.length, 'field differs', 'fields differ')),
      ` from what the file declares${notByThis(drift, origins)} and ${drift.length === 1 ? 'is' : 'are'} left alone: someone has to change Zoho, or write into the file what Zoho has.`,
    ],
  ];
}

function permanentSentence({ creates, drift }: Rows): readonly Words[] {
  if (creates.length > 0) {
    const extra = creates.flatMap((entry) => permanentKeys(entry.field));
    const kinds = [...new Set(extra)].map((key) => keyWords(key));
    const more = kinds.length === 0 ? '' : `, and where it is declared also the ${kinds.join(', ')}`;
    return [
      [
        strong(`${count(creates.length * 2 + extra.length, 'choice')} are permanent`),
        `: the API name and the data type of ${creates.length === 1 ? 'the field' : 'each field'}${more}. Changing the file later cannot change them any more.`,
      ],
    ];
  }
  return drift.length === 0 ? [['No permanent choice is made.']] : [];
}

function roomSentences(plan: Plan, target: Target): readonly Words[] {
  return roomWords(plan, target).map(({ module, words }): Words => [data(module), `: ${words}.`]);
}

function audienceSentence({ creates, unfinished }: Rows): Words {
  if (creates.length === 0) {
    return [unfinished.length === 0 ? 'Nobody will see anything new.' : 'Nobody will see a new field.'];
  }
  const limited = creates.filter((entry) => Object.hasOwn(entry.field.declared, 'profiles')).length;
  const one = creates.length === 1;
  if (limited === 0) {
    return [
      strong('Everyone'),
      ` who works with the module will see ${one ? 'it' : 'them'} in the standard layout, and can edit ${one ? 'it' : 'them'}.`,
    ];
  }
  if (limited === creates.length) {
    return [
      `Who sees and edits ${one ? 'it' : 'them'} is `,
      strong('limited by profile'),
      ', as the details say.',
    ];
  }
  return [
    strong('Everyone'),
    ` who works with the module will see ${creates.length - limited} of them in the standard layout and can edit ${creates.length - limited === 1 ? 'it' : 'them'}; ${count(limited, 'field is', 'fields are')} limited by profile, as the details say.`,
  ];
}

/** The one thing that applying does to a field that is there: one that this tool made and could not finish. */
function finishSentence({ unfinished }: Rows): readonly Words[] {
  if (unfinished.length === 0) return [];
  const isOne = unfinished.length === 1;
  return [
    [
      strong(isOne ? '1 field gets its label' : `${unfinished.length} fields get their labels`),
      `: an interrupted run of this tool created ${isOne ? 'it' : 'them'} and went no further.`,
    ],
  ];
}
