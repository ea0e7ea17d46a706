import { count } from '../model/count.ts';
import type { JournalEntry } from '../model/journal.ts';
import { isObject, property } from '../model/json.ts';
import {
  editionOf,
  EVERY_EDITION,
  type Capacity,
  type LimitedKind,
  type LimitSource,
  type Room,
} from '../model/limits.ts';
import type { LiveField } from '../model/live-field.ts';
import type { DesiredField } from '../model/manifest.ts';
import type { Reason } from '../model/plan.ts';

/**
 * How much of what a module can hold is taken, and what a plan adds to it.
 *
 * A place is held by every custom field, also by one in no layout (sheet §2.2). What does not fit is found in the order of
 * the manifest, as Zoho finds it: the first ones fit.
 */

/** How many of the fields that a plan adds do not fit. */
export function overflow({ used, add, limit }: Capacity): number {
  return limit === null ? 0 : Math.min(add, Math.max(0, used + add - limit));
}

/** Gives out the places of one module. */
export interface Places {
  /**
   * Takes a place of each kind that the field needs; or none, and says why.
   * @param isFree false for a field that something else keeps from being created: it is told, and takes nothing.
   */
  readonly take: (desired: DesiredField, isFree: boolean) => readonly Reason[];
  /** What is held, and what was asked for by now. */
  readonly capacity: () => readonly Capacity[];
}

/** One kind of place while a plan is made. */
interface Tally {
  readonly kind: LimitedKind;
  readonly used: number;
  /** Fields in no layout among those. */
  readonly unused: number;
  readonly limit: number | null;
  readonly source: LimitSource | null;
  taken: number;
  refused: number;
}

/**
 * The places of one module.
 * @param refusal how many custom fields the module can hold, as Zoho itself said when it refused one.
 */
export function placesOf(module: string, live: readonly LiveField[], room: Room, refusal?: number): Places {
  const tallies = KINDS.map(({ kind, isLive }): Tally => {
    const held = live.filter((field) => field.custom && isLive(field));
    const unused = held.filter((field) => !field.used).length;
    return {
      kind,
      used: held.length,
      unused,
      ...limitOf(kind, held.length, room, refusal),
      taken: 0,
      refused: 0,
    };
  });
  return {
    take: (desired, isFree) => {
      const asked = tallies.filter((_, index) => KINDS[index]?.isWanted(desired) === true);
      const full = asked.filter(({ used, taken, limit }) => limit !== null && used + taken >= limit);
      const reasons = full.map((tally) => noRoom(module, tally, room));
      if (isFree) for (const tally of full) tally.refused += 1;
      if (isFree && full.length === 0) for (const tally of asked) tally.taken += 1;
      return reasons;
    },
    capacity: () =>
      tallies.map(({ kind, used, taken, refused, limit, source }) => ({
        kind,
        used,
        add: taken + refused,
        limit,
        source,
      })),
  };
}

/**
 * How many custom fields a module can hold, as Zoho said when it refused one of an earlier run.
 * @param isThere true for the id of a field of the module: one user may look after several organisations.
 */
export function limitSaid(
  module: string,
  journal: readonly JournalEntry[],
  isThere: (id: string) => boolean,
): number | undefined {
  const last = journal.findLast((entry) => entry.event === 'limit' && entry.module === module);
  return last?.beside !== undefined && isThere(last.beside) ? last.limit : undefined;
}

interface Kind {
  readonly kind: LimitedKind;
  /** Of a custom field: whether it holds such a place. */
  readonly isLive: (field: LiveField) => boolean;
  readonly isWanted: (desired: DesiredField) => boolean;
}

const KINDS: readonly Kind[] = [
  { kind: 'custom', isLive: () => true, isWanted: () => true },
  {
    kind: 'unique',
    isLive: (field) => isUnique(field),
    isWanted: (desired) => isObject(property(desired.declared, 'unique') ?? null),
  },
  ...(['autonumber', 'multiselectlookup'] as const).map((type) => ({
    kind: type,
    isLive: (field: LiveField) => field.data_type === type,
    isWanted: (desired: DesiredField) => desired.data_type === type,
  })),
];

/** `{}` is Zoho's word for "not unique" (sheet §2.3). */
export function isUnique(field: LiveField): boolean {
  const unique = property(field.wire, 'unique');
  return isObject(unique) && Object.keys(unique).length > 0;
}

/** The first that knows has the word; a module that holds more than Zoho once named has got room since. */
function limitOf(
  kind: LimitedKind,
  used: number,
  room: Room,
  refusal: number | undefined,
): Pick<Capacity, 'limit' | 'source'> {
  const isCustom = kind === 'custom';
  const said: readonly (readonly [LimitSource, number | undefined])[] = [
    ['setting', isCustom ? room.customFields : undefined],
    ['refusal', isCustom && refusal !== undefined && used <= refusal ? refusal : undefined],
    ['edition', editionOf(room.edition ?? '')?.limits[kind]],
    ['every_edition', kind === 'unique' || kind === 'autonumber' ? EVERY_EDITION[kind] : undefined],
  ];
  const [source = null, limit = null] = said.find(([, known]) => known !== undefined) ?? [];
  return { limit, source };
}

function noRoom(module: string, { kind, used, unused, limit, source, taken }: Tally, room: Room): Reason {
  const fields = count(used, NOUNS[kind]);
  const edition = editionOf(room.edition ?? '')?.name ?? '';
  const says: Readonly<Record<LimitSource, string>> = {
    setting: 'ZOHO_CUSTOM_FIELD_LIMIT says that a module can hold',
    refusal: 'Zoho itself said, when it refused a field here, that a module can hold',
    edition: `in the edition ${edition} a module can hold`,
    every_edition: 'in every edition a module can hold',
  };
  const idle = unused === 0 ? '' : ` (${unused} of them in no layout)`;
  const before = taken === 0 ? '' : ` and gets ${taken} before this one`;
  return {
    code: kind === 'custom' ? 'capacity' : `limit-${kind}`,
    message: `No room is left: ${module} has ${fields}${idle}${before}; ${says[source ?? 'edition']} ${limit ?? 0}.`,
    remedy: remedyOf(kind, module, source ?? 'edition'),
  };
}

function remedyOf(kind: LimitedKind, module: string, source: LimitSource): string {
  if (kind === 'unique')
    return `In Zoho allow a field of ${module} to hold the same value twice again, or take "unique" out of the manifest.`;
  if (kind !== 'custom')
    return 'Delete one in Zoho that is not needed (one in no layout counts too), or take this one out of the manifest.';
  const otherwise: Readonly<Record<LimitSource, string>> = {
    setting: ` If ${module} can hold more, correct ZOHO_CUSTOM_FIELD_LIMIT.`,
    refusal: ` If ${module} can hold more by now, set ZOHO_CUSTOM_FIELD_LIMIT.`,
    edition: ` If ${module} can hold more, set ZOHO_CUSTOM_FIELD_LIMIT.`,
    every_edition: '',
  };
  return `Delete custom fields in Zoho that are not needed (those in no layout count too), get a larger edition, or declare fewer.${otherwise[source]}`;
}

const NOUNS: Readonly<Record<LimitedKind, string>> = {
  custom: 'custom field',
  unique: 'unique field',
  autonumber: 'auto-number',
  multiselectlookup: 'multi-select lookup',
};

/** What one of a kind is called. */
export function nounOf(kind: LimitedKind): string {
  return NOUNS[kind];
}
