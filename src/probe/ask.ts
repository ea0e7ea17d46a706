import { given, isObject, property, type Json, type JsonObject, valueAt } from '../model/json.ts';
import type { Look, ProbeReader, Seen, TokenForm } from '../model/live-field.ts';
import { Problem } from '../model/problem.ts';
import type { FactValue } from './value.ts';

/** What a probe asks besides the list of fields; each a read that harms nothing, whatever is answered. */
export type Question =
  | 'unused'
  | 'single'
  | 'unknown_id'
  | 'options'
  | 'no_options'
  | 'missing_module'
  | 'unknown_module'
  | 'other_case'
  | 'unknown_type'
  | 'unknown_path'
  | 'wrong_version'
  | 'older_version'
  | 'bearer'
  | 'modules'
  | 'profiles'
  | 'global_picklists'
  | 'layouts'
  | 'organisation';

/** All that was seen: facts are made of this alone. */
export interface Observations {
  /** Absent where the token came out of a cache. */
  readonly token?: TokenForm;
  readonly list: Seen;
  /** What the list holds. */
  readonly fields: readonly JsonObject[];
  /** A question that could not be asked, for want of a field of its kind or of an answer, is not there. */
  readonly answers: ReadonlyMap<Question, Seen>;
  /** Questions to which nobody answered. */
  readonly silent: ReadonlySet<Question>;
  /** What creating fields has shown, by fact; absent where nothing was created. */
  readonly made?: ReadonlyMap<string, FactValue>;
}

const FIELDS = 'settings/fields';
/** No field has it: ids begin with the digits of their organisation (sheet §13.4). */
const NO_ID = '100000000000000001';
/** Names that nobody gives to a module, a parameter or a path. */
const NO_MODULE = 'No_Such_Module_Of_Zoho_Fields';
const NO_TYPE = 'no_such_type';
const NO_PATH = 'no_such_path_of_zoho_fields';

/**
 * Asks this Zoho what a read can show: one read after the other, so that the times say something.
 * @param list the module's whole list, which has been judged already: without it there is nothing to hold against the sheet.
 * @throws Problem where the token is refused meanwhile.
 */
export async function ask(reader: ProbeReader, module: string, list: Seen): Promise<Observations> {
  const fields = itemsIn(list, 'fields');
  const answers = new Map<Question, Seen>();
  const silent = new Set<Question>();
  for (const [question, look] of looksAt(module, fields)) {
    try {
      answers.set(question, await reader.look(look));
    } catch (error) {
      if (!(error instanceof Problem) || error.kind !== 'unreachable') throw error;
      silent.add(question);
    }
  }
  const token = await reader.tokenForm();
  return { ...given({ token }), list, fields, answers, silent };
}

/** The objects of a list in an answer; none where there is no such list. */
export function itemsIn(answer: Seen | undefined, key: string): readonly JsonObject[] {
  const list = valueAt(answer?.json, [key]);
  return Array.isArray(list) ? list.filter((one) => isObject(one)) : [];
}

/** How the list of a module is asked for. */
export function listLook(module: string): Look {
  return { path: FIELDS, query: { module, type: 'all' } };
}

function looksAt(module: string, fields: readonly JsonObject[]): readonly (readonly [Question, Look])[] {
  const inModule = (path: string, more: Look['query'] = {}): Look => ({ path, query: { module, ...more } });
  const lists = fields.filter((field) => isPicklist(field));
  const picklist = idOf(lists.find((field) => isEmpty(property(field, 'pick_list_values'))) ?? lists[0]);
  const full = idOf(lists.find((field) => !isEmpty(property(field, 'pick_list_values'))));
  const text = idOf(fields.find((field) => property(field, 'data_type') === 'text'));
  const links = idOf(fields.find((field) => property(field, 'data_type') === 'multiselectlookup'));
  const one = picklist ?? text ?? idOf(fields[0]);
  const lower = module.toLowerCase();
  const other = lower === module ? module.toUpperCase() : lower;
  const of = (id: string | undefined, look: (path: string) => Look): readonly Look[] =>
    id === undefined ? [] : [look(`${FIELDS}/${id}`)];
  const asked: readonly (readonly [Question, readonly Look[]])[] = [
    ['unused', [inModule(FIELDS, { type: 'unused' })]],
    ['single', of(one, (path) => inModule(path))],
    ['unknown_id', [inModule(`${FIELDS}/${NO_ID}`)]],
    ['options', of(full ?? picklist, (path) => inModule(`${path}/pick_list_values`))],
    ['no_options', of(text, (path) => inModule(`${path}/pick_list_values`))],
    ['missing_module', [{ path: FIELDS, query: {} }]],
    ['unknown_module', [{ path: FIELDS, query: { module: NO_MODULE } }]],
    ['other_case', other === module ? [] : [{ path: FIELDS, query: { module: other } }]],
    ['unknown_type', [inModule(FIELDS, { type: NO_TYPE })]],
    ['unknown_path', [{ path: NO_PATH, query: {} }]],
    ['wrong_version', [{ ...inModule(FIELDS), version: 99 }]],
    ['older_version', of(links, (path) => ({ ...inModule(path), version: 7 }))],
    ['bearer', of(one, (path) => ({ ...inModule(path), scheme: 'Bearer' }))],
    ['modules', [{ path: 'settings/modules', query: {} }]],
    ['profiles', [{ path: 'settings/profiles', query: {} }]],
    ['global_picklists', [{ path: 'settings/global_picklists', query: {} }]],
    ['layouts', [inModule('settings/layouts')]],
    ['organisation', [{ path: 'org', query: {} }]],
  ];
  return asked.flatMap(([question, looks]) => looks.map((look) => [question, look] as const));
}

/** True for a field that has options. */
export function isPicklist(field: JsonObject): boolean {
  const type = property(field, 'data_type');
  return type === 'picklist' || type === 'multiselectpicklist';
}

export function isEmpty(value: Json | undefined): boolean {
  return !Array.isArray(value) || value.length === 0;
}

/** Digits alone become part of an address. */
function idOf(field: JsonObject | undefined): string | undefined {
  const id = field === undefined ? undefined : property(field, 'id');
  const digits = typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : id;
  return typeof digits === 'string' && /^\d{1,30}$/.test(digits) ? digits : undefined;
}
