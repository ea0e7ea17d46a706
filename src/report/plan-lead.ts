import type { Origins } from '../diff/origin.ts';
import type { Plan, PlanEntry } from '../model/plan.ts';
import { permanentKeys } from '../plan/compare.ts';
import { isToBeFinished } from '../plan/unfinished.ts';
import { strong, type Words } from './document.ts';
import { keyWords } from './key-words.ts';
import { count } from './layout.ts';
import type { Target } from './plan-view.ts';
import { whereWords } from './target-words.ts';

/**
 * What a plan means in a few sentences, for somebody who administers a CRM: what appears where, what cannot be undone,
 * and who will see it.
 * @param origins given where the plan is about a change under review.
 */
export function planLead(plan: Plan, target: Target, origins: Origins | undefined): readonly Words[] {
  const entries = plan.modules.flatMap((module) => module.entries);
  const creates = entries.filter((entry) => entry.action === 'create');
  const rows = { entries, creates, origins };
  return [
    ...conflictSentence(rows),
    [...createSentence(rows), ...whereWords(moduleNames(plan, creates), target), ...counts(rows)],
    permanentSentence(rows),
    audienceSentence(rows),
    ...finishSentence(rows),
  ];
}

interface Rows {
  readonly entries: readonly PlanEntry[];
  readonly creates: readonly PlanEntry[];
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
  const others = origins !== undefined && conflicts.every((entry) => origins.get(entry) !== 'this_change');
  const whose = others
    ? ` (not because of this change: ${conflicts.length === 1 ? 'it was' : 'they were'} so before)`
    : '';
  return [
    [
      strong(`${count(conflicts.length, 'field')} cannot be had as declared`),
      `${whose}, so applying creates nothing at all until that is settled: the table says why, and what to do.`,
    ],
  ];
}

/** Up to the place; {@link counts} says whose the fields are. */
function createSentence({ entries, creates, origins }: Rows): Words {
  const blocked = entries.some((entry) => entry.action === 'conflict');
  const fields = strong(count(creates.length, 'new field'));
  if (creates.length === 0) {
    return origins === undefined
      ? [strong('Nothing has to be created'), ' in ']
      : ['Merging this ', strong('creates nothing'), ' in '];
  }
  if (blocked) return ['Once it is settled, applying adds ', fields, ' to '];
  return [
    origins === undefined ? 'Applying this plan adds ' : 'Merging and applying this adds ',
    fields,
    ' to ',
  ];
}

function counts({ creates, origins }: Rows): Words {
  const unharmed = '; nothing that is there is changed or deleted.';
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

function permanentSentence({ entries, creates }: Rows): Words {
  if (creates.length > 0) {
    const extra = creates.flatMap((entry) => permanentKeys(entry.field));
    const kinds = [...new Set(extra)].map((key) => keyWords(key));
    const more = kinds.length === 0 ? '' : `, and where it is declared also the ${kinds.join(', ')}`;
    return [
      strong(`${count(creates.length * 2 + extra.length, 'choice')} are permanent`),
      `: the API name and the data type of ${creates.length === 1 ? 'the field' : 'each field'}${more}. Changing the file later cannot change them any more.`,
    ];
  }
  const drift = entries.filter((entry) => entry.action === 'drift' && !isToBeFinished(entry)).length;
  if (drift === 0) return ['No permanent choice is made.'];
  return [
    strong(count(drift, 'field differs', 'fields differ')),
    ` from what the file declares and ${drift === 1 ? 'is' : 'are'} left alone: somebody has to change Zoho, or write into the file what Zoho has.`,
  ];
}

function audienceSentence({ creates }: Rows): Words {
  if (creates.length === 0) return ['Nobody will see anything new.'];
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
function finishSentence({ entries }: Rows): readonly Words[] {
  const count = entries.filter((entry) => isToBeFinished(entry)).length;
  if (count === 0) return [];
  const fields = strong(count === 1 ? '1 field gets its label' : `${count} fields get their labels`);
  return [
    [
      fields,
      ': an interrupted run of this tool created ',
      count === 1 ? 'it' : 'them',
      ' and went no further.',
    ],
  ];
}
