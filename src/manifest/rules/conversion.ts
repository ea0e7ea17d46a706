import { excerpt, list } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { finding, keyAt, textAt } from './field.ts';
import type { Field } from './field.ts';

/** What a lead is converted into (sheet §2.3, `convert_mapping`). */
const converted: readonly string[] = ['Accounts', 'Contacts', 'Deals'];

/** Only records that a lead turns into can be filled from it. */
export function mapsFromLead(field: Field): Problem[] {
  if (textAt(field, 'maps_from') === undefined || converted.includes(field.module)) return [];
  const message = `No lead is converted into a record of ${excerpt(field.module)}, so nothing can be mapped to its fields.`;
  const remedy = `Remove "maps_from"; it is for fields of ${list([...converted], 'and')}.`;
  return [finding(keyAt(field, 'maps_from'), 'maps-from-module', message, remedy)];
}
