import type { Problem, ProblemKind } from '../../model/problem.ts';
import { diagnosticsText } from '../media/diagnostics.ts';
import type { Document, ReportKind } from '../media/document.ts';
import { data, paragraph, shorten, strong, diagnosticTable, frameBlocks } from '../media/document.ts';
import { jsonText, errorDocument } from '../media/escape.ts';
import { makeStyle } from '../media/layout.ts';
import { pages, remarks, type Renders } from '../media/formats.ts';
import { VERSION } from '../../model/version.ts';

/** What kept a command from its result, in every format there is: any command can fail. */
export function failureRenders(problem: Problem, command: ReportKind, manifest: string): Required<Renders> {
  const { diagnostics } = problem;
  return {
    text: () => diagnosticsText(diagnostics, { style: makeStyle(false), width: 80 }),
    json: () => errorDocument(diagnostics),
    ...pages(() => failureDocument(problem, command, manifest)),
    ...remarks(async () => (await import('../media/github.ts')).diagnosticAnnotations(diagnostics)),
    sarif: async () => jsonText((await import('../media/sarif.ts')).sarif(diagnostics, VERSION)),
    // Of what is read by programs line by line there is none.
    csv: () => '',
    patch: () => '',
  };
}

/** A failure as reviewers read it: what did not happen, why, and what to do. */
function failureDocument({ kind, diagnostics }: Problem, command: ReportKind, manifest: string): Document {
  const [first] = diagnostics;
  return {
    kind: command,
    manifest,
    title: `No ${command} of ${shorten(manifest, 100)}: ${HEADLINES[kind]} · Zoho fields`,
    lead: [
      [strong(`${HEADLINES[kind]}.`), ' Nothing was written to Zoho.'],
      ...(first === undefined ? [] : [[shorten(first.message)]]),
      ...(first?.remedy === undefined ? [] : [[`What to do: ${shorten(first.remedy)}`]]),
    ],
    blocks:
      diagnostics.length > 1 || first?.file !== undefined
        ? [diagnosticTable(diagnostics), ...frameBlocks(diagnostics)]
        : [],
    closing: [paragraph('Manifest ', data(manifest, 200), '.')],
  };
}

const HEADLINES: Readonly<Record<ProblemKind, string>> = {
  failed: 'It did not work',
  usage: 'The command was not understood',
  invalid: 'The manifest or the plan is not valid, so there is no result',
  'not-found': 'Something that was named does not exist',
  unreachable: 'Zoho could not be reached, so there is no result',
  stale: 'The reviewed plan no longer fits, so it was not applied',
  credentials: 'Zoho refused the credentials, so there is no result',
  configuration: 'The credentials are missing or malformed',
  interrupted: 'Interrupted',
};
