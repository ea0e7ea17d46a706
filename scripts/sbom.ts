/**
 * Build-time script: `npm sbom --sbom-format cyclonedx | tsx scripts/sbom.ts`, after a build. npm's list holds every
 * tool of the developers; what is left of it here is what users get: this package and what is bundled into it.
 */
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** As much of a CycloneDX document as is looked at. */
export interface Sbom {
  readonly metadata: { readonly component: { readonly 'bom-ref': string; readonly name: string } };
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly name: string;
    readonly version: string;
    readonly properties?: readonly { readonly name: string; readonly value: string }[];
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

/** `name@version` of each package whose licence is shipped. */
export function licensed(licenses: string): readonly string[] {
  return [...licenses.matchAll(/^(\S+) (\S+) \(.*\)\n-+$/gmu)].map(
    ([, name, version]) => `${name}@${version}`,
  );
}

/** The part of the document that is bundled; to npm those are tools, so that note goes. */
export function bundledOnly(sbom: Sbom, bundled: readonly string[], name: string): Sbom {
  const components = sbom.components
    .filter((component) => bundled.includes(`${component.name}@${component.version}`))
    .map((component) => ({
      ...component,
      properties: (component.properties ?? []).filter((one) => one.name !== 'cdx:npm:package:development'),
    }));
  const missing = bundled.filter((id) => !components.some((one) => `${one.name}@${one.version}` === id));
  if (missing.length > 0) throw new Error(`bundled, but unknown to npm: ${missing.join(', ')}`);
  const self = sbom.metadata.component['bom-ref'];
  const kept = new Set([self, ...components.map((component) => component['bom-ref'])]);
  return {
    ...sbom,
    // npm takes the name of the folder.
    metadata: { ...sbom.metadata, component: { ...sbom.metadata.component, name } },
    components,
    dependencies: sbom.dependencies
      .filter(({ ref }) => kept.has(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => kept.has(one)) })),
  };
}

async function main(): Promise<void> {
  const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
  const { name } = JSON.parse(read('package.json')) as { readonly name: string };
  const sbom = JSON.parse(await text(process.stdin)) as Sbom;
  const own = bundledOnly(sbom, licensed(read('dist/THIRD_PARTY_LICENSES.txt')), name);
  process.stdout.write(`${JSON.stringify(own, undefined, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
