import type { ModuleAudit } from '../../audit/audit.ts';
import type { Diagnostic } from '../../model/problem.ts';
import { auditText, type AuditView } from './text.ts';
import type { Document } from '../media/document.ts';
import { jsonText } from '../media/escape.ts';
import type { Renders } from '../media/formats.ts';

/** All that is told about an audit, in whatever format. */
interface AuditFacts extends AuditView {
  readonly diagnostics: readonly Diagnostic[];
}

/** An audit in every format; what is not asked for is not loaded. */
export function auditRenders(audits: readonly ModuleAudit[], facts: AuditFacts): Renders {
  const document = async (): Promise<Document> => {
    const { auditDocument } = await import('./document.ts');
    return auditDocument(audits, facts);
  };
  return {
    text: () => auditText(audits, facts),
    json: async () => jsonText((await import('./json.ts')).auditJson(audits, facts)),
    csv: async () => (await import('./csv.ts')).auditCsv(audits),
    // A data dictionary is a file, not a comment: nothing is cut from it.
    markdown: async () => (await import('../media/markdown.ts')).markdown(await document(), Infinity),
    html: async (at) => (await import('../media/html.ts')).html(await document(), at),
  };
}
