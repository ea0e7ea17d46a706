import { findDataType } from '../model/data-types.ts';
import { property, isObject } from '../model/json.ts';
import type { DesiredField, Manifest, ModuleManifest } from '../model/manifest.ts';
import { storedValues } from '../plan/option-values.ts';
import { DANGEROUS, unitEscapes } from '../model/visible.ts';

/**
 * What a manifest declares, as a module of TypeScript for programs that read and write such records: by module the API
 * names, a union of each list of options (what Zoho stores), and the type of a record.
 *
 * It depends on the manifest's fields alone and is in their order, so that equal manifests give equal bytes.
 * @param manifest what `loadManifest` gave.
 */
export function types(manifest: Manifest): string {
  const names = new Names();
  const named = manifest.modules.map((module) => ({
    module,
    constant: names.take(identifier(module.module)),
    record: names.take(`${identifier(module.module)}Record`),
  }));
  return [HEADER, ...named.flatMap((one) => moduleBlocks(one, names))].join('\n');
}

const HEADER = `// Made by "zoho-fields types" from a manifest of fields of Zoho CRM.
// Do not edit: change the manifest, and run the command again.
`;

interface NamedModule {
  readonly module: ModuleManifest;
  readonly constant: string;
  readonly record: string;
}

function moduleBlocks({ module, constant, record }: NamedModule, names: Names): readonly string[] {
  const prefix = identifier(module.module);
  const fields = module.fields.map((field) => {
    const options = optionsOf(field);
    const name = options === undefined ? undefined : names.take(`${prefix}_${identifier(field.api_name)}`);
    return { field, options, name };
  });
  const lists = fields.flatMap(({ field, options, name }) =>
    options === undefined || name === undefined
      ? []
      : [`/** Options of ${inComment(field.api_name)}, as Zoho stores them. */\n${union(name, options)}`],
  );
  const constants = fields.map(({ field }) => `  ${key(field.api_name)}: ${literal(field.api_name)},\n`);
  const values = fields.map(
    ({ field, name }) => `  ${comment(field)}\n  ${key(field.api_name)}: ${valueType(field, name)};\n`,
  );
  const title = inComment(module.module);
  return [
    `/** API names of the fields of ${title}. */\nexport const ${constant} = {\n${constants.join('')}} as const;\n`,
    ...lists,
    `/** A record of ${title}: its declared fields; what is empty is \`null\`. */\nexport interface ${record} {\n${values.join('')}}\n`,
  ];
}

/** The stored values that the manifest lists; a global list is known by its name alone. */
function optionsOf({ data_type, declared }: DesiredField): readonly string[] | undefined {
  if (data_type !== 'picklist' && data_type !== 'multiselectpicklist') return undefined;
  const options = property(declared, 'pick_list_values');
  return options === undefined ? undefined : storedValues(options);
}

function union(name: string, options: readonly string[]): string {
  if (options.length === 0) return `export type ${name} = never;\n`;
  const literals = options.map((option) => literal(option));
  const line = `export type ${name} = ${literals.join(' | ')};\n`;
  return line.length <= 110
    ? line
    : `export type ${name} =\n${literals.map((one) => `  | ${one}`).join('\n')};\n`;
}

/** What people call the field, and what Zoho's screens call its type. */
function comment({ field_label, data_type }: DesiredField): string {
  const type = findDataType(data_type)?.title ?? inComment(data_type);
  return `/** ${field_label === undefined ? '' : `${inComment(field_label)}, `}${type} */`;
}

/**
 * A text as a string of TypeScript with exactly its value. What no one sees, what changes the direction of reading and
 * half characters are written as escapes, so that the file shows all that it says (contract §10).
 */
function literal(text: string): string {
  const escaped = text.replace(/[\\']/gu, '\\$&').replace(UNSEEN, unitEscapes);
  return `'${escaped}'`;
}

/** A key of an object or of an interface: bare where that is an identifier; `__proto__` alone would be no key. */
function key(text: string): string {
  if (text === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/u.test(text) ? text : literal(text);
}

/**
 * A text inside a comment, as code. Only what a label of Zoho may hold (contract §2) stands as it is: nothing of it ends
 * the comment, and neither the compiler nor an editor that shows the comment as Markdown finds anything to obey.
 */
function inComment(text: string): string {
  return `\`${text.replace(UNSEEN, unitEscapes).replace(/[^\p{L}\p{M}\p{Nd} .()（）%/\-_'?&\\]/gu, unitEscapes)}\``;
}

const UNSEEN = new RegExp(`${DANGEROUS.source}|\\p{Cs}`, 'gu');

/** Gives out names for what a file exports: each of them an identifier, and none of them twice. */
class Names {
  readonly #taken = new Set<string>();

  /** The wished name, or one like it. Who asks first gets it, so a file is named in the manifest's order. */
  take(wish: string): string {
    const name = RESERVED.has(wish) ? `${wish}_` : wish;
    let free = name;
    for (let count = 2; this.#taken.has(free); count += 1) free = `${name}_${count}`;
    this.#taken.add(free);
    return free;
  }
}

/** A text as an identifier, or as a part of one. */
function identifier(text: string): string {
  const name = text.replace(/[^\w$]/gu, '_');
  return /^[A-Za-z_$]/u.test(name) ? name : `_${name}`;
}

/** Words that a module of the language cannot export as a constant, in any of its kinds. */
const RESERVED: ReadonlySet<string> = new Set(
  [
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends',
    'false finally for function if implements import in instanceof interface let new null package private protected',
    'public return static super switch this throw true try typeof var void while with yield',
    // Known to the compiler, or to what it makes of a module.
    'undefined globalThis NaN Infinity __esModule exports module require Object Promise',
  ].flatMap((line) => line.split(' ')),
);

/** Another record, or a user. */
const REFERENCE = '{ readonly id: string; readonly name?: string | null }';

/** Objects whose keys depend on the organisation. */
const OBJECTS = 'readonly { readonly [key: string]: unknown }[]';

/** What a record's JSON holds, with the data types of it (`json_type`, sheet §2.3 and §9). */
const VALUES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // Eighteen digits, of a bigint, are more than a number can hold: Zoho sends text.
    string: 'text textarea email phone website bigint date datetime picklist autonumber profileimage',
    number: 'integer double currency percent',
    boolean: 'boolean',
    'readonly string[]': 'multiselectpicklist',
    [REFERENCE]: 'lookup userlookup ownerlookup layout',
    [OBJECTS]: 'multiselectlookup multiuserlookup fileupload imageupload subform territories',
    '{ readonly [key: string]: unknown }': 'multi_module_lookup',
  }).flatMap(([type, names]) => names.split(' ').map((name) => [name, type] as const)),
);

/** What a formula or a roll-up summary computes, by the return type that it declares (sheet §3.4). */
const RETURNED: ReadonlyMap<string, string> = new Map([
  ['double', 'number'],
  ['currency', 'number'],
  ['integer', 'number'],
  ['text', 'string'],
  ['date', 'string'],
  ['datetime', 'string'],
  ['boolean', 'boolean'],
]);

/**
 * The type of a field's value in Zoho's records, where nothing is `null`; of a type that no source explains anything may
 * come.
 * @param options the name of the type that lists the field's options, where the manifest does.
 */
function valueType({ api_name, data_type, declared }: DesiredField, options?: string): string {
  if (data_type === 'formula' || data_type === 'rollup_summary') {
    const computed = property(declared, data_type);
    const returned = isObject(computed) ? property(computed, 'return_type') : undefined;
    const known = typeof returned === 'string' ? RETURNED.get(returned) : undefined;
    return `${known ?? 'string | number | boolean'} | null`;
  }
  // Zoho calls its tags text, and sends a list (sheet §8, §9). No other field can have that name (sheet §3.6).
  if (api_name === 'Tag') return `${OBJECTS} | null`;
  if (options !== undefined) {
    return `${data_type === 'multiselectpicklist' ? `readonly ${options}[]` : options} | null`;
  }
  const type = VALUES.get(data_type);
  return type === undefined ? 'unknown' : `${type} | null`;
}
