import { labelPattern } from '../model/data-types.ts';
import type { LiveField } from '../model/live-field.ts';
import type { DesiredField } from '../model/manifest.ts';
import type { Reason } from '../model/plan.ts';
import { labelsOf } from './naming.ts';
import { gistOf, likeness, type Gist } from './similar-names.ts';

/** More than this is a list that nobody reads. */
const most = 3;

/**
 * Finds, for a field that is about to be created, live fields that may be meant.
 *
 * Fields that the manifest names are no lookalikes: whoever wrote it knows them. It is a warning, never an obstacle.
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
