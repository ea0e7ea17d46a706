import type { Diagnostic, ProblemKind } from '../../model/problem.ts';
import {
  data,
  paragraph,
  shorten,
  strong,
  type Document,
  type ReportKind,
  diagnosticTable,
  frameBlocks,
} from '../media/document.ts';

/** What kept a command from its result. */
export interface Failure {
  readonly command: ReportKind;
  readonly kind: ProblemKind;
  readonly diagnostics: readonly Diagnostic[];
  /** The manifest that the command was about. */
  readonly manifest: string;
}

/** A failure as reviewers read it: what did not happen, why, and what to do. */
export function failureDocument({ command, kind, diagnostics, manifest }: Failure): Document {
  return {
    kind: command,
    manifest,
    title: `No ${command} of ${shorten(manifest, 100)}: ${HEADLINES[kind]} · Zoho fields`,
    lead: [
      [strong(`${HEADLINES[kind]}.`), ' Nothing was written to Zoho.'],
      ...(diagnostics[0] === undefined ? [] : [[shorten(diagnostics[0].message)]]),
      ...(diagnostics[0]?.remedy === undefined ? [] : [[`What to do: ${shorten(diagnostics[0].remedy)}`]]),
    ],
    blocks:
      diagnostics.length > 1 || diagnostics[0]?.file !== undefined
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
