import { count } from '../../model/count.ts';
import { CUSTOM_FIELDS, type Capacity } from '../../model/limits.ts';
import type { Plan, ModulePlan } from '../../model/plan.ts';
import { nounOf, overflow } from '../../plan/capacity.ts';
import { data, listed, shorten, type Words } from '../media/document.ts';
import type { Target } from './view.ts';

/** How full modules are, in words. */

/** `148 of 155 custom fields`; the number alone where the limit is not known. */
export function takenWords({ kind, used, limit }: Capacity): string {
  return limit === null ? count(used, nounOf(kind)) : `${used} of ${count(limit, nounOf(kind))}`;
}

/** `154 of 155 custom fields, this plan +4: 3 do not fit`, for each kind that a reviewer has to know of. */
export function roomWords(
  { modules }: Pick<Plan, 'modules'>,
  { organisation }: Pick<Target, 'organisation'>,
): readonly { readonly module: string; readonly words: string }[] {
  return modules.flatMap(({ module, capacity }) =>
    capacity
      .filter((one) => matters(one))
      .map((one) => ({
        module,
        words: `${takenWords(one)}, this plan +${one.add}${restOf(one, organisation)}`,
      })),
  );
}

/** What fits into a module of every edition is not worth a line, and of the smaller kinds only what does not fit. */
function matters(capacity: Capacity): boolean {
  const { kind, used, add, limit } = capacity;
  if (add === 0) return false;
  if (overflow(capacity) > 0) return true;
  return kind === 'custom' && (limit !== null || used + add > CUSTOM_FIELDS.least);
}

function restOf(capacity: Capacity, organisation: Target['organisation']): string {
  const over = overflow(capacity);
  if (capacity.limit !== null) return over === 0 ? '' : `: ${over} ${over === 1 ? 'does' : 'do'} not fit`;
  const why =
    organisation === undefined
      ? 'it takes the scope ZohoCRM.org.READ, or ZOHO_CUSTOM_FIELD_LIMIT'
      : "no page of Zoho's names the limit of this edition; set ZOHO_CUSTOM_FIELD_LIMIT if you know it";
  return `; how many fit is not known: ${why}`;
}

/** Where new fields of a module appear, and where an admin has to add them; nothing where there is one layout only. */
export function landingWords({ module, landing }: ModulePlan): readonly Words[] {
  if (landing === undefined) return [];
  const { layout, others } = landing;
  const name = shorten(module, 60);
  const shown = others.slice(0, MOST).map((name) => data(name, 60));
  const rest = others.length - shown.length;
  const names = rest === 0 ? listed(shown) : [...listed(shown.slice(0, -1)), ...more(shown.at(-1), rest)];
  const only: Words =
    layout === undefined ? [' only, and these are its layouts: '] : [' ', data(layout, 60), '; '];
  return [
    [
      `In ${name} new fields land in the ${layout === undefined ? 'standard layout' : 'layout'}`,
      ...only,
      ...names,
      layout === undefined ? '. Add them to the others under ' : ' will not have them: add them there under ',
      `Setup > Customization > Modules and Fields > ${name} > Layouts.`,
    ],
  ];
}

/** More layouts than this are a list that nobody reads. */
const MOST = 5;

function more(last: Words[number] | undefined, rest: number): Words {
  return [...(last === undefined ? [] : [', ', last]), ` and ${count(rest, 'other')}`];
}
