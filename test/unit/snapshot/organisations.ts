import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/model/json.ts';
import type { LiveField, PlanReader } from '../../../src/model/live-field.ts';
import type { DesiredField, Manifest } from '../../../src/model/manifest.ts';
import { fieldKeys } from '../../../src/manifest/schema/keys.ts';
import { documented } from '../../../src/plan/comparable.ts';
import { planLive, type LivePlan, readLive } from '../../../src/plan/plan-live.ts';
import { jsonText } from '../../../src/report/media/escape.ts';
import { withoutPeople, takeSnapshot } from '../../../src/snapshot/take-snapshot.ts';
import { parseSnapshot } from '../../../src/snapshot/parse-snapshot.ts';
import { type Snapshot, snapshotReader } from '../../../src/snapshot/snapshot.ts';
import { has } from '../../support/field.ts';
import { organisation } from '../../support/organisation.ts';

/** Whole organisations with manifests for them: some of what is declared is there, some differs, some is missing. */

export interface World {
  readonly manifest: Manifest;
  readonly deals: readonly LiveField[];
  readonly leads: readonly LiveField[];
  /** Names and ids that a new field may need; a part is absent where the credentials may not ask. */
  readonly names: ReadonlyMap<string, string> | undefined;
  readonly modules: ReadonlyMap<string, readonly string[]> | undefined;
  readonly room: { readonly edition?: string; readonly customFields?: number };
}

const DECLARABLE = Object.keys(fieldKeys).filter(
  (key) => !['api_name', 'field_label', 'data_type', 'create', 'description', 'maps_from'].includes(key),
);

/** What one field shows, declared of another one. */
function wishFor(field: LiveField, model: LiveField, keys: readonly string[], mapped: boolean): DesiredField {
  const declared: JsonObject = Object.fromEntries(
    keys.flatMap((key): readonly (readonly [string, Json])[] => {
      const value = model.wire[key];
      return value === undefined ? [] : [[key, value]];
    }),
  );
  return {
    api_name: field.api_name,
    data_type: field.data_type,
    create: field.custom,
    field_label: model.field_label,
    ...(mapped ? { maps_from: `Leads.${model.api_name}` } : {}),
    declared,
    line: 1,
    column: 1,
  };
}

const named = fc.constantFrom<JsonObject>(
  { lookup: { module: { api_name: 'Acounts' } } },
  { lookup: { module: { api_name: 'Customers' }, display_label: 'Deals' } },
  { profiles: [{ name: 'Standard', permission_type: 'hidden' }] },
  { profiles: [{ name: 'Standrad', permission_type: 'read_only' }] },
  { global_picklist: { api_name: 'Source' } },
  { unique: { case_sensitive: false } },
  {},
);

/** Every module has fields of Zoho's own, by which its list is known to be whole (sheet §8). */
export const STOCK = has('Stock_Field', { custom: false, id: '6084217000000999998' });

export const world: fc.Arbitrary<World> = fc
  .record({
    deals: organisation,
    leads: organisation,
    models: organisation,
    there: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
    keys: fc.array(fc.subarray(DECLARABLE), { minLength: 20, maxLength: 20 }),
    own: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
    mapped: fc.array(fc.nat({ max: 5 }), { minLength: 20, maxLength: 20 }),
    news: fc.array(named, { maxLength: 4 }),
    names: fc.option(
      fc.constant(
        new Map([
          ['Standard', '6084217000000026014'],
          ['Source', '6084217000000492003'],
        ]),
      ),
      { nil: undefined },
    ),
    modules: fc.option(
      fc.constant(
        new Map<string, readonly string[]>([
          ['Contacts', ['Customers', 'People']],
          ['Accounts', ['Customers']],
        ]),
      ),
      { nil: undefined },
    ),
    room: fc.record(
      { edition: fc.constantFrom('enterprise', 'standard', 'odd'), customFields: fc.nat({ max: 12 }) },
      { requiredKeys: [] },
    ),
  })
  .map(({ deals, leads, models, there, keys, own, mapped, news, names, modules, room }) => {
    const fields = deals.map((field, index) => {
      const model = own[index] === true ? field : (models[index % models.length] ?? field);
      return wishFor(field, model, keys[index] ?? [], mapped[index] === 0);
    });
    const wishes = [
      ...fields,
      ...news.map((declared, index): DesiredField => ({
        api_name: `New_${index}`,
        data_type: 'lookup' in declared ? 'lookup' : 'global_picklist' in declared ? 'picklist' : 'text',
        create: true,
        field_label: `New ${index}`,
        declared,
        line: 1,
        column: 1,
      })),
    ];
    return {
      manifest: {
        path: 'fields.yaml',
        sha256: 'f'.repeat(64),
        modules: [{ module: 'Deals', fields: wishes }],
      },
      deals: [...deals.filter((_, index) => there[index] !== false), STOCK],
      leads: [...leads, STOCK],
      names,
      modules,
      room,
    };
  });

/** Zoho as a reader sees it. */
export function liveReader({ deals, leads, names, modules, room }: World): PlanReader {
  return {
    fields: async (module) => (module === 'Leads' ? leads : deals),
    profiles: async () => names,
    globalPicklists: async () => names,
    modules: async () => modules,
    room: async () => room,
  };
}

export const PLACE = {
  at: 1_780_000_000_000,
  dataCentre: 'eu',
  apiHost: 'www.zohoapis.eu',
  namesOnly: false,
};

/** Fields of which everything that a plan looks at can be kept: no value of a shape that nobody documents. */
export function whole(fields: readonly LiveField[]): readonly LiveField[] {
  return fields.filter(({ wire }) => {
    const { part, strange } = documented(wire);
    return strange.length === 0 && withoutPeople(part).left.length === 0;
  });
}

/** A snapshot as it lies in a file. */
export async function textOf(
  world: World,
  place: Parameters<typeof takeSnapshot>[2] = PLACE,
): Promise<string> {
  return jsonText(takeSnapshot(world.manifest, await readLive(world.manifest, liveReader(world)), place));
}

export async function kept(world: World, place = PLACE): Promise<Snapshot> {
  return parseSnapshot(await textOf(world, place), 'zoho.snapshot.json');
}

export async function planOfLive(world: World): Promise<LivePlan> {
  return planLive(world.manifest, liveReader(world), []);
}

export async function planOfSnapshot(manifest: Manifest, snapshot: Snapshot): Promise<LivePlan> {
  return planLive(manifest, snapshotReader(snapshot, 'zoho.snapshot.json'), []);
}
