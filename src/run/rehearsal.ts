import type { Exchange, RehearsalView } from '../report/apply/rehearsal.ts';
import { type Json, isObject, property } from '../model/json.ts';
import { type Snapshot, NOT_KEPT, type SnapshotField, snapshotReader } from '../snapshot/snapshot.ts';
import type { Transport } from '../zoho/http/transport.ts';
import type { Io } from '../machine/io.ts';
import { readKept, SNAPSHOT } from '../machine/kept-file.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Plan } from '../model/plan.ts';
import { misuse, type Diagnostic } from '../model/problem.ts';
import { readLive } from '../plan/plan-live.ts';
import { intent } from '../plan/refresh.ts';
import { snapshotDoubts } from '../snapshot/doubts.ts';
import { ageInSeconds, MAX_AGE_DAYS } from '../model/time.ts';
import type { EmulatorOptions } from '../emulator/start.ts';

/** An apply against a Zoho that is there for one run. */
export interface Rehearsal {
  /** What it holds. */
  readonly snapshot: Snapshot;
  /** Told every request that goes out, but the one for a token, with what was answered. */
  readonly onExchange: (exchange: Exchange) => void;
}

/** The same transport, of which every request to the API is told. Headers are not: they hold the token. */
export function recorded(transport: Transport, onExchange: (exchange: Exchange) => void): Transport {
  return async (request) => {
    const answer = await transport(request);
    const { pathname, search } = new URL(request.url);
    if (pathname.endsWith('/oauth/v2/token')) return answer;
    const isRead = request.method === 'GET';
    onExchange({
      method: request.method,
      path: `${pathname}${search}`,
      status: answer.status,
      ...(isRead ? {} : { body: parsed(request.body ?? ''), answer: parsed(answer.text) }),
    });
    return answer;
  };
}

/** A body as JSON; one that is not JSON as its text. */
function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** A rehearsal that is about to begin. */
export interface PreparedRehearsal {
  /** For the connection. */
  readonly rehearsal: Rehearsal;
  /** What went out so far. */
  readonly view: RehearsalView;
  /** @throws Problem `invalid` where the snapshot lacks what is to be applied, as `plan --from` says it. */
  readonly check: (wanted: Manifest | Plan) => Promise<void>;
  /** What is doubtful about what the rehearsal shows. */
  readonly doubts: (plan: Plan) => readonly Diagnostic[];
}

/**
 * Reads the snapshot that an apply is rehearsed with.
 * @throws Problem `usage` without `--emulator`, `not-found` or `invalid` for the file.
 */
export async function prepareRehearsal(
  path: string,
  options: { readonly emulator?: boolean },
  io: Io,
): Promise<PreparedRehearsal> {
  if (options.emulator !== true) throw needsEmulator(path);
  const snapshot = await readKept(SNAPSHOT, path, io);
  const exchanges: Exchange[] = [];
  const ageSeconds = ageInSeconds(snapshot.taken_at, io.now());
  return {
    rehearsal: { snapshot, onExchange: (exchange) => exchanges.push(exchange) },
    view: { snapshot: { path, takenAt: snapshot.taken_at, ageSeconds }, exchanges },
    check: async (wanted) => {
      await readLive('plan_id' in wanted ? intent(wanted) : wanted, snapshotReader(snapshot, path));
    },
    doubts: (plan) => [
      ...snapshotDoubts(plan, snapshot, { path, ageSeconds, maxAgeDays: MAX_AGE_DAYS }),
      ...seedDoubts(plan, path),
    ],
  };
}

function needsEmulator(path: string): Error {
  return misuse(
    '"--seed" is what the built-in Zoho of a rehearsal holds, and without "--emulator" this apply would be a real one.',
    `To rehearse: zoho-fields apply --emulator --seed ${path}. To apply for real, leave --seed out.`,
  );
}

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
