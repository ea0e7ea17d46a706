import { moduleLimits, softModuleLimits } from '../model/data-types.ts';
import { isObject, property } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';

/** Kinds of field of which a module can hold only so many. */
export type CapacityKind = 'custom_fields' | 'unique' | 'autonumber' | 'multiselectlookup';

/** How much of what a module can hold is taken. */
export interface Capacity {
  readonly kind: CapacityKind;
  readonly used: number;
  /** Null where it depends on an edition that is not known. */
  readonly limit: number | null;
}

/** Custom fields per module (sheet §3.1); bundles count as the edition that they contain (sheet §6). */
const CUSTOM_FIELDS: Readonly<Record<string, number>> = {
  standard: 10,
  starter: 10,
  professional: 155,
  enterprise: 300,
  zohoone: 300,
  ultimate: 500,
  crmplus: 500,
};

/** Sheet §7: below these there is no multi-select lookup. */
const WITH_MULTI_LOOKUP = new Set(['enterprise', 'zohoone', 'ultimate', 'crmplus']);

/**
 * What the custom fields of a module take of its room; those in no layout too, since they keep their place (sheet §2.2).
 * @param edition Zoho's word for it (sheet §10.4), where the credentials may ask.
 */
export function capacityOf(live: readonly LiveField[], edition: string | undefined): readonly Capacity[] {
  const custom = live.filter((field) => field.custom);
  const key = (edition ?? '').toLowerCase().replaceAll(/[\s_-]/gu, '');
  const count = (test: (field: LiveField) => boolean): number => custom.filter((field) => test(field)).length;
  const limit = Object.hasOwn(CUSTOM_FIELDS, key) ? CUSTOM_FIELDS[key] : undefined;
  return [
    { kind: 'custom_fields', used: custom.length, limit: limit ?? null },
    { kind: 'unique', used: count((field) => isUnique(field)), limit: moduleLimits.unique },
    {
      kind: 'autonumber',
      used: count((field) => field.data_type === 'autonumber'),
      limit: moduleLimits.autonumber,
    },
    {
      kind: 'multiselectlookup',
      used: count((field) => field.data_type === 'multiselectlookup'),
      limit: WITH_MULTI_LOOKUP.has(key) ? softModuleLimits.multiselectlookup : null,
    },
  ];
}

/** `{}` is Zoho's word for "not unique" (sheet §2.3). */
export function isUnique(field: LiveField): boolean {
  const unique = property(field.wire, 'unique');
  return isObject(unique) && Object.keys(unique).length > 0;
}
