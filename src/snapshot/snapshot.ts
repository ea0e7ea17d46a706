import { given, type JsonObject } from '../model/json.ts';
import type { LiveField, PlanReader, Organisation } from '../model/live-field.ts';
import { problem } from '../model/problem.ts';

/** Version of the file that `snapshot` writes: additive changes only within it (contract §7). */
export const FORMAT_VERSION = '1.0';
export const KIND = 'snapshot';

/**
 * What `plan` read of an organisation, as it lies in a file.
 *
 * It holds what comparing needs and nothing else: no secret, and no name or id of a person. Everything stands in an order
 * of its own, whatever the order of Zoho's lists, so that two snapshots differ where the organisation does.
 */
export interface Snapshot {
  readonly format_version: string;
  readonly kind: string;
  /** ISO 8601, in UTC. */
  readonly taken_at: string;
  /** True where options and tooltips were left out. */
  readonly names_only: boolean;
  /** `us`, `eu`, …, or `emulator`. */
  readonly data_centre: string;
  readonly api_host: string;
  /** Null where the credentials' scopes do not tell it. */
  readonly organisation: Organisation | null;
  /** How much a module can hold, as far as it was known. */
  readonly room: { readonly edition?: string; readonly custom_fields?: number };
  /** Profiles by name; absent where the plan had no need of them, or the credentials may not ask. */
  readonly profiles?: readonly { readonly name: string; readonly id: string }[];
  readonly global_picklists?: readonly { readonly api_name: string; readonly id: string }[];
  /** Modules that a lookup may point to, with the names that screens show. */
  readonly module_names?: readonly { readonly api_name: string; readonly labels: readonly string[] }[];
  readonly modules: readonly SnapshotModule[];
}

/** One module with its fields, in the order of their API names. */
export interface SnapshotModule {
  readonly module: string;
  readonly fields: readonly SnapshotField[];
}

/** A field in Zoho's own keys, as GET shapes them (sheet §2.3), as far as comparing needs them. */
export interface SnapshotField extends JsonObject {
  readonly id: string;
  readonly api_name: string;
  readonly field_label: string;
  readonly display_label: string;
  readonly data_type: string;
  readonly custom_field: boolean;
  /** `used` or `unused`. */
  readonly type: string;
}

/** The key under which a field says which of its keys were not kept, though Zoho tells them. */
export const NOT_KEPT = 'not_kept';

/** What a snapshot of names leaves out, since it may be the business of an organisation. */
export const BESIDE_NAMES: readonly string[] = ['pick_list_values', 'tooltip'];

/** By code unit, so that no locale changes the order. */
export function inOrder<Item>(
  items: readonly Item[],
  ...by: readonly ((item: Item) => string)[]
): readonly Item[] {
  return items.toSorted((a, b) => {
    for (const of of by) {
      const [one, other] = [of(a), of(b)];
      if (one !== other) return one < other ? -1 : 1;
    }
    return 0;
  });
}

/**
 * A snapshot in the place of an organisation: planning reads it by the same code, and cannot tell the difference.
 * @param path the file that it came from, for words.
 */
export function snapshotReader(snapshot: Snapshot, path: string): PlanReader {
  const { profiles, global_picklists, module_names, room } = snapshot;
  return {
    fields: async (module) => {
      const found = snapshot.modules.find((one) => one.module === module);
      if (found === undefined) throw lacks(module, snapshot, path);
      return found.fields.map((field) => liveField(field));
    },
    profiles: async () => profiles && new Map(profiles.map(({ name, id }) => [name, id])),
    globalPicklists: async () =>
      global_picklists && new Map(global_picklists.map(({ api_name, id }) => [api_name, id])),
    modules: async () =>
      module_names && new Map(module_names.map(({ api_name, labels }) => [api_name, labels])),
    room: async () => given({ edition: room.edition, customFields: room.custom_fields }),
  };
}

function liveField(field: SnapshotField): LiveField {
  const { id, api_name, field_label, display_label, data_type, custom_field, type } = field;
  return {
    id,
    api_name,
    field_label,
    display_label,
    data_type,
    custom: custom_field,
    used: type !== 'unused',
    wire: field,
  };
}

function lacks(module: string, { modules }: Snapshot, path: string): Error {
  const held = modules.map((one) => one.module);
  return problem(
    'invalid',
    'snapshot-lacks-module',
    `The plan needs the fields of ${module}, and the snapshot ${path} holds only those of ${held.join(', ') || 'no module'}.`,
    'Take a new one with this manifest: zoho-fields snapshot -f MANIFEST --out FILE',
  );
}
