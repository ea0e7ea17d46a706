import { maxApiNameLength } from '../model/data-types.ts';
import type { Diagnostic } from '../model/problem.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { LiveField } from '../model/live-field.ts';
import type { DesiredField } from '../model/manifest.ts';
import type { Plan } from '../model/plan.ts';
import { fieldsOf, type LiveModule } from './make-plan.ts';
import { labelAtCreation, labelsOf } from './creation-label.ts';
import { indexLive, type LiveIndex } from './conflicts.ts';

/**
 * Warns of managed fields that may have been created twice.
 *
 * Zoho refuses a second field of one label (sheet §3.5), so this needs two applies at the same moment, or a request that
 * took effect long after its sender had given up, and a Zoho that does not keep its word. Nothing can be done about it
 * from here, because nothing is ever deleted; but it must not go unseen.
 */
export function duplicateWarnings(
  plan: Plan,
  live: readonly LiveModule[],
  journal: readonly JournalEntry[],
): readonly Diagnostic[] {
  return plan.modules.flatMap(({ module, entries }) => {
    const fields = fieldsOf(live, module);
    const index = indexLive(fields);
    const declared = new Set(entries.map((entry) => entry.field.api_name));
    return entries.flatMap((entry): readonly Diagnostic[] => {
      const own = fields.find((field) => field.custom && field.id === entry.id);
      if (own === undefined || !entry.field.create) return [];
      const made = new Set(
        journal
          .filter((one) => one.module === module && one.api_name === entry.field.api_name)
          .map((one) => one.id),
      );
      const others = duplicatesOf(entry.field, own, index, {
        declared,
        isMade: (field) => made.has(field.id),
      });
      if (others.length === 0) return [];
      const { code, message, remedy } = duplicateReason(own, others);
      return [{ severity: 'warning', code, message: `${module}.${own.api_name}: ${message}`, remedy }];
    });
  });
}

/** What tells a duplicate from a field that only looks alike. */
interface Proof {
  /** API names of all fields of the plan's module: what a manifest declares is there on purpose. */
  readonly declared: ReadonlySet<string>;
  /** True for a field that this tool is known to have made for the same declaration. */
  readonly isMade: (field: LiveField) => boolean;
}

/**
 * Other live fields that were made for the same declaration, as far as anything shows it.
 *
 * Two fields of like names and labels are healthy in most organisations. So nothing counts that is declared or has another
 * data type, and of the rest only what this tool made, or what bears the API name that Zoho gives to a second field (sheet
 * §3.6) and a label that the first one has or had.
 */
export function duplicatesOf(
  desired: DesiredField,
  own: LiveField,
  index: LiveIndex,
  { declared, isMade }: Proof,
): readonly LiveField[] {
  const labels = [own.field_label, own.display_label, labelAtCreation(desired)];
  const alike = new Set(labels.flatMap((label) => index.labelled(label)));
  const duplicates = index.fields.filter((field) => {
    if (!field.custom || field.id === own.id || field.data_type !== own.data_type) return false;
    if (field.api_name === own.api_name) return true;
    if (declared.has(field.api_name)) return false;
    if (isMade(field)) return true;
    return alike.has(field) && isNumbered(field.api_name, desired.api_name);
  });
  return duplicates.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** True for `name` with a number behind it, which Zoho makes room for where there is none (sheet §3.6). */
function isNumbered(numbered: string, name: string): boolean {
  const [number = ''] = /[0-9]+$/u.exec(numbered) ?? [];
  // Digits of the name itself may stand before Zoho's.
  return Array.from(number, (_, start) => number.slice(start)).some(
    (digits) => numbered === `${name.slice(0, maxApiNameLength - digits.length).replace(/_$/u, '')}${digits}`,
  );
}

/** What a report says of a field that may exist more than once; it is looked at, and nothing else, before it is certain. */
export function duplicateReason(
  own: LiveField,
  others: readonly LiveField[],
): { readonly code: string; readonly message: string; readonly remedy: string } {
  const times = others.length === 1 ? 'twice' : `${others.length + 1} times`;
  const beside = others.map((field) => named(field));
  return {
    code: 'duplicate-detected',
    message: `It may have been created ${times}: beside ${named(own)} there ${others.length === 1 ? 'is' : 'are'} ${beside.join(' and ')}.`,
    remedy:
      'Look at them in Zoho: what they hold, and what uses them. Declare the other one too if it is there on purpose. This tool changes neither.',
  };
}

function named(field: LiveField): string {
  return `${field.api_name} (${labelsOf(field)}, id ${field.id})`;
}
