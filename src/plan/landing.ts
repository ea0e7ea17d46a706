import { isObject, property, type Json } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import type { Landing } from '../model/plan.ts';

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
