import { distance } from 'fastest-levenshtein';
import { labelPattern } from '../model/data-types.ts';
import type { LiveField } from '../model/live-field.ts';
import type { DesiredField } from '../model/manifest.ts';
import type { Reason } from '../model/plan.ts';
import { labelsOf } from './creation-label.ts';

/** More than this is a list that nobody reads. */
const most = 3;

/**
 * Finds, for a field that is about to be created, live fields that may be meant.
 *
 * Fields that the manifest names are no lookalikes: its author knows them. It is a warning, never an obstacle.
 * @param live every field of the module.
 * @param named the API names that the manifest declares.
 */
export function lookalikeFinder(
  live: readonly LiveField[],
  named: ReadonlySet<string>,
): (desired: DesiredField) => readonly Reason[] {
  let known: readonly Known[] | undefined;
  return (desired) => {
    // Most plans create nothing: then nothing is prepared.
    known ??= live
      .filter((field) => !named.has(field.api_name))
      .map((field) => ({ field, gists: gistsOf([field.field_label, field.display_label, field.api_name]) }));
    const wish = gistsOf([desired.field_label ?? desired.api_name, desired.api_name]);
    return known
      .flatMap(({ field, gists }) => {
        const nearest = nearestOf(wish, gists);
        return nearest === Infinity ? [] : [{ field, nearest }];
      })
      .sort((a, b) => a.nearest - b.nearest || (a.field.api_name < b.field.api_name ? -1 : 1))
      .slice(0, most)
      .map(({ field }) => lookalike(field));
  };
}

interface Known {
  readonly field: LiveField;
  readonly gists: readonly Gist[];
}

function gistsOf(names: readonly string[]): readonly Gist[] {
  const gists = new Map(names.map((name) => [name, gistOf(name)]));
  const distinct = new Map([...gists.values()].map((gist) => [`${gist.stem} ${gist.tail}`, gist]));
  return [...distinct.values()].filter((gist) => gist.stem !== '');
}

/** Infinity where no two of them are alike. */
function nearestOf(wish: readonly Gist[], gists: readonly Gist[]): number {
  let nearest = Infinity;
  for (const a of wish) {
    for (const b of gists) nearest = Math.min(nearest, likeness(a, b) ?? Infinity);
  }
  return nearest;
}

function lookalike(field: LiveField): Reason {
  const kind = `${field.custom ? 'custom' : 'standard'} field ${labelsOf(field)}, ${field.data_type}`;
  const unused = field.used ? '' : ', unused: in no layout';
  return {
    code: 'lookalike',
    notice: true,
    message: `It looks like existing \`${field.api_name}\` (${kind}${unused}).`,
    remedy: field.used
      ? 'If that is the field you mean, declare it instead of a new one.'
      : 'If that is the field you mean, drag it back into a layout in Zoho (Setup > Modules and Fields), and declare it instead of a new one.',
    stanza: adoption(field),
  };
}

/** The stanza that adopts a field as it is: one line, so that it can be copied from anywhere. */
function adoption({ api_name, display_label, data_type }: LiveField): string {
  const label = display_label.trim();
  const keys = [
    `api_name: ${plain(api_name)}`,
    ...(label !== '' && LABEL.test(label) ? [`field_label: ${plain(label)}`] : []),
    `data_type: ${plain(data_type)}`,
    'create: false',
  ];
  return `- {${keys.join(', ')}}`;
}

const LABEL = new RegExp(labelPattern, 'u');

/** JSON is YAML; words that nothing can misread need no quotes. */
function plain(text: string): string {
  const isWord = /^[A-Za-z][A-Za-z0-9_]+(?: [A-Za-z0-9_]+)*$/u.test(text);
  const isAmbiguous = /^(?:yes|no|on|off|true|false|null|nan|inf)$/iu.test(text);
  return isWord && !isAmbiguous ? text : JSON.stringify(text);
}

/** A name as a reader remembers it: without case, accents, blanks, underscores and other signs. */
interface Gist {
  /** Letters and digits, the plural's ending and trailing digits taken off. */
  readonly stem: string;
  /** The digits at the end, which Zoho appends to a name that is taken (sheet §3.6). */
  readonly tail: string;
  /** All other digits, in order: `Q1` and `Q2` are two things on purpose. */
  readonly digits: string;
}

/** What is left of a label or an API name when everything is taken off that people get wrong. */
export function gistOf(name: string): Gist {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{Nd}]/gu, '');
  const body = plain.replace(/\p{Nd}+$/u, '');
  const tail = plain.slice(body.length);
  // A name of digits alone is nothing but its digits.
  if (body === '') return { stem: plain, tail: '', digits: plain };
  return { stem: singular(body), tail, digits: body.replaceAll(/\P{Nd}/gu, '') };
}

/** English plurals, as far as their ending shows it. */
function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:s|x|z|ch|sh)es$/u.test(word)) return word.slice(0, -2);
  return word.length > 3 && /[^suio']s$/u.test(word) ? word.slice(0, -1) : word;
}

/** Labels and API names have 50 characters (sheet §3.3); looking for slips in far longer texts would take minutes. */
const COMPARED = 200;

/**
 * How far two names are apart: 0 where only what is taken off differs, 1 or 2 for slips of typing.
 * @returns `undefined` where they are not alike; short names have to be closer than long ones.
 */
export function likeness(a: Gist, b: Gist): number | undefined {
  // Two different numbers at the end count something: the second line of an address is not the first.
  if (a.digits !== b.digits || (a.tail !== '' && b.tail !== '' && a.tail !== b.tail)) return undefined;
  if (a.stem === b.stem) return 0;
  const shorter = Math.min(a.stem.length, b.stem.length);
  const most = shorter < 5 ? 0 : shorter < 10 ? 1 : 2;
  if (shorter > COMPARED || Math.abs(a.stem.length - b.stem.length) > most) return undefined;
  // Slips seldom hit the first letter; that keeps Billing and Mailing apart, and planning quick.
  if (a.stem[0] !== b.stem[0]) return undefined;
  const apart = distance(a.stem, b.stem);
  return apart <= most ? apart : undefined;
}
