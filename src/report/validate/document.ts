import { count } from '../../model/count.ts';
import { hasErrors, type Diagnostic } from '../../model/problem.ts';
import { diagnosticsCount } from '../media/diagnostics.ts';
import {
  data,
  shorten,
  strong,
  type Document,
  type Words,
  diagnosticTable,
  frameBlocks,
} from '../media/document.ts';

/** What `validate` found. */
export interface Verdict {
  readonly path: string;
  /** Absent for a manifest that is not valid. */
  readonly sha256?: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly fields: number;
  readonly modules: number;
}

/** The verdict on a manifest as reviewers read it. */
export function validateDocument(verdict: Verdict): Document {
  const { path, diagnostics } = verdict;
  return {
    kind: 'validate',
    manifest: path,
    title: `Check: ${shorten(path, 100)} · Zoho fields`,
    lead: [lead(verdict)],
    blocks: diagnostics.length === 0 ? [] : [diagnosticTable(diagnostics), ...frameBlocks(diagnostics)],
    closing: [],
  };
}

function lead({ path, diagnostics, fields, modules }: Verdict): Words {
  const found = diagnosticsCount(diagnostics);
  if (hasErrors(diagnostics)) {
    return [
      data(path, 200),
      ' ',
      strong('is not valid'),
      `: ${found}. Until that is fixed, nothing can be planned and nothing is created.`,
    ];
  }
  const what = `: ${count(fields, 'field')} in ${count(modules, 'module')}`;
  return [data(path, 200), ' ', strong('is valid'), `${what}${found === '' ? '' : `, ${found}`}.`];
}
