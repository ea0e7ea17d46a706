import { findDataType } from '../model/data-types.ts';
import type { Json } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import { declaredKeys } from './declared-keys.ts';

/** A live field on its way into a manifest, as its keys in the order in which they are written. */
export interface Stanza {
  readonly field: LiveField;
  readonly keys: ReadonlyMap<string, Json>;
}

/**
 * The stanza that a person would write for a live field: shorthands where they fit, nothing that is Zoho's default, no
 * ids.
 *
 * Zoho's own fields, and types that nobody can create through the API (sheet §3.2), are declared as the fields of
 * someone else. What creation would refuse for other reasons is left to the manifest's own rules; see `revise.ts`.
 */
export function stanzaOf(field: LiveField, module: string): Stanza {
  const type = findDataType(field.data_type);
  const isOurs = field.custom && type?.creatable === true;
  // Zoho trims labels, and so does every comparison; the untranslated one is the same for every user (sheet §2.2).
  const label = HIDDEN.test(field.display_label) ? '' : field.display_label.trim();
  return {
    field,
    keys: new Map<string, Json>([
      ['api_name', field.api_name],
      ...(label === '' ? [] : [['field_label', label] as const]),
      ['data_type', field.data_type],
      ...(isOurs && label !== '' ? [] : [['create', false] as const]),
      ...(isOurs ? declaredKeys({ wire: field.wire, type, module }) : []),
    ]),
  };
}

/** What no manifest may hold, because no reviewer sees it; emoji are joined by one of these, which is fine. */
const HIDDEN = /(?!\u200d)[\p{C}\p{Zl}\p{Zp}]/u;

/** The same field, declared as one that must exist and is never created. */
export function asExisting(stanza: Stanza): Stanza {
  const entries = [...stanza.keys].flatMap(([key, value]): [string, Json][] =>
    key === 'data_type'
      ? [
          [key, value],
          ['create', false],
        ]
      : [[key, value]],
  );
  return { ...stanza, keys: new Map(entries) };
}

/** The same field, with one key less. */
export function without(stanza: Stanza, key: string): Stanza {
  return { ...stanza, keys: new Map([...stanza.keys].filter(([name]) => name !== key)) };
}

/** True for a stanza that leaves the field to others. */
export function isExisting(stanza: Stanza): boolean {
  return stanza.keys.get('create') === false;
}
