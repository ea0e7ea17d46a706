import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { normalisedText } from '../../diff/normalised-text.ts';
import type { Manifest } from '../../model/manifest.ts';
import { visibleShort } from '../../model/visible.ts';
import { inertJson } from '../media/escape.ts';

/** The classic unified diff of two manifests in their normal form; nothing where they mean the same. */
export function diffPatch(base: Manifest, head: Manifest): string {
  const before = normalisedText(base, inertJson);
  const after = normalisedText(head, inertJson);
  if (before === after) return '';
  return createTwoFilesPatch(name(base), name(head), before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}

function name(manifest: Manifest): string {
  return visibleShort(manifest.path, 300);
}
