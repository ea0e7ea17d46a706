import deals from '../seeds/deals.json' with { type: 'json' };
import everyModule from '../seeds/every-module.json' with { type: 'json' };
import leads from '../seeds/leads.json' with { type: 'json' };
import partner from '../seeds/partner.json' with { type: 'json' };
import file from '../seeds/field-shapes.json' with { type: 'json' };
import { isObject, textOf, type Json, type JsonObject } from '../json.ts';
import type { Field, Layout, Profile } from './organisation-state.ts';

/**
 * The stock fields. A row of a seed file holds only what differs from the complete object of its type (`like`),
 * because that is how the sheet describes them (§2.4), and because the whole objects would be ten times the size.
 */
interface Surroundings {
  readonly profiles: readonly Profile[];
  readonly layout: Layout;
}

/** A fresh organisation's Deals (sheet §8). */
export const stockDeals = (around: Surroundings): readonly Field[] => expand(deals.fields, around);

/** A fresh organisation's Leads; names and kinds are public knowledge, details follow Deals. */
export const stockLeads = (around: Surroundings): readonly Field[] => expand(leads.fields, around);

/** The custom lookup that the user's portal already has. */
export const partnerLookup = (around: Surroundings): readonly Field[] => expand(partner.fields, around);

/** The few system fields that every module has; ids are the caller's. */
export function systemFields(around: Surroundings, owner: string, id: () => string): readonly Field[] {
  return expand(
    everyModule.fields.map((row) => ({ ...row, id: id() })),
    around,
  ).map((field) => {
    const label = field.api_name === 'Owner' ? `${owner} Owner` : field.field_label;
    return { ...field, field_label: label, display_label: label };
  });
}

function expand(rows: readonly unknown[], around: Surroundings): readonly Field[] {
  return rows.filter(isObject).map((row) => expandRow(row, around));
}

function expandRow(row: JsonObject, { profiles, layout }: Surroundings): Field {
  const { like, permission, without, ...differences } = row;
  const whole: Record<string, Json> = {
    ...shapeOf(typeof like === 'string' ? like : 'text'),
    custom_field: false,
    display_label: textOf(row, 'field_label') ?? '',
    profiles: profiles.map(({ name, id }) => ({ permission_type: permission ?? 'read_write', name, id })),
    layout_associations: [{ api_name: layout.api_name, name: layout.name, id: layout.id }],
    ...differences,
  };
  for (const key of Array.isArray(without) ? without : []) delete whole[String(key)];
  return whole as unknown as Field;
}

/**
 * The complete object of a data type without its identity, every key with its empty value (sheet §2.3, §2.4).
 * `kind` is the data type, for text areas `textarea_small`, `textarea_large`, `textarea_rich_text`.
 */
export function shapeOf(kind: string): JsonObject {
  const types: Readonly<Record<string, object>> = file.types;
  const differences = Object.hasOwn(types, kind) ? types[kind] : {};
  return { ...file.base, ...differences };
}
