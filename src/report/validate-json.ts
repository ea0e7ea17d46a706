import { FORMAT_VERSION } from './plan-json.ts';
import type { Verdict } from './validate-document.ts';

/** The verdict on a manifest as scripts read it (contract §7). */
export function validateJson({ path, sha256, diagnostics }: Verdict): object {
  return {
    format_version: FORMAT_VERSION,
    kind: 'validate',
    valid: sha256 !== undefined,
    manifest: { path, ...(sha256 === undefined ? {} : { sha256 }) },
    diagnostics,
  };
}
