import { withOptions } from '../plan/option-values.ts';
import { given, isObject, property, textOf, type Json, type JsonObject, valueAt } from '../model/json.ts';
import type { LiveField, Organisation } from '../model/live-field.ts';
import type { Manifest } from '../model/manifest.ts';
import { documented } from '../plan/comparable.ts';
import type { LiveState } from '../plan/plan-live.ts';
import {
  BESIDE_NAMES,
  FORMAT_VERSION,
  inOrder,
  KIND,
  NOT_KEPT,
  type Snapshot,
  type SnapshotField,
  type SnapshotModule,
} from './snapshot.ts';

/** Where and when a snapshot was taken, and how much of it is kept. */
interface Taken {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly dataCentre: string;
  readonly apiHost: string;
  readonly organisation?: Organisation;
  readonly namesOnly: boolean;
}

/** Keeps of what was read for a plan of `manifest` all that such a plan needs. */
export function takeSnapshot(manifest: Manifest, { modules, directory }: LiveState, taken: Taken): Snapshot {
  const { profiles, globalPicklists, modules: names, room } = directory;
  const { organisation } = taken;
  return {
    format_version: FORMAT_VERSION,
    kind: KIND,
    taken_at: new Date(taken.at).toISOString(),
    names_only: taken.namesOnly,
    data_centre: taken.dataCentre,
    api_host: taken.apiHost.replace(LOCAL_PORT, ''),
    organisation: organisation === undefined ? null : organisationOf(organisation),
    room: given({ edition: room?.edition, custom_fields: room?.customFields }),
    ...given({
      profiles: listed(profiles)?.map(([name, id]) => ({ name, id })),
      global_picklists: listed(globalPicklists)?.map(([api_name, id]) => ({ api_name, id })),
      module_names: listed(names)?.map(([api_name, labels]) => ({ api_name, labels })),
    }),
    modules: inOrder(
      modules.map(({ module, fields }): SnapshotModule => {
        // Where the list left options out, these were read one by one (sheet §2.2).
        const wishes = manifest.modules.filter((one) => one.module === module).flatMap((one) => one.fields);
        const asked = new Set(withOptions(wishes));
        const kept = fields.map((field) => keptOf(field, taken.namesOnly, asked.has(field.api_name)));
        return {
          module,
          fields: inOrder(
            kept,
            (one) => one.api_name,
            (one) => one.id,
          ),
        };
      }),
      ({ module }) => module,
    ),
  };
}

/** What has names, in the order of these. */
function listed<Value>(
  byName: ReadonlyMap<string, Value> | undefined,
): readonly (readonly [name: string, value: Value])[] | undefined {
  return byName && inOrder([...byName], ([name]) => name);
}

/** The port of a local Zoho is another one every time, and says nothing of the organisation. */
const LOCAL_PORT = /(?<=^(?:127\.0\.0\.1|localhost|\[::1\])):\d+$/u;

function organisationOf({ id, name, type, edition }: Organisation): Organisation {
  return { id, name, type, ...given({ edition }) };
}

function keptOf(field: LiveField, namesOnly: boolean, isAsked: boolean): SnapshotField {
  const { id, api_name, field_label, display_label, data_type, custom, used } = field;
  const { part, strange } = documented(field.wire);
  const { kept, left } = withoutPeople(part);
  // What the list left out and nobody asked for is not known, and says nothing about the field.
  const unread = isAsked || !isEmptyList(kept, data_type) ? [] : ['pick_list_values'];
  const gone = new Set([...unread, ...(namesOnly ? BESIDE_NAMES : [])]);
  const keys = Object.entries(kept).filter(([key]) => !gone.has(key));
  const notKept = [...strange, ...left, ...unread].toSorted();
  return {
    id,
    api_name,
    field_label,
    display_label,
    data_type,
    custom_field: custom,
    type: used ? 'used' : 'unused',
    ...Object.fromEntries(keys.map(([key, value]) => [key, ordered(key, value)])),
    ...(notKept.length === 0 ? {} : { [NOT_KEPT]: notKept }),
  };
}

function isEmptyList(wire: JsonObject, dataType: string): boolean {
  const options = property(wire, 'pick_list_values');
  return dataType.endsWith('picklist') && Array.isArray(options) && options.length === 0;
}

/** Lists in which nothing follows from the order; options stand in the order in which people see them. */
function ordered(key: string, value: Json): Json {
  const by = property(ORDER, key);
  if (!Array.isArray(value) || by === undefined) return value;
  return inOrder<Json>(value, (item) => (isObject(item) ? textOf(property(item, by)) : ''));
}

const ORDER: Readonly<Record<string, string>> = { profiles: 'name', layout_associations: 'id' };

/**
 * Conditions are the one place where a field's description can name a person: "where the owner is …". They are kept only
 * where each of their values is certainly something else.
 */
export function withoutPeople(wire: JsonObject): {
  readonly kept: JsonObject;
  /** The paths that were left out. */
  readonly left: readonly string[];
} {
  let kept = wire;
  const left: string[] = [];
  for (const path of CONDITIONS) {
    const [first = '', ...rest] = path;
    const whole = property(kept, first);
    if (whole === undefined) continue;
    const conditions = valueAt(whole, rest);
    if (conditions === undefined || isHarmless(conditions, 0)) continue;
    kept = { ...kept, [first]: without(whole, rest) };
    left.push(path.join('.'));
  }
  return { kept, left };
}

const CONDITIONS: readonly (readonly string[])[] = [
  ['lookup', 'query_details', 'criteria'],
  ['rollup_summary', 'expression', 'criteria'],
];

function without(value: Json, [first = '', ...rest]: readonly string[]): Json {
  if (!isObject(value)) return value;
  const { [first]: inner, ...others } = value;
  return rest.length === 0 || inner === undefined ? others : { ...value, [first]: without(inner, rest) };
}

/** Zoho's own language for conditions: a comparison, or a group of them. */
const KEYS: ReadonlySet<string> = new Set([
  'comparator',
  'field',
  'value',
  'group',
  'group_operator',
  'type',
]);

/** Deeper than any screen lets people nest conditions. */
const MOST_LEVELS = 20;

/** True for conditions of a known shape that compare fields which hold no person with values that are none. */
function isHarmless(conditions: Json, level: number): boolean {
  if (conditions === null) return true;
  if (!isObject(conditions) || level > MOST_LEVELS) return false;
  const group = property(conditions, 'group') ?? [];
  return (
    Object.keys(conditions).every((key) => KEYS.has(key)) &&
    Array.isArray(group) &&
    group.every((one: Json) => isHarmless(one, level + 1)) &&
    isPlainField(property(conditions, 'field') ?? null) &&
    isPlainValue(property(conditions, 'value') ?? null) &&
    ['comparator', 'group_operator', 'type'].every(
      (key) => typeof (property(conditions, key) ?? '') === 'string',
    )
  );
}

/** Fields that hold a user are named so by Zoho itself; of others the value decides. */
function isPlainField(field: Json): boolean {
  if (field === null) return true;
  if (!isObject(field)) return false;
  const name = property(field, 'api_name');
  return (
    typeof name === 'string' &&
    !/owner|user|created_by|modified_by|person|contact|e-?mail|name/iu.test(name) &&
    Object.entries(field).every(
      ([key, value]) => key === 'api_name' || (key === 'id' && typeof value === 'string'),
    )
  );
}

function isPlainValue(value: Json): boolean {
  if (Array.isArray(value)) return value.every((item: Json) => !Array.isArray(item) && isPlainValue(item));
  if (isObject(value)) return false;
  // An id of a record may be that of a user, and an address mostly is a person's.
  return typeof value !== 'string' || !/@|^\d{15,}$/u.test(value);
}
