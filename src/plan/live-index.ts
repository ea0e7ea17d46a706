import type { LiveField } from '../model/live-field.ts';
import { fold } from './creation-label.ts';

/** The live fields of a module, found by every name that can stand in a new field's way. */
export interface LiveIndex {
  readonly fields: readonly LiveField[];
  readonly hasId: (id: string) => boolean;
  /** Fields of exactly this API name; more than one only in a broken answer. */
  named(apiName: string): readonly LiveField[];
  /** Fields whose API name is the same but for case. */
  namedLike(apiName: string): readonly LiveField[];
  /** Fields that hold the label, in either of its two forms, without regard to case. */
  labelled(label: string): readonly LiveField[];
}

/**
 * Builds the index in one pass, so that planning stays linear in the number of fields.
 * @param leaving ids of fields that are about to give up the label they have.
 */
export function indexLive(fields: readonly LiveField[], leaving: ReadonlySet<string> = new Set()): LiveIndex {
  const names = new Map<string, LiveField[]>();
  const folded = new Map<string, LiveField[]>();
  const labels = new Map<string, LiveField[]>();
  const ids = new Set<string>();
  for (const field of fields) {
    ids.add(field.id);
    push(names, field.api_name, field);
    push(folded, fold(field.api_name), field);
    const held = leaving.has(field.id) ? [] : [fold(field.field_label), fold(field.display_label)];
    for (const label of new Set(held)) push(labels, label, field);
  }
  return {
    fields,
    hasId: (id) => ids.has(id),
    named: (apiName) => names.get(apiName) ?? [],
    namedLike: (apiName) => folded.get(fold(apiName)) ?? [],
    labelled: (label) => labels.get(fold(label)) ?? [],
  };
}

function push(map: Map<string, LiveField[]>, key: string, field: LiveField): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [field]);
  else list.push(field);
}
