import type { PlanReader } from '../model/field-reader.ts';
import { isObject, property, valueAt, type Json, type JsonObject } from '../model/json.ts';
import type { Room } from '../model/limits.ts';
import type { LiveField } from '../model/live-field.ts';
import { Problem } from '../model/problem.ts';
import { decode } from './answer.ts';
import { apiProblem } from './api-errors.ts';
import type { Session } from './session.ts';
import { MOST_FIELDS, notFields, notList, readFieldPage } from './wire-fields.ts';

/** Single reads that may be under way at once; the smallest edition allows five calls (sheet §6). */
const AT_ONCE = 4;
/** No module has more fields than this many pages hold; a list that goes on is not Zoho's. */
const MOST_PAGES = 50;

/** What is known of the organisation; only shown, never relied on. */
export interface Organisation {
  readonly id: string;
  readonly name: string;
  /** `production`, `sandbox`, `developer` (sheet §10.4). */
  readonly type: string;
  /** `enterprise`, `professional`, …; what a trial tries, where nothing is paid for (sheet §10.4). */
  readonly edition?: string;
}

/** Everything that can be read; there is no way to write through it. */
export class ZohoReader implements PlanReader {
  readonly #session: Session;
  readonly #customFields: number | undefined;
  #organisation: Promise<Organisation | undefined> | undefined;

  /** @param customFields what the settings say of the custom fields that a module can hold. */
  constructor(session: Session, customFields?: number) {
    this.#session = session;
    this.#customFields = customFields;
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

  /** Profile names and their ids (sheet §10.2). */
  async profiles(): Promise<ReadonlyMap<string, string>> {
    return this.#names('settings/profiles', 'profiles', 'name', 'ZohoCRM.settings.profiles.READ');
  }

  /** API names of global picklists and their ids (sheet §10.3). */
  async globalPicklists(): Promise<ReadonlyMap<string, string>> {
    return this.#names(
      'settings/global_picklists',
      'global_picklists',
      'api_name',
      'ZohoCRM.settings.global_picklist.READ',
    );
  }

  /** Modules by API name (sheet §10.1); admins rename what the screens show, never the API name. */
  async modules(): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
    const { scopes } = await this.#session.token();
    // Without scopes in the token's answer nobody knows: Zoho decides (sheet §1.2).
    if (scopes.length > 0 && !MODULE_SCOPES.some((scope) => scopes.includes(scope))) return undefined;
    try {
      const { json } = await this.#get('settings/modules', {}, 'ZohoCRM.settings.modules.READ');
      return json === undefined ? undefined : moduleNames(json);
    } catch (error) {
      // A plan can do without: what this list would show, Zoho says when the field is created.
      if (error instanceof Problem && error.kind !== 'interrupted') return undefined;
      throw error;
    }
  }

  async room(): Promise<Room> {
    const edition = (await this.organisation())?.edition;
    return {
      ...(edition === undefined ? {} : { edition }),
      ...(this.#customFields === undefined ? {} : { customFields: this.#customFields }),
    };
  }

  /**
   * The organisation behind the token, where its scopes allow to ask; anything that goes wrong is no answer. It is asked
   * for once.
   */
  organisation(): Promise<Organisation | undefined> {
    this.#organisation ??= this.#readOrganisation();
    return this.#organisation;
  }

  async #readOrganisation(): Promise<Organisation | undefined> {
    const { scopes } = await this.#session.token();
    if (!scopes.includes('ZohoCRM.org.READ') && !scopes.includes('ZohoCRM.org.ALL')) return undefined;
    try {
      const { answer } = await this.#session.read({ path: 'org', query: {} });
      const json = decode(answer)?.json;
      const list = json !== undefined && isObject(json) ? property(json, 'org') : undefined;
      const org = Array.isArray(list) ? list[0] : undefined;
      if (!isObject(org)) return undefined;
      const text = (key: string): string => (typeof org[key] === 'string' ? org[key] : '');
      const edition = editionOf(org);
      return {
        id: text('id'),
        name: text('company_name'),
        type: text('type'),
        ...(edition === undefined ? {} : { edition }),
      };
    } catch {
      return undefined;
    }
  }

  async #list(module: string): Promise<readonly LiveField[]> {
    const fields: LiveField[] = [];
    const seen = new Set<string>();
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const query = { module, type: 'all', ...(page === 1 ? {} : { page: String(page) }) };
      const { json, host } = await this.#get(
        'settings/fields',
        query,
        'ZohoCRM.settings.fields.READ',
        module,
      );
      const result = readFieldPage(json, host);
      const fresh = result.fields.filter((field) => !seen.has(field.id));
      for (const field of result.fields) seen.add(field.id);
      fields.push(...(page === 1 ? result.fields : fresh));
      if (!result.more) return fields;
      if (fields.length > MOST_FIELDS) throw notFields(host, 'the list of fields does not end');
      if (page > 1 && fresh.length === 0)
        throw notFields(host, 'it announces more fields and then does not send them');
    }
    throw notFields('Zoho', 'the list of fields does not end');
  }

  async #one(module: string, field: LiveField): Promise<LiveField> {
    const path = `settings/fields/${encodeURIComponent(field.id)}`;
    const { json, host } = await this.#get(path, { module }, 'ZohoCRM.settings.fields.READ', module);
    return readFieldPage(json, host).fields.find((one) => one.id === field.id) ?? field;
  }

  async #names(path: string, list: string, key: string, scope: string): Promise<ReadonlyMap<string, string>> {
    const { json, host } = await this.#get(path, {}, scope);
    // An empty answer is how Zoho says that there is none (sheet §10.3).
    if (json === undefined) return new Map();
    const items = isObject(json) ? property(json, list) : undefined;
    if (!Array.isArray(items))
      throw notList(host, 'not-names', `its ${list.replace('_', ' ')}`, 'the answer holds no list of them');
    const pairs = items.flatMap((item: Json): readonly (readonly [string, string])[] => {
      const name = isObject(item) ? property(item, key) : undefined;
      const id = isObject(item) ? property(item, 'id') : undefined;
      return typeof name === 'string' && typeof id === 'string' ? [[name, id]] : [];
    });
    return new Map(pairs);
  }

  async #get(
    path: string,
    query: Readonly<Record<string, string>>,
    scope: string,
    module?: string,
  ): Promise<{ readonly json: Json | undefined; readonly host: string }> {
    const { answer, host } = await this.#session.read({ path, query });
    const failure = apiProblem(answer, { host, scope, ...(module === undefined ? {} : { module }) });
    if (failure !== undefined) throw failure;
    const json = decode(answer)?.json;
    if (json === undefined && answer.status !== 204)
      throw notFields(host, `the answer is empty (HTTP ${answer.status})`);
    return { json, host };
  }
}

/** Any of these lets a token read the list of modules (sheet §1.6). */
const MODULE_SCOPES = ['READ', 'ALL']
  .map((action) => `ZohoCRM.settings.modules.${action}`)
  .concat('ZohoCRM.settings.ALL');

/** What a list lacks proves something only where it is Zoho's, and complete. */
function moduleNames(json: Json): ReadonlyMap<string, readonly string[]> | undefined {
  const list = valueAt(json, ['modules']);
  if (!Array.isArray(list) || valueAt(json, ['info', 'more_records']) === true) return undefined;
  const names = new Map<string, readonly string[]>();
  for (const item of list) {
    const name = isObject(item) ? property(item, 'api_name') : undefined;
    if (!isObject(item) || typeof name !== 'string' || name === '') return undefined;
    const labels = ['plural_label', 'singular_label', 'module_name'].map((key) => property(item, key));
    names.set(
      name,
      labels.filter((label) => typeof label === 'string'),
    );
  }
  return names;
}

/** Some organisations' list call leaves options out, which a single read shows (sheet §2.2). */
function lacksOptions(field: LiveField): boolean {
  if (!field.data_type.endsWith('picklist')) return false;
  const options = property(field.wire, 'pick_list_values');
  return !Array.isArray(options) || options.length === 0;
}

function editionOf(org: JsonObject): string | undefined {
  const licence = property(org, 'license_details');
  if (licence === undefined || !isObject(licence)) return undefined;
  const words = [property(licence, 'paid_type'), property(licence, 'trial_type')];
  const [paid, trial] = words.map((word) => (typeof word === 'string' && word !== '' ? word : undefined));
  return property(licence, 'paid') === false ? (trial ?? paid) : paid;
}
