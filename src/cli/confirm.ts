import { count } from '../model/count.ts';
import type { Plan } from '../model/plan.ts';
import { permanentKeys } from '../plan/compare.ts';
import { workOf } from '../plan/earlier-runs.ts';
import { visible } from '../model/visible.ts';
import { usableWidth, wrap } from '../report/media/layout.ts';
import { ownerText, type Target } from '../report/plan/view.ts';
import type { Io } from '../machine/io.ts';

/**
 * Asks a person on a terminal, naming what cannot be undone.
 * @returns true only for a typed yes; whatever else is typed, or closing the input, is no.
 */
export async function confirmApply(plan: Plan, target: Target, io: Io): Promise<boolean> {
  const work = workOf(plan);
  const creates = work.filter((entry) => entry.action === 'create');
  const unfinished = work.length - creates.length;
  const choices = creates.reduce((sum, entry) => sum + 2 + permanentKeys(entry.field).length, 0);
  const modules = [...new Set(work.map((entry) => visible(entry.module)))].join(', ');
  const where = visible(ownerText(target));
  const finishing = `sets the label of ${count(unfinished, 'field')} that an earlier run created`;
  const told = [
    creates.length === 0
      ? `This ${finishing}, in ${modules} of ${where}. It creates no field.`
      : `This creates ${count(creates.length, 'field')} in ${modules} of ${where}.`,
    ...(creates.length > 0 && unfinished > 0 ? [`It ${finishing}.`] : []),
    ...(choices > 0
      ? [
          `${count(choices, 'choice')} cannot be undone: API names, data types and whatever else is marked permanent above.`,
        ]
      : []),
    'This tool never deletes a field.',
  ];
  const width = usableWidth(io.stderr.columns);
  io.stderr.write(`\n${told.flatMap((line) => wrap(line, width, 0)).join('\n')}\n`);
  const answer = await io.stdin.ask({ message: 'Type yes to create, anything else to stop:' });
  return answer?.trim().toLowerCase() === 'yes';
}

/** Piped input is never consent (contract §6): only a person at a terminal can be asked. */
export function canAsk(io: Io): boolean {
  return io.stdin.isTTY && io.stderr.isTTY;
}
