import type { DesiredField } from '../model/manifest.ts';
import { fold } from '../plan/naming.ts';

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
