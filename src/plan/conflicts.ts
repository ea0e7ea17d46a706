import { isObject, property, textOf, type Json, valueAt } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import type { DesiredField } from '../model/manifest.ts';
import type { Difference, Reason } from '../model/plan.ts';
import { fold, labelAtCreation, labelsOf, nameOfLabel } from './creation-label.ts';

/**
 * Everything in a live organisation that stands in the way of a declared field, each with what to do.
 *
 * All obstacles of a field are found, not only the first: the reader fixes them in one go.
 */

/** Obstacles for a field that exists under its API name. */
export function conflictsInKeeping(
  desired: DesiredField,
  live: LiveField,
  differences: readonly Difference[],
  index: LiveIndex,
): readonly Reason[] {
  const reasons: Reason[] = [];
  if (!live.used) reasons.push(unused(live));
  for (const difference of differences.filter((one) => one.permanent)) {
    reasons.push(difference.key === 'data_type' ? otherType(difference, live) : otherChoice(difference));
  }
  if (differences.some((difference) => difference.key === 'field_label')) {
    reasons.push(...labelHolders(desired.field_label ?? '', index, live));
  }
  return reasons;
}

/** Obstacles for a field that does not exist under its API name. */
export function conflictsInCreating(
  module: string,
  desired: DesiredField,
  index: LiveIndex,
): readonly Reason[] {
  return [...nameHolders(desired, index), ...relatedListHolders(module, desired, index)];
}

/** One kind at a time: a field of the same name mostly holds the label too, and a label that is held needs no remark on the one for a moment. */
function nameHolders(desired: DesiredField, index: LiveIndex): readonly Reason[] {
  const same = index.namedLike(desired.api_name);
  if (same.length > 0) return same.map((field) => otherCase(desired, field));
  const holders = labelHolders(desired.field_label ?? desired.api_name, index);
  return holders.length > 0 ? holders : workingLabelHolders(desired, labelAtCreation(desired), index);
}

/**
 * Two lookups to one module need two titles for their related lists there (sheet §5.2). Whether the lists of standard
 * lookups count is not known, and those of other modules are not in what was read: both are left to Zoho.
 */
function relatedListHolders(module: string, desired: DesiredField, index: LiveIndex): readonly Reason[] {
  const wish = relatedList(property(desired.declared, 'lookup'), module);
  if (wish === undefined || desired.data_type !== 'lookup') return [];
  return index.fields
    .filter((field) => {
      const held = relatedList(property(field.wire, 'lookup'), '');
      return field.custom && held?.module === wish.module && fold(held.title) === fold(wish.title);
    })
    .map((holder) => ({
      code: 'related-list-taken',
      message: `In ${wish.module} the related list of ${quoted(holder)} is already titled "${wish.title}", and Zoho refuses a second one of that title.`,
      remedy: `Give this one another title: "lookup: {module: {api_name: ${wish.module}}, display_label: …}".`,
    }));
}

function relatedList(
  lookup: Json | undefined,
  titleByDefault: string,
): { readonly module: string; readonly title: string } | undefined {
  if (!isObject(lookup)) return undefined;
  const module = valueAt(lookup, ['module', 'api_name']);
  const title = property(lookup, 'display_label') ?? titleByDefault;
  return typeof module === 'string' && typeof title === 'string' ? { module, title } : undefined;
}

/** A field that someone else owns and that is not there. */
export function missing(desired: DesiredField, index: LiveIndex): Reason {
  const near = [
    ...index.namedLike(desired.api_name),
    ...(desired.field_label === undefined ? [] : index.labelled(desired.field_label)),
  ][0];
  const hint = near === undefined ? '' : ` Zoho has ${quoted(near)}: if that is the one, use its API name.`;
  return {
    code: 'missing',
    message: `The field does not exist, and "create: false" says that this tool must not create it.${hint}`,
    remedy: 'Ask the owner of the field to create it, or take "create: false" out of the manifest.',
  };
}

/** More than one live field answers to one API name. */
export function ambiguous(desired: DesiredField, fields: readonly LiveField[]): Reason {
  return {
    code: 'ambiguous',
    message: `Zoho lists ${fields.length} fields with the API name ${desired.api_name} (ids ${fields.map((one) => one.id).join(', ')}).`,
    remedy: 'Look at the fields in Zoho: Setup > Developer Space > APIs > API names.',
  };
}

function unused(live: LiveField): Reason {
  return {
    code: 'unused',
    message: 'The field exists but is unused: it was removed from every layout, so nobody sees it.',
    remedy: `In Zoho open Setup > Modules and Fields, edit a layout of the module, and drag "${live.field_label}" from the unused fields back into it.`,
  };
}

function otherType(difference: Difference, live: LiveField): Reason {
  const standard = live.custom ? '' : " It is one of Zoho's standard fields.";
  return {
    code: 'data-type-differs',
    message: `The manifest says ${textOf(difference.want)}, Zoho has ${textOf(difference.live)}, and Zoho never changes the data type of a field.${standard}`,
    remedy: `Write "data_type: ${textOf(difference.live)}" if the field is the right one; otherwise choose another API name and label.`,
  };
}

function otherChoice(difference: Difference): Reason {
  return {
    code: `${difference.key}-differs`,
    message: `"${difference.key}" differs, and Zoho does not let anyone change it once a field exists.`,
    remedy: 'Write in the manifest what Zoho has, or declare a new field with another API name and label.',
  };
}

function labelHolders(label: string, index: LiveIndex, except?: LiveField): readonly Reason[] {
  return index
    .labelled(label)
    .filter((holder) => holder !== except)
    .map((holder) => ({
      code: 'label-taken',
      message: `The label "${label}" is already held by ${quoted(holder)}${holder.used ? '' : ', which is unused: it is in no layout but still holds its label'}. A label can be held only once in a module.`,
      remedy: `If that is the field you mean, write "api_name: ${holder.api_name}" in the manifest, or rename its API name in Zoho (Setup > Developer Space > APIs > API names) after checking who uses it. Otherwise choose another field_label.`,
    }));
}

function otherCase(desired: DesiredField, field: LiveField): Reason {
  return {
    code: 'api-name-taken',
    message: `Zoho has ${quoted(field)}: the same API name but for upper and lower case. Zoho would refuse ${desired.api_name}, or add a digit to it.`,
    remedy: `Write "api_name: ${field.api_name}" in the manifest if that is the field you mean; otherwise choose another API name.`,
  };
}

function workingLabelHolders(desired: DesiredField, working: string, index: LiveIndex): readonly Reason[] {
  return index.labelled(working).map((holder) => ({
    code: 'working-label-taken',
    message: `Zoho may derive the API name from the label that a field is created with. To get exactly ${desired.api_name}, the field is created with the label "${working}" and gets the label "${desired.field_label ?? ''}" right afterwards; but ${quoted(holder)} already holds "${working}".`,
    remedy: `${byItsLabel(desired, index)} another API name, or give ${holder.api_name} another ${isTranslation(holder, working) ? 'translation' : 'label'} in Zoho first.`,
  }));
}

/** The API name for which no other label is needed, where it is known and free. */
function byItsLabel(desired: DesiredField, index: LiveIndex): string {
  const name = nameOfLabel(desired);
  if (name === undefined || index.namedLike(name).length > 0) return 'Choose';
  return `Write "api_name: ${name}", which is what Zoho derives from the label itself, choose`;
}

/** True where a label is held by what the token's user sees, and not by the label that the field was given. */
function isTranslation({ display_label }: LiveField, label: string): boolean {
  return fold(display_label) !== fold(label);
}

function quoted(field: LiveField): string {
  return `the ${field.custom ? 'custom' : 'standard'} field ${field.api_name} (${labelsOf(field)})`;
}

/** The live fields of a module, found by every name that can stand in a new field's way. */
export interface LiveIndex {
  readonly fields: readonly LiveField[];
  readonly hasId: (id: string) => boolean;
  /** Fields of exactly this API name; more than one only in a broken answer. */
  named(apiName: string): readonly LiveField[];
  /** Fields whose API name is the same but for case. */
  namedLike(apiName: string): readonly LiveField[];
  /** Fields that hold the label, in either of its two forms, without regard to case. */
  labelled(label: string): readonly LiveField[];
}

/**
 * Builds the index in one pass, so that planning stays linear in the number of fields.
 * @param leaving ids of fields that are about to give up the label they have.
 */
export function indexLive(fields: readonly LiveField[], leaving: ReadonlySet<string> = new Set()): LiveIndex {
  const names = new Map<string, LiveField[]>();
  const folded = new Map<string, LiveField[]>();
  const labels = new Map<string, LiveField[]>();
  const ids = new Set<string>();
  for (const field of fields) {
    ids.add(field.id);
    push(names, field.api_name, field);
    push(folded, fold(field.api_name), field);
    const held = leaving.has(field.id) ? [] : [fold(field.field_label), fold(field.display_label)];
    for (const label of new Set(held)) push(labels, label, field);
  }
  return {
    fields,
    hasId: (id) => ids.has(id),
    named: (apiName) => names.get(apiName) ?? [],
    namedLike: (apiName) => folded.get(fold(apiName)) ?? [],
    labelled: (label) => labels.get(fold(label)) ?? [],
  };
}

function push(map: Map<string, LiveField[]>, key: string, field: LiveField): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [field]);
  else list.push(field);
}
