import type {
  LiveField,
  Look,
  PlanReader,
  ProbeReader,
  Seen,
  TokenForm,
  Organisation,
} from '../model/live-field.ts';
import { given, isObject, property, type Json, type JsonObject, valueAt } from '../model/json.ts';
import type { Room } from '../model/limits.ts';
import { Problem } from '../model/problem.ts';
import { apiProblem } from './api-errors.ts';
import { allows, mayAllow } from './scopes.ts';
import type { Answer } from './http/answer.ts';
import type { Session } from './session.ts';
import { FIELDS, notFields, notList, readFields, readWholeList, type ListKind } from './lists.ts';
import { closest } from '../model/closest.ts';

/** Single reads that may be under way at once; the smallest edition allows five calls (sheet §6). */
const AT_ONCE = 4;

/** Everything that can be read; there is no way to write through it. */
export class ZohoReader implements PlanReader {
  readonly #session: Session;
  readonly #customFields: number | undefined;
  readonly #keepsNames: boolean;
  /** Read once, and only where a module is not there. */
  #others: Promise<ReadonlyMap<string, readonly string[]> | undefined> | undefined;
  #organisation: Promise<Organisation | undefined> | undefined;
  /** A list that is under way before anyone wants it. */
  #ahead: { readonly module: string; readonly list: Promise<WholeList> } | undefined;

  /**
   * @param customFields what the settings say of the custom fields that a module can hold.
   * @param keepsNames what this user's own probe has shown.
   */
  constructor(session: Session, customFields?: number, keepsNames = false) {
    this.#keepsNames = keepsNames;
    this.#session = session;
    this.#customFields = customFields;
  }

  /** Asks for a module's list of fields, which the next call of `fields` for that module gets. */
  async askAhead(module: string): Promise<void> {
    const list = this.#fieldList(module);
    this.#ahead = { module, list };
    await list;
  }

  /** Every field, used and unused (sheet §2.1): a label on an unused field is still taken. */
  async fields(module: string, options: readonly string[]): Promise<readonly LiveField[]> {
    const fields = await this.#list(module);
    const wanted = new Set(options);
    const gaps = fields.filter((field) => wanted.has(field.api_name) && lacksOptions(field));
    if (gaps.length === 0) return fields;
    const filled = new Map<string, LiveField>();
    for (let start = 0; start < gaps.length; start += AT_ONCE) {
      const batch = gaps.slice(start, start + AT_ONCE);
      for (const field of await Promise.all(batch.map((gap) => this.#one(module, gap))))
        filled.set(field.id, field);
    }
    return fields.map((field) => filled.get(field.id) ?? field);
  }

  async profiles(): Promise<ReadonlyMap<string, string> | undefined> {
    return this.#names(PROFILES);
  }

  async globalPicklists(): Promise<ReadonlyMap<string, string> | undefined> {
    return this.#names(GLOBAL_PICKLISTS);
  }

  /** Modules by API name (sheet §10.1); admins rename what the screens show, never the API name. */
  async modules(): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
    if (!(await this.#mayAsk(MODULES))) return undefined;
    try {
      return moduleNames((await this.#read(MODULES)).items);
    } catch (error) {
      // A plan can do without: what this list would show, Zoho says when the field is created.
      if (error instanceof Problem && error.kind !== 'interrupted') return undefined;
      throw error;
    }
  }

  keepsNames(): boolean {
    return this.#keepsNames;
  }

  async room(): Promise<Room> {
    return given({ edition: (await this.organisation())?.edition, customFields: this.#customFields });
  }

  /**
   * The organisation behind the token, where its scopes allow to ask; anything that goes wrong is no answer. It is asked
   * for once.
   */
  organisation(): Promise<Organisation | undefined> {
    this.#organisation ??= this.#readOrganisation();
    return this.#organisation;
  }

  /** The same, asked for also where the token does not tell its scopes. */
  async organisationIfAny(): Promise<Organisation | undefined> {
    const { scopes } = await this.#session.token();
    return scopes.length === 0 ? this.#askOrganisation() : this.organisation();
  }

  async #readOrganisation(): Promise<Organisation | undefined> {
    const { scopes } = await this.#session.token();
    // Many tokens have no such scope, and a plan needs no name: it is asked for only where that is sure to be allowed.
    return allows(scopes, 'ZohoCRM.org.READ') ? this.#askOrganisation() : undefined;
  }

  async #askOrganisation(): Promise<Organisation | undefined> {
    try {
      const answer = await this.#session.read({ path: 'org', query: {} });
      const org = valueAt(answer.json, ['org', 0]);
      if (!isObject(org)) return undefined;
      const text = (key: string): string => (typeof org[key] === 'string' ? org[key] : '');
      const edition = editionOf(org);
      return { id: text('id'), name: text('company_name'), type: text('type'), ...given({ edition }) };
    } catch {
      return undefined;
    }
  }

  /** The whole list of a module; no module is without standard fields (sheet §8), so a list without them lacks something. */
  async #list(module: string): Promise<readonly LiveField[]> {
    const ahead = this.#ahead?.module === module ? this.#ahead.list : undefined;
    this.#ahead = undefined;
    const { items, host } = await (ahead ?? this.#fieldList(module)).catch(async (error: unknown) => {
      throw (await this.#otherModule(module, error)) ?? error;
    });
    const fields = readFields(items, host);
    if (!fields.some((field) => !field.custom))
      throw notFields(host, 'it names no standard field, and every module has some');
    return fields;
  }

  #fieldList(module: string): Promise<WholeList> {
    return this.#read({ ...FIELD_LIST, module, query: { module, type: 'all' } });
  }

  /** Where there is no such module: the one that was probably meant, at the price of one more read. */
  async #otherModule(module: string, error: unknown): Promise<Problem | undefined> {
    if (!(error instanceof Problem) || error.diagnostics[0]?.code !== 'invalid-module') return undefined;
    const modules = await (this.#others ??= this.modules());
    return modules === undefined ? undefined : withMeantModule(error, module, modules);
  }

  async #one(module: string, { id, api_name }: LiveField): Promise<LiveField> {
    const path = `settings/fields/${encodeURIComponent(id)}`;
    const { items, host } = await this.#read({ ...FIELD_LIST, path, module, query: { module } });
    const found = readFields(items, host).find((field) => field.id === id);
    if (found === undefined) throw notFields(host, `it does not show ${api_name}, which it has just listed`);
    return found;
  }

  /** What Zoho would refuse is not asked: what the plan then lacks is told with the scope (`run/scope-gaps.ts`). */
  async #mayAsk({ scope }: Pick<ListCall, 'scope'>): Promise<boolean> {
    return mayAllow((await this.#session.token()).scopes, scope);
  }

  async #names(list: ListCall & { readonly name: string }): Promise<ReadonlyMap<string, string> | undefined> {
    if (!(await this.#mayAsk(list))) return undefined;
    const { items } = await this.#read(list);
    const pairs = items.flatMap((item: Json): readonly (readonly [string, string])[] => {
      const name = valueAt(item, [list.name]);
      const id = valueAt(item, ['id']);
      return typeof name === 'string' && typeof id === 'string' ? [[name, id]] : [];
    });
    return new Map(pairs);
  }

  /** Only HTTP 200 says that the answer is all that was asked for; the rest of 2xx is a part of it, or nothing. */
  async #read(list: ListCall): Promise<WholeList> {
    const { path, scope, module, mayBeNone } = list;
    return readWholeList(list, async (page) => {
      const query = { ...list.query, ...(page === 1 ? {} : { page: String(page) }) };
      const answer = await this.#session.read({ path, query });
      const { host } = answer;
      const failure = apiProblem(answer, { scope, ...given({ module }) });
      if (failure !== undefined) throw failure;
      if (answer.status === 204 && mayBeNone === true && page === 1)
        return { json: { [list.key]: [] }, host };
      if (answer.status !== 200)
        throw notList(host, list, `the answer is HTTP ${answer.status}, and only 200 is a whole list`);
      if (answer.json === undefined) throw notList(host, list, 'the answer is empty (HTTP 200)');
      return { json: answer.json, host };
    });
  }
}

/** What a list lacks proves something only where each of its entries has a name. */
function moduleNames(list: readonly Json[]): ReadonlyMap<string, readonly string[]> | undefined {
  const names = new Map<string, readonly string[]>();
  for (const item of list) {
    const name = valueAt(item, ['api_name']);
    if (!isObject(item) || typeof name !== 'string' || name === '') return undefined;
    const labels = ['plural_label', 'singular_label', 'module_name'].map((key) => property(item, key));
    names.set(
      name,
      labels.filter((label) => typeof label === 'string'),
    );
  }
  return names;
}

/** A list that was read to its end. */
interface WholeList {
  readonly items: readonly Json[];
  readonly host: string;
}

/** How a list is asked for. */
interface ListCall extends ListKind {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly scope: string;
  readonly module?: string;
  /** True where Zoho documents 204 as "there are none". */
  readonly mayBeNone?: true;
}

const FIELD_LIST = { ...FIELDS, path: 'settings/fields', scope: 'ZohoCRM.settings.fields.READ' };

/** A list of settings that is one of the whole organisation. */
function settings(key: string, group = key) {
  const what = `its ${key.replaceAll('_', ' ')}`;
  const scope = `ZohoCRM.settings.${group}.READ`;
  return { key, code: 'not-names', what, path: `settings/${key}`, query: {}, scope };
}

const PROFILES = { ...settings('profiles'), name: 'name' };
const MODULES = settings('modules');
const GLOBAL_PICKLISTS = {
  ...settings('global_picklists', 'global_picklist'),
  name: 'api_name',
  // Sheet §10.3.
  mayBeNone: true,
} as const;

/** Some organisations' list call leaves options out, which a single read shows (sheet §2.2). */
function lacksOptions(field: LiveField): boolean {
  if (!field.data_type.endsWith('picklist')) return false;
  const options = property(field.wire, 'pick_list_values');
  return !Array.isArray(options) || options.length === 0;
}

function editionOf(org: JsonObject): string | undefined {
  const [paid, trial] = ['paid_type', 'trial_type'].map((key) => {
    const word = valueAt(org, ['license_details', key]);
    return typeof word === 'string' && word !== '' ? word : undefined;
  });
  return valueAt(org, ['license_details', 'paid']) === false ? (trial ?? paid) : paid;
}

/**
 * The failure about a module that is not there, with the one that was probably meant: of nearly the same API name, or
 * with that name on the screens (sheet §10.1).
 * @param modules API names of the organisation's modules, each with what the screens call it.
 */
function withMeantModule(
  { kind, diagnostics: [first] }: Problem,
  module: string,
  modules: ReadonlyMap<string, readonly string[]>,
): Problem | undefined {
  const owners = new Map([...modules].flatMap(([name, labels]) => labels.map((label) => [label, name])));
  const byLabel = closest(module, [...owners.keys()]);
  const meant = closest(module, [...modules.keys()]) ?? (byLabel && owners.get(byLabel));
  if (first === undefined || meant === undefined) return undefined;
  const remedy = `Did you mean "${meant}"? An API name is case-sensitive, and is not the label of the tab.`;
  return new Problem(kind, [{ ...first, remedy }]);
}

/** Looks at what this Zoho answers, without an opinion on it; there is no way to write through it. */
export class ZohoProber implements ProbeReader {
  readonly #session: Session;
  readonly #now: () => number;

  /** @param now milliseconds since the epoch, to tell how long an answer took. */
  constructor(session: Session, now: () => number) {
    this.#session = session;
    this.#now = now;
  }

  async tokenForm(): Promise<TokenForm | undefined> {
    return (await this.#session.token()).form;
  }

  async look(look: Look): Promise<Seen> {
    return (await this.#see(look)).seen;
  }

  /**
   * The list of a module's fields, without which there is nothing to look at.
   * @throws Problem when it is refused, or is no list of fields.
   */
  async list(look: Look): Promise<Seen> {
    const { seen, answer } = await this.#see(look);
    const { module = '' } = look.query;
    const failure = apiProblem(answer, { module, scope: 'ZohoCRM.settings.fields.READ' });
    if (failure !== undefined) throw failure;
    const fields = valueAt(seen.json, ['fields']);
    if (!Array.isArray(fields) || !fields.some((one) => isObject(one)))
      throw notFields(answer.host, 'it holds no list of fields');
    return seen;
  }

  async #see(look: Look): Promise<{ readonly seen: Seen; readonly answer: Answer }> {
    const from = this.#now();
    const answer = await this.#session.look(look);
    const ms = Math.max(0, this.#now() - from);
    return { answer, seen: seenIn(answer, ms) };
  }
}

/** An answer as a probe sees it. */
export function seenIn(answer: Answer, ms: number): Seen {
  const { status, json, limits = [] } = answer;
  return { status, ...given({ json }), limits, ms };
}
