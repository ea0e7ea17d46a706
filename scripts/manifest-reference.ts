/**
 * Writes the part of `docs/manifest.md` that the schema tells: `npx tsx scripts/manifest-reference.ts`.
 *
 * What a type takes and what a key may hold stand in the schema alone; a page that repeats them by hand would be wrong
 * after the next change. A test compares the page with what comes out here.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { manifestSchema } from '../src/manifest/schema/schema.ts';
import { dataTypes, typesWithKey } from '../src/model/data-types.ts';

/** What this script reads of a JSON Schema. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
}

const START = '<!-- From here on this page is written by scripts/manifest-reference.ts. -->';
const PAGE = fileURLToPath(new URL('../docs/manifest.md', import.meta.url));

const field = manifestSchema.properties.fields.items;
const definitions: Readonly<Record<string, Schema>> = manifestSchema.$defs;
const creatable = dataTypes.filter((type) => type.creatable);

/** What creating asks of a key, whatever the type. */
const asked = field.else.properties as Readonly<Record<string, Schema>>;

/** Every key of a field that is to be created: its shape, and what creating asks of it. */
const keys: Readonly<Record<string, Schema>> = Object.fromEntries(
  Object.entries<Schema>(field.properties).map(([key, shape]) => [key, both(shape, asked[key] ?? {})]),
);

function both(shape: Schema, more: Schema): Schema {
  const inner = Object.entries(shape.properties ?? {}).map(([key, one]) => [
    key,
    both(one, more.properties?.[key] ?? {}),
  ]);
  return {
    ...shape,
    ...more,
    ...(inner.length > 0 && { properties: Object.fromEntries(inner) }),
    ...(shape.items && { items: both(shape.items, more.items ?? {}) }),
  };
}

const code = (word: unknown): string => `\`${String(word)}\``;
const or = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** Words that a pattern such as `^(a|b)$` lets pass. */
function choices({ enum: words, pattern = '' }: Schema): readonly string[] {
  const listed = /^\^\(([a-z_|]+)\)\$$/u.exec(pattern)?.[1]?.split('|');
  return (words ?? listed ?? []).map(code);
}

function size({ minimum, maximum }: Schema): string {
  if (minimum !== undefined && maximum !== undefined) return `, ${minimum} to ${maximum}`;
  if (maximum !== undefined) return `, at most ${maximum}`;
  return minimum === undefined ? '' : `, ${minimum} or more`;
}

/** What one kind of value may be, in words. */
function kind(type: string, schema: Schema): string {
  if (type === 'boolean') return '`true` or `false`';
  if (type === 'integer') return `a whole number${size(schema)}`;
  if (type === 'array') return `a list, each entry ${value(schema.items ?? {})}`;
  if (type === 'object') {
    if (schema.properties !== undefined) return 'an object';
    const { additionalProperties: values } = schema;
    return typeof values === 'object' && values !== null ? `names, each with ${value(values)}` : 'an object';
  }
  const words = choices(schema);
  if (words.length > 0) return or(words);
  if (schema.pattern === '^[0-9]+$') return 'digits, in quotes';
  return schema.maxLength === undefined ? 'a text' : `a text of at most ${schema.maxLength} characters`;
}

function value(schema: Schema): string {
  if (schema.const !== undefined) return code(schema.const);
  const types = schema.type === undefined ? ['string'] : [schema.type].flat();
  return types.map((type) => kind(type, schema)).join(', or ');
}

/** The keys inside of a value, one a line, each level further in. */
function innerKeys(schema: Schema, indent = ''): readonly string[] {
  const inside = schema.properties ?? schema.items?.properties ?? {};
  const needed = schema.required ?? schema.items?.required ?? [];
  return Object.entries(inside).flatMap(([key, one]) => {
    const about = one.description === undefined ? '' : `. ${one.description.replace(/\.$/u, '')}`;
    const must = needed.includes(key) ? ' (required)' : '';
    return [`${indent}- ${code(key)}${must}: ${value(one)}${about}`, ...innerKeys(one, `${indent}  `)];
  });
}

/** The keys that every type takes, so that the table need not repeat them. */
const common = Object.keys(keys).filter((key) =>
  creatable.every(({ name }) => Object.hasOwn(definitions[`type-${name}`]?.properties ?? {}, key)),
);

function typeRow({ name, title }: (typeof creatable)[number]): string {
  const { properties = {}, required = [], oneOf = [] } = definitions[`type-${name}`] ?? {};
  const { length } = properties;
  const lengths = length?.enum ? or(length.enum.map(String)) : length ? size(length).slice(2) : '';
  const oneOfThese = oneOf.flatMap((one) => one.required ?? []).map(code);
  const must = [...required.map(code), ...(oneOfThese.length > 0 ? [or(oneOfThese)] : [])];
  const more = Object.keys(properties)
    .filter((key) => key !== 'length' && !common.includes(key))
    .filter((key) => !required.includes(key) && !oneOfThese.includes(code(key)));
  return `| ${code(name)} | ${title} | ${lengths} | ${must.join(', ')} | ${more.map(code).join(', ')} |`;
}

/** A type, with the parts of the key that it takes where these are not all. */
function typeWithParts(type: string, key: string): string {
  const narrowed = definitions[`type-${type}`]?.properties?.[key];
  const parts = narrowed?.additionalProperties === false ? Object.keys(narrowed.properties ?? {}) : [];
  return parts.length === 0 ? code(type) : `${code(type)} (there only ${parts.map(code).join(', ')})`;
}

function keySection(key: string): string {
  const schema = keys[key] ?? {};
  const types = common.includes(key) ? [] : typesWithKey(key);
  const below = creatable
    .filter(({ tooltips }) => tooltips.includes('static_text'))
    .map(({ name }) => code(name));
  return [
    `### ${code(key)}`,
    '',
    ...(schema.description === undefined ? [] : [schema.description, '']),
    `- Value: ${value(schema)}.`,
    ...innerKeys(schema, '  '),
    ...(types.length === 0 ? [] : [`- For ${types.map((type) => typeWithParts(type, key)).join(', ')}.`]),
    ...(key === 'tooltip' ? [`- \`static_text\` for ${below.join(', ')} only.`] : []),
  ].join('\n');
}

/** The generated part of the page, as it stands there. */
export function manifestReference(): string {
  const others = dataTypes
    .filter((type) => !type.creatable)
    .map(({ name, title }) => `${code(name)} (${title})`);
  return `${START}

## Data types

Those that can be created, each with its length (characters, digits or files), the keys that it needs, and those that it
takes besides. Every type takes ${common.map(code).join(', ')}.

| \`data_type\` | in Zoho | length | needs | takes also |
|---|---|---|---|---|
${creatable.map(typeRow).join('\n')}

Zoho's API creates no other types. With \`create: false\` any type can be declared, such as ${others.join(', ')}.

## Keys

What a key may hold in a field that is to be created. With \`create: false\` values that only creating limits may be anything
that Zoho shows.

${Object.keys(keys).map(keySection).join('\n\n')}
`;
}

function main(): void {
  const page = readFileSync(PAGE, 'utf8');
  const written = page.includes(START) ? page.slice(0, page.indexOf(START)) : `${page.trimEnd()}\n\n`;
  writeFileSync(PAGE, written + manifestReference());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
