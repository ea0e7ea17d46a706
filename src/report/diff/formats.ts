import type { Changes, FieldChange, KeyChange } from '../../diff/changes.ts';
import type { Diagnostic } from '../../model/problem.ts';
import type { Manifest } from '../../model/manifest.ts';
import { diffText } from './text.ts';
import { diffPatch } from './patch.ts';
import { jsonReport } from '../media/escape.ts';
import type { Look } from '../media/layout.ts';
import { pages, remarks, type Renders } from '../media/formats.ts';
import { optionsJson, permanentJson } from '../plan/formats.ts';

/** Two manifests and what differs between them. */
interface DiffFacts {
  readonly base: Manifest;
  readonly head: Manifest;
  readonly changes: Changes;
  readonly warnings: readonly Diagnostic[];
  readonly look: Look;
}

/** A difference in every format; what is not asked for is not loaded. */
export function diffRenders({ base, head, changes, warnings, look }: DiffFacts): Renders {
  return {
    text: () => diffText(changes, look),
    json: () => diffJson(changes, warnings),
    ...pages(async () => (await import('./document.ts')).diffDocument(changes, warnings)),
    ...remarks(async () => (await import('../media/github.ts')).diffAnnotations(changes)),
    patch: () => diffPatch(base, head),
  };
}

/** What differs between two manifests, as scripts read it (contract §7). */
function diffJson(changes: Changes, diagnostics: readonly Diagnostic[]): string {
  return jsonReport('diff', {
    base: changes.base,
    head: changes.head,
    summary: changes.summary,
    changes: changes.changes.map((change) => changeJson(change)),
    diagnostics,
  });
}

function changeJson(change: FieldChange): object {
  const { module, api_name, base, head, other, differences, notes } = change;
  const field = head ?? base;
  return {
    module,
    api_name,
    change: change.change,
    data_type: field?.data_type,
    field_label: field?.field_label,
    base_line: base?.line,
    line: head?.line,
    [change.change === 'added' ? 'renamed_from' : 'renamed_to']: other,
    permanent: change.change === 'added' && head?.create === true ? permanentJson(head) : undefined,
    differences: differences.map((difference) => differenceJson(difference)),
    notes: notes.map(({ code, message }) => ({ code, message })),
  };
}

/** A key that one of the versions does not declare is null there, so that every difference has the same members. */
function differenceJson({ key, before, after, permanent, options, order }: KeyChange): object {
  return {
    key,
    before: before ?? null,
    after: after ?? null,
    permanent,
    ...(options && { ...optionsJson(options), ...orderJson(order) }),
  };
}

/** Where the order changed in more than can be told, no option is named. */
function orderJson(order: KeyChange['order']): object {
  return {
    moved: order?.moved.map((option) => option.actual_value) ?? [],
    order_changed: order !== undefined,
  };
}
