import type { AuditRow, ModuleAudit } from '../audit/audit.ts';
import { count } from './layout.ts';

/** Facts of an audit in words; not yet escaped. */

/** `text 50, unique`: what a field holds. */
export function typeWords({ data_type, length, traits }: AuditRow): string {
  return [`${data_type}${length === undefined ? '' : ` ${length}`}`, ...traits].join(', ');
}

/** The difference between a manifest and Zoho in a few signs, for those who see no colours. */
export const SIGNS: Readonly<Record<AuditRow['standing'], string>> = {
  missing: '+',
  conflict: '!',
  differs: '~',
  as_declared: '=',
  custom: ' ',
  standard: ' ',
};

/** What there is, in a sentence or two. */
export function countsWords({ counts, declared }: ModuleAudit): readonly string[] {
  const unused = counts.unused === 0 ? '' : `; ${counts.unused} of them in no layout (unused)`;
  const live = `${count(counts.fields, 'field')} in Zoho: ${counts.custom} custom, ${counts.standard} standard${unused}.`;
  if (!declared) return [live];
  return [
    live,
    `${counts.required} declared: ${counts.as_declared} as declared, ${counts.missing} missing, ${counts.differs} ${counts.differs === 1 ? 'differs' : 'differ'}, ${count(counts.conflicts, 'conflict')}. ${count(counts.unmanaged, 'custom field')} not named by the manifest.`,
  ];
}

/** The types of a module, the most frequent first. */
export function typesWords({ counts }: ModuleAudit): string {
  return Object.entries(counts.by_type)
    .map(([type, number]) => `${number} ${type}`)
    .join(', ');
}

/** The differences that no reason has told already: another data type comes with one that names both. */
export function toldDifferences({ differences, reasons }: AuditRow): AuditRow['differences'] {
  return differences.filter(({ key }) => reasons.length === 0 || key !== 'data_type');
}
