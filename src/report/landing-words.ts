import type { ModulePlan } from '../model/plan.ts';
import { data, listed, type Words } from './document.ts';
import { count } from './layout.ts';

/** Where new fields of a module appear, and where an admin has to add them; nothing where there is one layout only. */
export function landingWords({ module, landing }: ModulePlan): readonly Words[] {
  if (landing === undefined) return [];
  const { layout, others } = landing;
  const shown = others.slice(0, MOST).map((name) => data(name, 60));
  const rest = others.length - shown.length;
  const names = rest === 0 ? listed(shown) : [...listed(shown.slice(0, -1)), ...more(shown.at(-1), rest)];
  const only: Words =
    layout === undefined ? [' only, and these are its layouts: '] : [' ', data(layout, 60), '; '];
  return [
    [
      'In ',
      data(module),
      ` new fields land in the ${layout === undefined ? 'standard layout' : 'layout'}`,
      ...only,
      ...names,
      layout === undefined ? '. Add them to the others under ' : ' will not have them: add them there under ',
      'Setup > Customization > Modules and Fields > ',
      data(module),
      ' > Layouts.',
    ],
  ];
}

/** More layouts than this are a list that nobody reads. */
const MOST = 5;

function more(last: Words[number] | undefined, rest: number): Words {
  return [...(last === undefined ? [] : [', ', last]), ` and ${count(rest, 'other')}`];
}
