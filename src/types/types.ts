import { findDataType } from '../model/data-types.ts';
import { property } from '../model/json.ts';
import type { DesiredField, Manifest, ModuleManifest } from '../model/manifest.ts';
import { storedValues } from '../plan/option-values.ts';
import { inComment, key, literal } from './literals.ts';
import { identifier, Names } from './names.ts';
import { valueType } from './value-type.ts';

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
