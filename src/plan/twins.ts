import type { Diagnostic } from '../model/diagnostic.ts';
import type { LiveField } from '../model/live-field.ts';
import type { DesiredField } from '../model/manifest.ts';
import type { Plan } from '../model/plan.ts';
import type { LiveModule } from './make-plan.ts';
import { fold, labelAtCreation } from './naming.ts';

/**
 * Warns of managed fields that seem to exist twice.
 *
 * Zoho refuses a second field of one label (sheet §3.5), so this needs two applies at the same moment, or a request that
 * took effect long after its sender had given up, and a Zoho that does not keep its word. Nothing can be done about it
 * from here, because nothing is ever deleted; but it must not go unseen.
 */
export function twinWarnings(plan: Plan, live: readonly LiveModule[]): readonly Diagnostic[] {
  return plan.modules.flatMap(({ module, entries }) => {
    const fields = live.find((one) => one.module === module)?.fields ?? [];
    return entries.flatMap((entry) => {
      const own = fields.find((field) => field.custom && field.id === entry.id);
      if (own === undefined) return [];
      const twins = twinsOf(entry.field, own, fields);
      return twins.length === 0 ? [] : [warning(module, own, twins)];
    });
  });
}

/** Other custom fields that hold the API name of a field, its label, or the label that it is created under. */
export function twinsOf(
  desired: DesiredField,
  own: LiveField,
  fields: readonly LiveField[],
): readonly LiveField[] {
  const label = fold(own.field_label);
  const working = fold(labelAtCreation(desired));
  const twins = fields.filter((field) => {
    if (!field.custom || field.id === own.id) return false;
    if (fold(field.api_name) === fold(own.api_name)) return true;
    const held = fold(field.field_label);
    // The second field of an API name gets a digit behind it (sheet §3.6).
    return held === label || (held === working && field.api_name.startsWith(desired.api_name));
  });
  return twins.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** What stands in a report about a field that exists twice. */
export function twinWords(own: LiveField, twins: readonly LiveField[]): string {
  const names = [own, ...twins].map((field) => `${field.api_name} (id ${field.id})`);
  return `It seems to exist ${names.length} times, as ${names.join(' and ')}.`;
}

/** What to do about it. */
export const TWIN_REMEDY =
  'Look in Zoho which of them holds data; delete the other one there, by hand. This tool deletes nothing.';

function warning(module: string, own: LiveField, twins: readonly LiveField[]): Diagnostic {
  return {
    severity: 'warning',
    code: 'duplicate-detected',
    message: `${module}.${own.api_name}: ${twinWords(own, twins)}`,
    remedy: TWIN_REMEDY,
  };
}
