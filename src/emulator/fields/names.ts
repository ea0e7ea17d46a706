import type { Field } from '../state/world.ts';
import type { Item } from './item.ts';
import { isUsed } from './read-fields.ts';

/** Labels that Zoho keeps for itself (sheet §3.5). */
const RESERVED_LABELS = ['notes', 'tags', 'tag', 'owner', 'attachments', 'approval', 'currency', 'layout'];

/** API names that no field of the list shows but that are taken (sheet §3.6: the label `Name` became `Name1`). */
const RESERVED_API_NAMES = ['name', ...RESERVED_LABELS];

export const isReservedLabel = (label: string): boolean => RESERVED_LABELS.includes(label.toLowerCase());

export const isReservedApiName = (name: string): boolean => RESERVED_API_NAMES.includes(name.toLowerCase());

/** Whether another field of the module has this label, in any of its two forms. */
export function holdsLabel(item: Item, label: string): boolean {
  const { labelCaseInsensitive } = item.zoho.switches;
  const fold = (text: unknown): string => (labelCaseInsensitive ? String(text).toLowerCase() : String(text));
  return others(item).some(
    (field) => fold(field.field_label) === fold(label) || fold(field['display_label']) === fold(label),
  );
}

/** Whether another field of the module has this API name; case does not make a difference. */
export function holdsApiName(item: Item, name: string): boolean {
  return others(item).some((field) => field.api_name.toLowerCase() === name.toLowerCase());
}

function others({ module, existing, zoho }: Item): readonly Field[] {
  if (zoho.switches.duplicates === 'accept') return [];
  const holds = zoho.switches.unusedHoldsNames;
  return module.fields.filter((field) => field.id !== existing?.id && (holds || isUsed(field)));
}
