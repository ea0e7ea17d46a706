import type { Origin } from '../../diff/origin.ts';
import type { OptionOrder, OptionChanges, OptionValue } from '../../diff/changes.ts';
import { alteredKeys, compareOptions } from '../../diff/changes.ts';
import { contrasted, contrastedTexts, look, exactText } from './value-text.ts';
import { data, joined, type Words, shorten, type Piece } from './document.ts';
import type { Difference, PlanEntry } from '../../model/plan.ts';

const KEY_WORDS: Readonly<Record<string, string>> = {
  api_name: 'API name',
  data_type: 'data type',
  field_label: 'label',
  pick_list_values: 'options',
  textarea: 'kind',
  global_picklist: 'global list',
  decimal_place: 'decimals',
  colour_code: 'colour',
  reference_value: 'name for integrations',
  create: 'may be created',
};

/** Zoho's key in an admin's words, where its own name does not say it. Not escaped: a key may be anyone's text. */
export function keyWords(key: string): string {
  return Object.hasOwn(KEY_WORDS, key) ? (KEY_WORDS[key] ?? key) : key;
}

const WORDS: Readonly<Record<Origin, string>> = {
  this_change: 'this change',
  already_waiting: 'already waiting',
  changed_in_zoho: 'changed in Zoho',
};

/** Whose doing a row is, in words. */
export function originWords(origin: Origin): string {
  return WORDS[origin];
}

/** Lists stay short enough to be read; the whole list is in the JSON. */
const MOST = 12;

/** What became of the options of a picklist from one version of a manifest to the next. */
export function changedOptions(changes: OptionChanges, order: OptionOrder | undefined): Words {
  const name = namesApart(changes);
  return joined([
    ...some('added ', changes.added, name),
    ...some('removed ', changes.removed, name),
    ...renamed('renamed', changes, (was, is) => [was, ' now shown as ', is]),
    ...some('moved ', order?.moved ?? [], name),
    ...(order?.isNewOrder === true ? [['order changed']] : []),
    ...altered('altered', changes, name, (was, is) => [was, ' → ', is]),
  ]);
}

/** How the options that a manifest declares differ from those that Zoho has; nothing of it will be done. */
export function differingOptions(changes: OptionChanges): Words {
  const name = namesApart(changes);
  return joined([
    ...some('not in Zoho: ', changes.added, name),
    ...some('only in Zoho: ', changes.removed, name),
    ...renamed('shown otherwise', changes, (live, want) => ['shown in Zoho as ', live, ' instead of ', want]),
    ...altered('otherwise', changes, name, (live, want) => ['manifest ', want, ', Zoho ', live]),
  ]);
}

/** Two versions of a text of one option, side by side. */
type Beside = (before: Piece, after: Piece) => Words;

function renamed(what: string, changes: OptionChanges, words: Beside): readonly Words[] {
  return each(what, changes.renamed, ({ before, after }) => {
    const [was, is] = contrastedTexts(before.display_value, after.display_value);
    return words(data(was), data(is));
  });
}

/** The other keys of an option, such as its colour. */
function altered(
  what: string,
  changes: OptionChanges,
  name: (option: OptionValue) => string,
  words: Beside,
): readonly Words[] {
  return each(what, changes.altered, ({ before, after }) => {
    const parts = alteredKeys(before, after).map((key): Words => {
      const [was, is] = contrasted(key, before.rest[key] ?? null, after.rest[key] ?? null);
      return [`${keyWords(key)} `, ...words(data(was), data(is))];
    });
    return [data(name(after)), ': ', ...parts.flatMap((part, at) => (at === 0 ? part : [', ', ...part]))];
  });
}

function some(
  words: string,
  options: readonly OptionValue[],
  name: (option: OptionValue) => string,
): readonly Words[] {
  if (options.length === 0) return [];
  const shown = options
    .slice(0, MOST)
    .flatMap((option, index): Words => [index === 0 ? words : ', ', data(name(option))]);
  return [options.length > MOST ? [...shown, `, … (${options.length} in all)`] : shown];
}

interface Change {
  readonly before: OptionValue;
  readonly after: OptionValue;
}

function each(what: string, pairs: readonly Change[], words: (pair: Change) => Words): readonly Words[] {
  const shown = pairs.slice(0, MOST).map((pair) => words(pair));
  return pairs.length > MOST ? [...shown, [`… (${pairs.length} ${what} in all)`]] : shown;
}

/**
 * Names options by what people see, with what is stored where that is another text. One that came and one that went may
 * look the same: those are written out.
 */
function namesApart({ added, removed }: OptionChanges): (option: OptionValue) => string {
  const names = new Map<OptionValue, string>();
  const gone = new Map(removed.map((option) => [look(optionText(option)), option]));
  for (const option of added) {
    const other = gone.get(look(optionText(option)));
    if (other === undefined) continue;
    const [is, was] = contrastedTexts(optionText(option), optionText(other));
    names.set(option, is).set(other, was);
  }
  return (option) => names.get(option) ?? exactText(optionText(option), 120);
}

function optionText({ display_value, actual_value }: OptionValue): string {
  return display_value === actual_value ? display_value : `${display_value} (stored as ${actual_value})`;
}

/** The differences that no reason has told already: another data type comes with one that names both. */
export function untold({
  differences,
  reasons,
}: Pick<PlanEntry, 'differences' | 'reasons'>): readonly Difference[] {
  return differences.filter(({ key }) => reasons.length === 0 || key !== 'data_type');
}

/** What a declared key and a live one differ in, with both values; of options only those that differ. */
export function differenceWords({ key, want, live, permanent }: Difference): Words {
  if (key === 'pick_list_values') {
    return [`${keyWords(key)}: `, ...differingOptions(compareOptions(live, want))];
  }
  const [declared, found] = contrasted(key, want, live);
  return [
    `${keyWords(shorten(key, 60))}: manifest `,
    data(declared, 300),
    ', Zoho ',
    data(found, 300),
    ...(permanent ? [' (permanent)'] : []),
  ];
}
