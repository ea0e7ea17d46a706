import type { LiveField } from '../model/live-field.ts';
import type { ModulePlan } from '../model/plan.ts';
import { draftOf } from './import-module.ts';
import { manifestText } from './manifest-text.ts';
import { settle } from './settle.ts';
import type { Stanza } from './stanza.ts';
import { stanzaLines, usualLayout } from './write-stanza.ts';

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
