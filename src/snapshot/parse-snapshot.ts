import { property, type Json, valueAt } from '../model/json.ts';
import { problem } from '../model/problem.ts';
import { documented } from '../plan/comparable.ts';
import {
  isFlag,
  isId,
  isShallow,
  isText,
  listOf,
  oneOf,
  optional,
  readKept,
  withKeys,
  type Check,
} from '../model/kept-file.ts';
import {
  FORMAT_VERSION,
  KIND,
  NOT_KEPT,
  type Snapshot,
  type SnapshotField,
  type SnapshotModule,
} from './snapshot.ts';

/**
 * Reads a snapshot back. Anyone may have written it: each part is looked at before it is used.
 * @throws Problem `invalid` for text that is no snapshot, is damaged, or of another version.
 */
export function parseSnapshot(text: string, path: string): Snapshot {
  const value = readKept(text, path, {
    kind: KIND,
    version: FORMAT_VERSION,
    noun: 'snapshot',
    is: 'whole snapshot that "zoho-fields snapshot" wrote',
    otherwise: 'Take one, with credentials: zoho-fields snapshot --out FILE',
    otherVersion:
      'Use the version of zoho-fields that wrote the snapshot, or take a new one with this version.',
  });
  if (!isShallow(value) || !isSnapshot(value)) throw damaged(`${path} does not hold what a snapshot holds.`);
  const snapshot = value as unknown as Snapshot;
  return { ...snapshot, modules: snapshot.modules.map((module) => checked(module, path)) };
}

/** The module with no more of its fields than a snapshot keeps, each key of which has to be what Zoho documents. */
function checked({ module, fields }: SnapshotModule, path: string): SnapshotModule {
  // No module is without them (sheet §8), and no live list is believed that names none.
  if (!fields.some((field) => !field.custom_field)) {
    throw damaged(`${path} holds no standard field of ${module}, and every module has some.`);
  }
  return { module, fields: fields.map((field) => checkedField(field, module, path)) };
}

function checkedField(field: SnapshotField, module: string, path: string): SnapshotField {
  const { id, api_name, field_label, display_label, data_type, custom_field, type } = field;
  const { part, strange } = documented(field);
  const [key] = strange;
  if (key !== undefined) {
    throw damaged(
      `${path} has for "${key}" of ${module}.${api_name} something that Zoho never answers there.`,
    );
  }
  const notKept = property(field, NOT_KEPT);
  const identity = { id, api_name, field_label, display_label, data_type, custom_field, type };
  return {
    ...identity,
    ...part,
    ...(notKept === undefined ? {} : { [NOT_KEPT]: notKept }),
  };
}

function damaged(message: string): Error {
  return problem('invalid', 'snapshot-damaged', message, 'Take a new one: zoho-fields snapshot --out FILE');
}

const isCount: Check = (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isNone: Check = (value) => value === null;
const isName: Check = (value) => typeof value === 'string' && value !== '';

/** `eu`, `emulator`: a word of this tool's own, and shown as such. */
const isWord: Check = (value) => typeof value === 'string' && /^[a-z]{2,20}$/.test(value);

const either =
  (one: Check, other: Check): Check =>
  (value) =>
    one(value) || other(value);

/** A moment as `snapshot` writes it: it is shown, and its age is computed. */
const isMoment: Check = (value) =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(value) &&
  isOnCalendar(value);

/** A day that no month has, such as 31 February, would be read as one of the next. */
function isOnCalendar(moment: string): boolean {
  const time = Date.parse(moment);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 19) === moment.slice(0, 19);
}

/** A list that names nothing twice. */
const distinct =
  (isItem: Check, key: string): Check =>
  (value) => {
    if (!Array.isArray(value) || !value.every((one) => isItem(one))) return false;
    const names = value.map((one: Json) => valueAt(one, [key]));
    return new Set(names).size === names.length;
  };

const isField = withKeys({
  id: isId,
  api_name: isName,
  field_label: isText,
  display_label: isText,
  data_type: isName,
  custom_field: isFlag,
  type: oneOf('used', 'unused'),
  [NOT_KEPT]: optional(listOf(isText)),
});

const isSnapshot = withKeys({
  taken_at: isMoment,
  names_only: isFlag,
  data_centre: isWord,
  api_host: isText,
  organisation: either(
    isNone,
    withKeys({ id: isText, name: isText, type: isText, edition: optional(isText) }),
  ),
  room: withKeys({ edition: optional(isText), custom_fields: optional(isCount) }),
  profiles: optional(listOf(withKeys({ name: isText, id: isText }))),
  global_picklists: optional(listOf(withKeys({ api_name: isText, id: isText }))),
  module_names: optional(listOf(withKeys({ api_name: isText, labels: listOf(isText) }))),
  modules: distinct(withKeys({ module: isName, fields: distinct(isField, 'id') }), 'module'),
});
