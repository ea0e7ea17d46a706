import type { EmulatorOptions } from '../emulator/start.ts';
import { isObject, property, type Json } from '../model/json.ts';
import type { Plan } from '../model/plan.ts';
import type { Diagnostic } from '../model/problem.ts';
import { NOT_KEPT, type Snapshot, type SnapshotField } from '../snapshot/snapshot.ts';

/**
 * A built-in Zoho that holds what a snapshot kept: its fields under their own ids, the names that new fields refer to, and
 * the limits of its edition.
 */
export function seedOf(snapshot: Snapshot): EmulatorOptions {
  const { organisation, room, profiles, modules, module_names } = snapshot;
  const idPrefix = prefixOf(modules.flatMap(({ fields }) => fields));
  const edition = editionOf(room.edition);
  const others = (module_names ?? []).map(({ api_name }) => [api_name, 'stock'] as const);
  return {
    seed: {
      // A module of which nobody read the fields is there all the same, for lookups that point to it.
      modules: Object.fromEntries([
        ...others,
        ...modules.map(({ module, fields }) => [module, fields.map((field) => asGet(field))] as const),
      ]),
      globalPicklists: globalPicklistsOf(snapshot),
      ...(profiles === undefined ? {} : { profiles: profiles.map((one) => ({ ...one, custom: false })) }),
    },
    organisation: {
      ...(idPrefix === undefined ? {} : { idPrefix }),
      ...(organisation === null ? {} : { name: organisation.name }),
      ...(edition === undefined ? {} : { edition }),
    },
    switches: { customFieldLimit: room.custom_fields ?? (edition === undefined ? NO_LIMIT : OF_EDITION) },
    // So that the plan rests on the edition where the snapshot's did, and only there.
    ...(edition === undefined ? {} : { scope: `${READING_AND_CREATING} ZohoCRM.org.READ` }),
  };
}

/** The switch's word for the limit of the edition. */
const OF_EDITION = 0;
/** Where nobody knows the edition its limit may be any: a plan has none then, and the organisation may hold more already. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** What the guide's scopes allow (contract §4). */
const READING_AND_CREATING = 'ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.users.READ';

/** What nobody can know of a rehearsal with the snapshot that `path` names. */
export function seedDoubts({ modules }: Pick<Plan, 'modules'>, path: string): readonly Diagnostic[] {
  const limits = modules.flatMap(({ capacity }) => capacity).filter(({ kind }) => kind === 'custom');
  if (limits.every(({ limit }) => limit !== null)) return [];
  return [
    {
      severity: 'warning',
      code: 'rehearsal-edition',
      message: `The snapshot ${path} does not tell how many custom fields a module can hold, so the rehearsal has no limit of them, and otherwise the limits of Enterprise.`,
      remedy:
        'Take it with a token that has ZohoCRM.org.READ, or set ZOHO_CUSTOM_FIELD_LIMIT, to rehearse with its own limits.',
    },
  ];
}

const EDITIONS = ['standard', 'professional', 'enterprise', 'ultimate'] as const;

/** An edition whose limits are known, to the planner as to the built-in Zoho (sheet §3.1). */
function editionOf(name: string | undefined): (typeof EDITIONS)[number] | undefined {
  return EDITIONS.find((one) => one === name?.trim().toLowerCase());
}

/** The digits that begin every id of an organisation (sheet §13.4): new fields get ids that none of the others has. */
function prefixOf(fields: readonly SnapshotField[]): string | undefined {
  return fields.map(({ id }) => /^(\d{1,9})\d{12}$/u.exec(id)?.[1]).find((prefix) => prefix !== undefined);
}

/** A field as GET shows it: without the note of what was left out. */
function asGet(field: SnapshotField): SnapshotField {
  const { [NOT_KEPT]: _notKept, ...rest } = field;
  return rest;
}

/** Of a list only its name and id were kept; its options are known where a field uses it. */
function globalPicklistsOf({ global_picklists = [], modules }: Snapshot) {
  const fields = modules.flatMap((module) => module.fields);
  return global_picklists.map(({ id, api_name }) => {
    const user = fields.find((field) => nameOf(property(field, 'global_picklist')) === api_name);
    const options = user === undefined ? [] : property(user, 'pick_list_values');
    const values = Array.isArray(options) ? options.filter((option) => isObject(option)) : [];
    return { id, api_name, display_label: api_name, values };
  });
}

function nameOf(list: Json | undefined): Json | undefined {
  return list !== undefined && isObject(list) ? property(list, 'api_name') : undefined;
}
