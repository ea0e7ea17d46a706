import { property } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';

/** API names of the picklists whose options the list of fields left out; each can be read by itself (sheet §2.2). */
export function gapsOf(fields: readonly LiveField[]): readonly string[] {
  return fields
    .filter((field) => field.custom && field.used && field.data_type.endsWith('picklist'))
    .filter((field) => {
      const options = property(field.wire, 'pick_list_values');
      return !Array.isArray(options) || options.length === 0;
    })
    .map((field) => field.api_name);
}
