import type { DesiredField, Manifest } from '../model/manifest.ts';
import { fold } from '../plan/creation-label.ts';
import type { Changes, FieldChange, KeyChange, OptionOrder, OptionValue } from './changes.ts';
import { compareOptions, optionsByValue } from './changes.ts';
import { notesOnAdded, notesOnChanged, notesOnRemoved } from './notes.ts';
import { canonicalJson, isObject, property, textOf, type Json, given } from '../model/json.ts';
import { isPermanent } from '../plan/compare.ts';
import { diffArrays } from 'diff';

/**
 * What differs in meaning between two versions of a manifest; pure, and without any organisation.
 *
 * Fields are found by module and API name, wherever they stand; those of the new version come in its order, followed
 * by the ones that are gone.
 */
export function diffManifests(base: Manifest, head: Manifest): Changes {
  const modules = [...new Set([...head.modules, ...base.modules].map((one) => one.module))];
  const changes = modules.flatMap((module) =>
    diffModule(module, fieldsOf(base, module), fieldsOf(head, module)),
  );
  const count = (kind: FieldChange['change']): number =>
    changes.filter((change) => change.change === kind).length;
  return {
    base: { path: base.path, sha256: base.sha256 },
    head: { path: head.path, sha256: head.sha256 },
    changes,
    summary: { added: count('added'), removed: count('removed'), changed: count('changed') },
    modules,
  };
}

type Fields = ReadonlyMap<string, DesiredField>;

function fieldsOf(manifest: Manifest, module: string): Fields {
  const fields = manifest.modules.filter((one) => one.module === module).flatMap((one) => one.fields);
  return new Map(fields.map((field) => [field.api_name, field]));
}

function diffModule(module: string, base: Fields, head: Fields): readonly FieldChange[] {
  const removed = [...base.values()].filter((field) => !head.has(field.api_name));
  const added = [...head.values()].filter((field) => !base.has(field.api_name));
  const newNames = findRenames(removed, added);
  const oldNames = new Map([...newNames].map(([old, now]) => [now, old]));
  const present = [...head.values()].flatMap((field): FieldChange[] => {
    const before = base.get(field.api_name);
    if (before === undefined) return [loneField('added', module, field, oldNames.get(field.api_name))];
    const differences = compareFields(before, field);
    if (differences.length === 0) return [];
    const notes = notesOnChanged(differences);
    const { api_name } = field;
    return [{ module, api_name, change: 'changed', base: before, head: field, differences, notes }];
  });
  return [
    ...present,
    ...removed.map((field) => loneField('removed', module, field, newNames.get(field.api_name))),
  ];
}

/** A field that only one of the versions has. */
function loneField(
  change: 'added' | 'removed',
  module: string,
  field: DesiredField,
  other: string | undefined,
): FieldChange {
  return {
    module,
    api_name: field.api_name,
    change,
    ...(change === 'added' ? { head: field } : { base: field }),
    ...given({ other }),
    differences: [],
    notes: change === 'added' ? notesOnAdded(field.create, other) : notesOnRemoved(other),
  };
}

/**
 * Which removed fields most likely are added ones under another API name: the label stayed, or only upper and lower
 * case of the name changed.
 *
 * A guess for the reader and nothing else: it is made only where it is the sole candidate on both sides, and the two
 * fields stay an added and a removed one, because that is what Zoho would see.
 * @returns the new name by the old one.
 */
export function findRenames(
  removed: readonly DesiredField[],
  added: readonly DesiredField[],
): ReadonlyMap<string, string> {
  const renames = new Map<string, string>();
  for (const old of removed) {
    const candidates = added.filter((field) => alike(old, field));
    const [only] = candidates;
    if (only === undefined || candidates.length > 1) continue;
    if (removed.filter((field) => alike(field, only)).length === 1) renames.set(old.api_name, only.api_name);
  }
  return renames;
}

function alike(old: DesiredField, field: DesiredField): boolean {
  if (fold(old.api_name) === fold(field.api_name)) return true;
  return (
    old.field_label !== undefined &&
    field.field_label !== undefined &&
    fold(old.field_label) === fold(field.field_label)
  );
}

/**
 * Every key that two versions of a field declare differently.
 *
 * Both sides are in the manifest's normal form already, where shorthands are written out and comments, quoting and
 * layout are gone; what is left to forgive is the order of keys and of profiles.
 */
export function compareFields(before: DesiredField, after: DesiredField): readonly KeyChange[] {
  const [old, now] = [flat(before), flat(after)];
  const keys = [...new Set([...Object.keys(now), ...Object.keys(old)])];
  return keys.flatMap((key) => {
    const [was, is] = [property(old, key), property(now, key)];
    const change =
      key === 'pick_list_values' ? compareLists(was, is, hasOrder(after)) : compareKey(key, was, is);
    return change === undefined ? [] : [change];
  });
}

/** All keys of a field beside its API name, in the order in which people look at them. */
export function flat(field: DesiredField): { readonly [key: string]: Json } {
  return {
    data_type: field.data_type,
    ...given({ field_label: field.field_label }),
    ...(field.create ? {} : { create: false }),
    ...field.declared,
    ...given({ maps_from: field.maps_from, description: field.description }),
  };
}

function compareKey(key: string, before: Json | undefined, after: Json | undefined): KeyChange | undefined {
  if (same(key, before, after)) return undefined;
  return {
    key,
    ...given({ before, after }),
    permanent: key === 'data_type' || isPermanentChoice(key, before, after),
  };
}

/** Zoho keeps the order in which options are created, unless it sorts them itself; no comparison looks at it later. */
function hasOrder({ create, declared }: DesiredField): boolean {
  return create && property(declared, 'pick_list_values_sorted_lexically') !== true;
}

function compareLists(
  before: Json | undefined,
  after: Json | undefined,
  isOrdered: boolean,
): KeyChange | undefined {
  const options = compareOptions(before, after);
  const order = isOrdered ? compareOrder(optionsByValue(before), optionsByValue(after)) : undefined;
  const isSameOrder = order === undefined || (order.moved.length === 0 && !order.isNewOrder);
  if (isSameOrder && Object.values(options).every((list) => list.length === 0)) return undefined;
  return {
    key: 'pick_list_values',
    ...given({ before, after }),
    permanent: false,
    options,
    ...(isSameOrder ? {} : { order }),
  };
}

function same(key: string, before: Json | undefined, after: Json | undefined): boolean {
  if (before === undefined || after === undefined) return before === after;
  return canonicalJson(ordered(key, before)) === canonicalJson(ordered(key, after));
}

/** Profiles are a mapping that Zoho wants as a list. */
function ordered(key: string, value: Json): Json {
  if (key !== 'profiles' || !Array.isArray(value)) return value;
  const name = (profile: Json): string =>
    isObject(profile) ? textOf(property(profile, 'name') ?? property(profile, 'id')) : textOf(profile);
  return [...value].sort((a: Json, b: Json) => (name(a) < name(b) ? -1 : 1));
}

/** Taking the key out of the manifest asks nothing of Zoho, so only a new value can be impossible. */
function isPermanentChoice(key: string, before: Json | undefined, after: Json | undefined): boolean {
  return after !== undefined && isPermanent(key, after, before ?? null);
}

/**
 * Finding the fewest moves takes the square of their number, and a manifest may hold thousands of options. The first bound
 * is the same on every machine; the second one, in milliseconds, is for machines that are slower than anyone thought.
 */
const PATIENCE = { maxEditLength: 1000, timeout: 2000 } as const;

/** Compares the order of two lists, each option told by what Zoho stores. */
function compareOrder(
  before: ReadonlyMap<string, OptionValue>,
  after: ReadonlyMap<string, OptionValue>,
): OptionOrder {
  const old = [...before.keys()].filter((value) => after.has(value));
  const now = [...after.keys()].filter((value) => before.has(value));
  const changes: ReturnType<typeof diffArrays<string>> | undefined = diffArrays(old, now, PATIENCE);
  if (changes === undefined) return { moved: [], isNewOrder: true };
  const moved = changes.flatMap(({ added, value }) => (added ? value : []));
  return { moved: moved.flatMap((value) => after.get(value) ?? []), isNewOrder: false };
}
