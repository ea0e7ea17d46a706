import type { AuditRow, ModuleAudit } from '../../audit/audit.ts';
import type { Diagnostic } from '../../model/problem.ts';
import { targetJson } from '../plan/json.ts';
import type { Target } from '../plan/view.ts';
import { FORMAT_VERSION } from '../media/escape.ts';

/** What an audit's JSON needs beside the audit. */
interface AuditJsonView {
  readonly target: Target;
  readonly manifest?: string;
  readonly edition?: string;
  readonly requests: { readonly read: number; readonly write: number };
  readonly narrowed: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** An audit as scripts read it (contract §7): every live and every missing field. */
export function auditJson(audits: readonly ModuleAudit[], view: AuditJsonView): object {
  return {
    format_version: FORMAT_VERSION,
    kind: 'audit',
    manifest: view.manifest === undefined ? null : { path: view.manifest },
    target: targetJson(view.target),
    edition: view.edition ?? null,
    modules: audits.map(({ module, declared, counts, capacity }) => ({
      module,
      declared,
      summary: counts,
      capacity: Object.fromEntries(
        capacity.map(({ kind, used, limit }) => [
          kind === 'custom' ? 'custom_fields' : kind,
          { used, limit },
        ]),
      ),
    })),
    ...(view.narrowed.length === 0 ? {} : { only: view.narrowed }),
    fields: audits.flatMap((audit) => audit.rows.map((row) => rowJson(row))),
    requests: view.requests,
    diagnostics: view.diagnostics,
  };
}

function rowJson(row: AuditRow): object {
  const { standing, traits, length, display_label, ...rest } = row;
  return {
    ...rest,
    display_label: display_label ?? row.field_label,
    length: length ?? null,
    status: standing,
    traits,
  };
}
