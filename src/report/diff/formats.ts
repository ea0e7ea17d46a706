import type { Changes } from '../../diff/changes.ts';
import type { Diagnostic } from '../../model/problem.ts';
import type { Manifest } from '../../model/manifest.ts';
import { diffJson } from './json.ts';
import { diffText } from './text.ts';
import type { Document } from '../media/document.ts';
import { jsonText } from '../media/escape.ts';
import type { Style } from '../media/layout.ts';
import type { Renders } from '../media/formats.ts';

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
    const { diffDocument } = await import('./document.ts');
    return diffDocument(changes, warnings);
  };
  return {
    text: () => diffText(changes, look),
    json: () => jsonText(diffJson(changes, warnings)),
    markdown: async () => (await import('../media/markdown.ts')).markdown(await document()),
    html: async (at) => (await import('../media/html.ts')).html(await document(), at),
    github: async () => {
      const { diffAnnotations } = await import('../media/annotations.ts');
      const { github } = await import('../media/github.ts');
      return github(diffAnnotations(changes));
    },
    patch: async () => (await import('./patch.ts')).diffPatch(base, head),
  };
}
