import type { Emulator } from '../../src/emulator/start.ts';
import type { FieldReport, Report } from './report-shapes.ts';

/** Codes that say: whether the field exists is not known, or it does and is not ours. */
const OPEN = /^(NO_ANSWER|NOT_VISIBLE|DUPLICATE_)/;

/**
 * What an apply claims that the organisation does not show, as sentences; none is the wish.
 * @param before the ids of all fields that were there before the run.
 */
export function untruths(
  report: Report,
  code: number | null,
  zoho: Emulator,
  before: ReadonlySet<string>,
): readonly string[] {
  if (report.kind !== 'apply') return [];
  const lies = report.fields.flatMap((field) => lieAbout(field, zoho));
  lies.push(...receiptLies(report, zoho, before));
  const bad = report.fields.filter(({ outcome }) => outcome === 'failed' || outcome === 'created_differs');
  if (code === 0 && bad.length > 0) lies.push(`exit code 0, but ${bad.map((one) => one.api_name).join()}`);
  const made = report.fields.filter(({ outcome }) => outcome === 'created' || outcome === 'created_differs');
  if (report.summary['created'] !== made.length) lies.push(`"created" does not count ${made.length} fields`);
  return lies;
}

function lieAbout({ module, api_name, outcome, id, code }: FieldReport, zoho: Emulator): string[] {
  const known = zoho.fields(module).all();
  const live = known.filter((field) => field.api_name === api_name || field.id === id);
  const what = `${module} ${api_name} is ${outcome}`;
  const isThere = live.some((field) => field.api_name === api_name && (id === undefined || field.id === id));
  if ((outcome === 'created' || outcome === 'in_sync') && !isThere) return [`${what}, but is not there`];
  if (outcome === 'created_differs' && live.length === 0) return [`${what}, but is not there`];
  const isOpen = OPEN.test(code ?? '');
  return outcome === 'failed' && live.length > 0 && !isOpen ? [`${what} (${code}), but is there`] : [];
}

/** A receipt names each field that was created and read back, as the organisation shows it, and nothing that was there. */
function receiptLies({ receipt, fields }: Report, zoho: Emulator, before: ReadonlySet<string>): string[] {
  const listed = receipt?.fields ?? [];
  const lies = listed
    .filter(({ module, api_name, id }) => {
      const isNew = !before.has(id);
      return (
        !isNew ||
        !zoho
          .fields(module)
          .all()
          .some((one) => one.id === id && one.api_name === api_name)
      );
    })
    .map(({ api_name }) => `${api_name} is on the receipt, and was not created`);
  const isProven = ({ reasons }: FieldReport): boolean => reasons.every(({ code }) => code !== 'unproven');
  const created = fields.filter(
    (field) => (field.outcome === 'created' || field.outcome === 'created_differs') && isProven(field),
  );
  const missing = created.filter(({ id }) => !listed.some((one) => one.id === id));
  lies.push(...missing.map(({ api_name }) => `${api_name} was created, and is not on the receipt`));
  if (listed.length !== created.length || receipt?.fields.length === 0)
    lies.push('a receipt of something else');
  return lies;
}
