import { loadManifest } from '../../../src/manifest/load.ts';
import type { Manifest } from '../../../src/model/manifest.ts';
import { MODULE } from './zoho.ts';

/** Reads a manifest once; histories share it. */
function manifest(...fields: readonly string[]): Manifest {
  const text = `module: ${MODULE}\nfields:\n${fields.map((field) => `  - {${field}}\n`).join('')}`;
  const result = loadManifest({ path: 'fields.yaml', bytes: new TextEncoder().encode(text) });
  if (result.manifest === undefined) throw new Error(JSON.stringify(result.diagnostics));
  return result.manifest;
}

const THERE = 'api_name: Partner, field_label: Partner, data_type: text';
const plain = (name: string): string =>
  `api_name: ${name}, field_label: ${name}, data_type: text, length: 50`;
/** Gets its label by a PATCH: it does not derive to the API name. */
const renamed = (name: string): string =>
  `api_name: ${name}, field_label: "${name.toLowerCase()} of the partner (${name.length})", data_type: integer, length: 5`;

/** What is to be created: from one field up to three requests, with and without labels to finish. */
export const MANIFESTS = {
  one: manifest(THERE, renamed('StrategicPartnerId')),
  six: manifest(
    THERE,
    ...['A', 'B', 'C'].map((name) => plain(`Plain_${name}`)),
    ...['D', 'E', 'F'].map((name) => renamed(`Late${name}`)),
  ),
  exchange: manifest(
    'api_name: Alpha, field_label: Beta, data_type: text',
    'api_name: Beta, field_label: Alpha, data_type: text',
    plain('Gamma'),
  ),
  twelve: manifest(
    THERE,
    'api_name: Risk, field_label: Risk, data_type: picklist, pick_list_values: [Low, High]',
    ...['A', 'B', 'C', 'D', 'E', 'F'].map((name) => plain(`Plain_${name}`)),
    ...['G', 'H', 'I', 'J', 'K'].map((name) => renamed(`Late${name}`)),
  ),
} as const;

/** What another checkout of the same user wants: a field of its own, and some that the others want too. */
export const NEIGHBOUR = manifest(
  THERE,
  renamed('NeighbourId'),
  renamed('StrategicPartnerId'),
  plain('Plain_A'),
);

export type ManifestName = keyof typeof MANIFESTS;
