import { property, type Json, type JsonObject, isObject } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import type { DesiredField } from '../model/manifest.ts';
import type { Difference, Reason, Plan, Landing } from '../model/plan.ts';
import { FROM_GLOBAL_LIST, globalListOf, liveValue, NOT_COMPARED } from './compare.ts';

/** What there is to know of a field that exists, and that no pair of values can show. */
export function remarks(
  desired: DesiredField,
  live: LiveField,
  differences: readonly Difference[],
): readonly Reason[] {
  return [...untold(desired, live), ...fromGlobalList(desired, live, differences)];
}

/** Declared, and neither as declared nor otherwise: this Zoho keeps it to itself, from everyone or from the token's user. */
function untold({ declared }: DesiredField, { wire }: LiveField): readonly Reason[] {
  const keys = Object.entries(declared).flatMap(([key, want]) =>
    isTold(key, want, wire) ? [] : [`"${key}"`],
  );
  if (keys.length === 0) return [];
  const [are, they] = keys.length === 1 ? ['is', 'it is'] : ['are', 'they are'];
  const message = `Its ${keys.join(' and ')} ${are} not shown, so ${they} not compared.`;
  return [{ code: 'not-compared', notice: true, message }];
}

function isTold(key: string, want: Json, wire: JsonObject): boolean {
  return Object.hasOwn(NOT_COMPARED, key) || liveValue(key, want, wire) !== undefined;
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

/**
 * Where new fields of a module appear: Zoho puts them into the standard layout and no other (sheet §3.8). Every live field
 * says in which layouts it is (sheet §2.3), so nothing more has to be read.
 * @returns nothing for a module of one layout, or of none that is told.
 */
export function landingOf(fields: readonly LiveField[]): Landing | undefined {
  const layouts = new Map<string, Layout>();
  for (const layout of fields.flatMap(({ wire }) => layoutsIn(property(wire, 'layout_associations')))) {
    layouts.set(layout.key, layout);
  }
  if (layouts.size < 2) return undefined;
  const all = [...layouts.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const standard = all.find((one) => one.isStandard);
  const others = all.filter((one) => one !== standard).map(({ name }) => name);
  return standard === undefined ? { others } : { layout: standard.name, others };
}

interface Layout {
  /** What tells it from the others: its id, where it has one. */
  readonly key: string;
  readonly name: string;
  readonly isStandard: boolean;
}

function layoutsIn(associations: Json | undefined): readonly Layout[] {
  if (!Array.isArray(associations)) return [];
  return associations.flatMap((one: Json): readonly Layout[] => {
    if (!isObject(one)) return [];
    const text = (key: string): string | undefined => {
      const value = property(one, key);
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const [id, api, name] = [text('id'), text('api_name'), text('name')];
    const key = id ?? api ?? name;
    if (key === undefined) return [];
    // The API name stays when an admin renames the layout; older answers have none (sheet §10.6).
    return [
      {
        key,
        name: name ?? api ?? key,
        isStandard: api === undefined ? name === 'Standard' : api === STANDARD,
      },
    ];
  });
}

const STANDARD = 'Standard__s';
