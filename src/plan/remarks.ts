import { property } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import type { DesiredField } from '../model/manifest.ts';
import type { Difference, Reason, Plan } from '../model/plan.ts';
import { FROM_GLOBAL_LIST, globalListOf, liveValue } from './live-values.ts';

/** What there is to know of a field that exists, and that no pair of values can show. */
export function remarks(
  desired: DesiredField,
  live: LiveField,
  differences: readonly Difference[],
): readonly Reason[] {
  return [...lengthUnknown(desired, live), ...fromGlobalList(desired, live, differences)];
}

function lengthUnknown({ declared }: DesiredField, { wire }: LiveField): readonly Reason[] {
  const want = property(declared, 'length');
  if (want === undefined || liveValue('length', want, wire) !== undefined) return [];
  const message = 'Zoho does not say how long this field is, so its "length" is not compared.';
  return [{ code: 'length-unknown', notice: true, message }];
}

/** Options that are the list's own can be compared with a field's, but changing them means changing the list. */
function fromGlobalList(
  { declared }: DesiredField,
  { wire }: LiveField,
  differences: readonly Difference[],
): readonly Reason[] {
  const list = globalListOf(wire);
  if (list === undefined || property(declared, 'pick_list_values') === undefined) return [];
  return [
    {
      code: 'uses-global-list',
      ...(differences.some(({ key }) => key === FROM_GLOBAL_LIST) ? {} : { notice: true }),
      message: `In Zoho its options come from the global list "${list}", which other fields may use too; the manifest declares options of its own.`,
      remedy: `Write "global_picklist: ${list}" instead of "pick_list_values"; or change the options in Zoho: in the list itself, for every field that uses it, or by giving this field options of its own.`,
    },
  ];
}

/**
 * Tells the fields that a plan would still have created, now or once nothing stands in their way, from those that Zoho
 * has: rules about creating warn of the former only (contract §2).
 */
export function isToBeCreated(plan: Pick<Plan, 'modules'>): (module: string, apiName: string) => boolean {
  const names = new Map(
    plan.modules.map(({ module, entries }) => [
      module,
      new Set(
        entries.flatMap(({ id, field, reasons }) => {
          const isThere = id !== undefined || reasons.some(({ code }) => code === 'ambiguous');
          return isThere || !field.create ? [] : [field.api_name];
        }),
      ),
    ]),
  );
  return (module, apiName) => names.get(module)?.has(apiName) === true;
}
