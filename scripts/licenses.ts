/**
 * What the licences of bundled packages ask for: their texts, beside the code. The list comes from the bundler's own
 * account of what it wrote, so that it cannot forget a package.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

const packageFolder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/u;

/** The folders of the packages of which at least one byte is in the bundle, in an order that no locale changes. */
export function bundledPackages(metafile: Metafile): readonly string[] {
  const folders = new Set<string>();
  for (const output of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
      const folder = packageFolder.exec(path)?.[0];
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
    }
  }
  return [...folders].sort();
}

/** The text that is shipped as `THIRD_PARTY_LICENSES.txt`. */
export function licenseTexts(root: string, folders: readonly string[]): string {
  const parts = folders.map((folder) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as PackageManifest;
    const title = `${manifest.name} ${manifest.version} (${manifest.license ?? 'see below'})`;
    return `${title}\n${'-'.repeat(title.length)}\n\n${licenseOf(join(root, folder))}\n`;
  });
  return `This package contains code of the following packages, under their licences.\n\n${parts.join('\n\n')}`;
}

/** Its own file; older packages have the licence as the last chapter of their README instead. */
function licenseOf(folder: string): string {
  const files = readdirSync(folder).sort();
  const own = files.filter((name) => /^(?:licen[cs]e|notice|copying)\b/iu.test(name));
  const readme = files.find((name) => /^readme\b/iu.test(name));
  const texts = own.map((name) => readFileSync(join(folder, name), 'utf8'));
  if (own.length === 0 && readme !== undefined) {
    const chapter = /^(?:#+ *licen[cs]e\b.*|licen[cs]e\n-+)\n([\s\S]+)/imu.exec(
      readFileSync(join(folder, readme), 'utf8'),
    );
    if (chapter?.[1] !== undefined) texts.push(chapter[1]);
  }
  if (texts.length === 0) throw new Error(`${folder} is bundled, but has no licence that could be shipped`);
  return texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n');
}
