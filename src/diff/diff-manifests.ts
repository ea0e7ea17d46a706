import type { DesiredField, Manifest } from '../model/manifest.ts';
import { fold } from '../plan/creation-label.ts';
import type { Changes, FieldChange } from './changes.ts';
import { compareFields } from './compare-fields.ts';
import { notesOnAdded, notesOnChanged, notesOnRemoved } from './notes.ts';

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
    if (before === undefined) return [addedField(module, field, oldNames.get(field.api_name))];
    const differences = compareFields(before, field);
    if (differences.length === 0) return [];
    const notes = notesOnChanged(differences);
    const { api_name } = field;
    return [{ module, api_name, change: 'changed', base: before, head: field, differences, notes }];
  });
  return [...present, ...removed.map((field) => removedField(module, field, newNames.get(field.api_name)))];
}

function addedField(module: string, field: DesiredField, other: string | undefined): FieldChange {
  return {
    module,
    api_name: field.api_name,
    change: 'added',
    head: field,
    ...(other === undefined ? {} : { other }),
    differences: [],
    notes: notesOnAdded(field.create, other),
  };
}

function removedField(module: string, field: DesiredField, other: string | undefined): FieldChange {
  return {
    module,
    api_name: field.api_name,
    change: 'removed',
    base: field,
    ...(other === undefined ? {} : { other }),
    differences: [],
    notes: notesOnRemoved(other),
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
