import type { Changes } from '../../diff/changes.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Manifest } from '../../model/manifest.ts';
import { diffJson } from '../../report/diff-json.ts';
import { diffText } from '../../report/diff-text.ts';
import type { Document } from '../../report/document.ts';
import { jsonText } from '../../report/escape.ts';
import type { Style } from '../../report/style.ts';
import type { Renders } from '../deliver.ts';

/** Two manifests and what differs between them. */
export interface DiffFacts {
  readonly base: Manifest;
  readonly head: Manifest;
  readonly changes: Changes;
  readonly warnings: readonly Diagnostic[];
  readonly look: { readonly style: Style; readonly width: number };
}

/** A difference in every format; what is not asked for is not loaded. */
export function diffRenders({ base, head, changes, warnings, look }: DiffFacts): Renders {
  const document = async (): Promise<Document> => {
    const { diffDocument } = await import('../../report/diff-document.ts');
    return diffDocument(changes, warnings);
  };
  return {
    text: () => diffText(changes, look),
    json: () => jsonText(diffJson(changes, warnings)),
    markdown: async () => (await import('../../report/markdown.ts')).markdown(await document()),
    html: async () => (await import('../../report/html.ts')).html(await document()),
    github: async () => {
      const { diffAnnotations } = await import('../../report/annotations.ts');
      const { github } = await import('../../report/github.ts');
      return github(diffAnnotations(changes));
    },
    patch: async () => (await import('../../report/diff-patch.ts')).diffPatch(base, head),
  };
}
