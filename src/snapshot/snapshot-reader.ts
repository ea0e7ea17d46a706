import type { LiveField, PlanReader } from '../model/live-field.ts';
import { problem } from '../model/problem.ts';
import type { Snapshot, SnapshotField } from './snapshot.ts';

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
    room: async () => ({
      ...(room.edition === undefined ? {} : { edition: room.edition }),
      ...(room.custom_fields === undefined ? {} : { customFields: room.custom_fields }),
    }),
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
