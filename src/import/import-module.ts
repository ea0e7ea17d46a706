import { compareText, isObject, property } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import type { ModulePlan } from '../model/plan.ts';
import type { Draft, LeftOut, Stanza, Settled } from './draft.ts';
import { isExisting, stanzaOf, settle } from './draft.ts';
import { stanzaLines, usualLayout, leftOutComment, manifestText } from './write-stanza.ts';

/** What to import of a module. */
export interface ImportWish {
  readonly module: string;
  /** Every live field of the module, used and unused. */
  readonly live: readonly LiveField[];
  /** The standard fields too. */
  readonly all: boolean;
  /** By API name instead of in Zoho's order. */
  readonly sorted: boolean;
  /** Where an editor finds the schema from the manifest that is written, if it does. */
  readonly schema?: string | undefined;
}

/** What came of it. */
export interface Imported {
  readonly text: string;
  readonly fields: readonly ImportedField[];
  readonly leftOut: readonly LeftOut[];
  /** True where there was nothing to import, and one of Zoho's own fields stands there as a beginning. */
  readonly isBeginning: boolean;
}

interface ImportedField {
  readonly api_name: string;
  readonly data_type: string;
  /** False for a field that is declared as someone else's. */
  readonly create: boolean;
}

/**
 * A manifest of what a module has, valid and in sync with it.
 * @returns `undefined` where the module has nothing that a manifest could declare.
 */
export function importModule(wish: ImportWish): Imported | undefined {
  const { module, live, schema } = wish;
  const place = {
    module,
    live,
    write: (stanzas: readonly Stanza[]) => manifestText(module, stanzas, schema),
  };
  const settled = settle(draftOf(wish), place);
  if (settled.stanzas.length > 0) return imported(settled, false);
  // A manifest without a field is none; a field that every organisation has is a beginning.
  for (const field of beginnings(live)) {
    const other = settle({ stanzas: [stanzaOf(field, module)], leftOut: settled.leftOut }, place);
    if (other.stanzas.length > 0) return imported(other, true);
  }
  return undefined;
}

function imported(settled: Settled, isBeginning: boolean): Imported {
  return {
    text: `${settled.written.text}${leftOutComment(settled.leftOut)}`,
    ...outcome(settled),
    isBeginning,
  };
}

/** The fields of a draft, and those that are not in it. */
export function outcome({ stanzas, leftOut }: Draft): Pick<Imported, 'fields' | 'leftOut'> {
  return {
    fields: stanzas.map((stanza) => ({
      api_name: stanza.field.api_name,
      data_type: stanza.field.data_type,
      create: !isExisting(stanza),
    })),
    leftOut,
  };
}

/** The first draft: every chosen field that a manifest can name. */
export function draftOf({ module, live, all, sorted }: ImportWish): Draft {
  const chosen = live.filter((field) => all || field.custom);
  const doubtful = namedTwice(live);
  const leftOut = chosen.flatMap((field) => whyNot(field, doubtful) ?? []);
  const out = new Set(leftOut.map(({ field }) => field));
  const good = chosen.filter((field) => !out.has(field));
  const ordered = sorted ? good.toSorted((a, b) => compareText(a.api_name, b.api_name)) : good;
  return { stanzas: ordered.map((field) => stanzaOf(field, module)), leftOut };
}

/** What the planner calls a conflict whatever is declared (contract §5), so that it is never imported. */
function whyNot(field: LiveField, doubtful: ReadonlySet<string>): LeftOut | undefined {
  if (!field.used) return { field, code: 'unused', why: 'unused, it is in no layout' };
  if (!doubtful.has(field.api_name)) return undefined;
  return { field, code: 'ambiguous', why: 'Zoho lists more than one field of this API name' };
}

function namedTwice(live: readonly LiveField[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(
    live.flatMap(({ api_name }) => {
      if (seen.has(api_name)) return [api_name];
      seen.add(api_name);
      return [];
    }),
  );
}

/** Zoho's own fields, those that every record must have first. */
function beginnings(live: readonly LiveField[]): readonly LiveField[] {
  const rank = ({ wire }: LiveField): number =>
    isObject(wire) &&
    (property(wire, 'display_field') === true || property(wire, 'system_mandatory') === true)
      ? 0
      : 1;
  return live.filter((field) => !field.custom && field.used).toSorted((a, b) => rank(a) - rank(b));
}

/**
 * For each field that a plan lists as unmanaged, the stanza that would declare it, by the field's id; none for a field
 * that no manifest can declare and have in sync, such as one in no layout.
 */
export function readyStanzas(
  plans: readonly ModulePlan[],
  live: readonly { readonly module: string; readonly fields: readonly LiveField[] }[],
): ReadonlyMap<string, string> {
  const ready = new Map<string, string>();
  for (const { module, unmanaged } of plans) {
    const fields = live.find((one) => one.module === module)?.fields ?? [];
    const ids = new Set(unmanaged.map(({ id }) => id));
    const draft = draftOf({ module, live: fields, all: false, sorted: true });
    const { stanzas } = settle(
      { ...draft, stanzas: draft.stanzas.filter(({ field }) => ids.has(field.id)) },
      { module, live: fields, write: (list: readonly Stanza[]) => manifestText(module, list) },
    );
    for (const stanza of stanzas) ready.set(stanza.field.id, stanzaLines(stanza, usualLayout).join('\n'));
  }
  return ready;
}
