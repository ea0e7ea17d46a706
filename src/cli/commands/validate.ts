import { loadManifest } from '../../manifest/load.ts';
import { diagnosticsCount, diagnosticsText } from '../../report/diagnostics-text.ts';
import { jsonText, visibleShort } from '../../report/escape.ts';
import { count } from '../../report/layout.ts';
import { FORMAT_VERSION } from '../../report/plan-json.ts';
import { lookOf, type ReportOptions } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { DEFAULT_MANIFEST, readManifestBytes } from '../read-manifest.ts';

/** `validate`: the manifest alone; no network, no credentials. */
export async function validate(options: ReportOptions & { readonly file?: string }, io: Io): Promise<number> {
  const path = options.file ?? DEFAULT_MANIFEST;
  const { manifest, diagnostics } = loadManifest({ path, bytes: await readManifestBytes(path, io) });
  if (options.format === 'json') {
    io.stdout.write(
      jsonText({
        format_version: FORMAT_VERSION,
        kind: 'validate',
        valid: manifest !== undefined,
        manifest: { path, ...(manifest === undefined ? {} : { sha256: manifest.sha256 }) },
        diagnostics,
      }),
    );
  } else {
    const { style, width } = lookOf(io.stdout, io.env);
    const name = visibleShort(path, 300);
    const problems = diagnostics.length === 0 ? '' : `${diagnosticsText(diagnostics, style, width)}\n`;
    const fields = manifest?.modules.reduce((sum, module) => sum + module.fields.length, 0) ?? 0;
    const verdict =
      manifest === undefined
        ? `${name} is not valid: ${diagnosticsCount(diagnostics)}.`
        : `${name} is valid: ${count(fields, 'field')} in ${count(manifest.modules.length, 'module')}${diagnostics.length === 0 ? '' : `, ${diagnosticsCount(diagnostics)}`}.`;
    io.stdout.write(`${problems}${style.bold(verdict)}\n`);
  }
  return manifest === undefined ? EXIT.invalid : EXIT.done;
}
