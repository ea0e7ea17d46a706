import { textareaLengths, type DataType } from '../model/data-types.ts';
import { isObject, property, type Json, type JsonObject } from '../model/json.ts';
import * as link from './link-keys.ts';
import { globalPicklist, pickListValues, profiles } from './option-keys.ts';
import { filled, objectAt, onlyFalse, onlyTrue, textAt, valueAt, wholeAt } from './read-wire.ts';

/** What a reader of a key is given. */
export interface Source {
  readonly wire: JsonObject;
  readonly type: DataType;
  readonly module: string;
}

/** Reads one key as a person would write it; nothing where Zoho's default says the same. */
type Reader = (source: Source) => Json | undefined;

/** Sheet §3.4: how many characters, digits or files a field has where nobody says a number. */
function length({ wire, type }: Source): Json | undefined {
  const value = wholeAt(wire, 'length');
  // The kind of a text area decides its length, and the number of files has no documented default.
  if (value === undefined) return undefined;
  if (type.name === 'textarea') {
    const kind = textAt(wire, 'textarea', 'type');
    const usual =
      kind !== undefined && Object.hasOwn(textareaLengths, kind) ? textareaLengths[kind] : undefined;
    return value === usual ? undefined : value;
  }
  const isUsual = type.length !== undefined && 'max' in type.length && value === type.length.max;
  return isUsual && type.name !== 'imageupload' ? undefined : value;
}

function tooltip({ wire }: Source): Json | undefined {
  const value = textAt(wire, 'tooltip', 'value');
  const name = textAt(wire, 'tooltip', 'name');
  if (value === undefined) return undefined;
  return name === 'info_icon' ? value : filled({ name, value });
}

/** `{}` is Zoho's word for "not unique"; the key's name differs between its own sources (sheet §2.3). */
function unique({ wire }: Source): Json | undefined {
  const value = objectAt(wire, 'unique');
  const isSensitive = value && (property(value, 'case_sensitive') ?? property(value, 'casesensitive'));
  if (isSensitive === undefined) return undefined;
  return isSensitive === true || isSensitive === 'true' ? { case_sensitive: true } : true;
}

/** An amount is stored with more decimals than it is rounded to; Zoho reports, but refuses, anything else (§3.4). */
function currency({ wire }: Source): Json | undefined {
  const rounding = textAt(wire, 'currency', 'rounding_option');
  const precision = wholeAt(wire, 'currency', 'precision');
  const decimals = wholeAt(wire, 'decimal_place');
  const isSmaller = precision !== undefined && decimals !== undefined && precision < decimals;
  if (rounding === undefined || !isSmaller) return rounding;
  return { rounding_option: rounding, precision };
}

function crypt({ wire }: Source): Json | undefined {
  return textAt(wire, 'crypt', 'mode') === 'encryption' ? { mode: 'encryption' } : undefined;
}

/** A text that a formula computes is never offered in filters, so that is no choice of anybody's (sheet §3.3). */
function filterable({ wire, type }: Source): Json | undefined {
  const isText = type.name === 'formula' && textAt(wire, 'formula', 'return_type') === 'text';
  return isText ? undefined : onlyFalse(valueAt(wire, 'filterable'));
}

function external({ wire }: Source): Json | undefined {
  const type = textAt(wire, 'external', 'type');
  const show = valueAt(wire, 'external', 'show');
  return type === undefined
    ? undefined
    : filled({ type, show: typeof show === 'boolean' ? show : undefined });
}

/** In the order in which people read a field: what it holds, how it behaves, who sees it. */
const readers: Readonly<Record<string, Reader>> = {
  length,
  decimal_place: ({ wire }) => wholeAt(wire, 'decimal_place'),
  textarea: ({ wire }) => textAt(wire, 'textarea', 'type'),
  currency,
  lookup: ({ wire, type, module }) => link.lookup(wire, module, type.name),
  multiselectlookup: ({ wire }) => link.multiselectlookup(wire),
  auto_number: ({ wire }) => link.autoNumber(wire),
  formula: ({ wire }) => link.formula(wire),
  rollup_summary: ({ wire }) => link.rollupSummary(wire),
  global_picklist: ({ wire }) => globalPicklist(wire),
  pick_list_values: ({ wire }) => pickListValues(wire),
  pick_list_values_sorted_lexically: ({ wire }) =>
    onlyTrue(valueAt(wire, 'pick_list_values_sorted_lexically')),
  enable_colour_code: ({ wire }) => onlyTrue(valueAt(wire, 'enable_colour_code')),
  history_tracking_enabled: ({ wire }) => onlyTrue(valueAt(wire, 'history_tracking_enabled')),
  separator: ({ wire }) => onlyFalse(valueAt(wire, 'separator')),
  sharing_properties: ({ wire }) => link.sharingProperties(wire),
  association_details: ({ wire }) => link.associationDetails(wire),
  unique,
  tooltip,
  filterable,
  crypt,
  encrypt_case: ({ wire }) => textAt(wire, 'crypt', 'encrypt_case'),
  external,
  private: ({ wire }) => filled({ type: textAt(wire, 'private', 'type') }),
  hipaa_compliance_enabled: ({ wire }) => onlyTrue(valueAt(wire, 'hipaa_compliance_enabled')),
  profiles: ({ wire }) => profiles(wire),
};

/** Everything worth declaring of a live field of a type that can be created, besides its names. */
export function declaredKeys(source: Source): readonly (readonly [string, Json])[] {
  return Object.entries(readers).flatMap(([key, read]) => {
    if (!source.type.keys.includes(key)) return [];
    const value = read(source);
    return value === undefined || (isObject(value) && Object.keys(value).length === 0)
      ? []
      : [[key, value] as const];
  });
}
