import { count } from '../../model/count.ts';
import { visibleShort } from '../../model/visible.ts';
import { hanging, wrap, type Look } from '../media/layout.ts';
import { jsonReport } from '../media/escape.ts';
import type { Imported } from '../../import/import-module.ts';
import type { RequestCount } from '../../model/live-field.ts';

/** Where it went. */
interface ImportView {
  readonly module: string;
  /** Absent where the manifest went to standard output. */
  readonly path?: string;
  readonly isInto: boolean;
  readonly requests: RequestCount;
}

/** An import as scripts read it. */
export function importJson(imported: Imported, view: ImportView): string {
  const { fields, leftOut } = imported;
  return jsonReport('import', {
    module: view.module,
    ...(view.path === undefined ? { text: imported.text } : { path: view.path }),
    summary: {
      imported: fields.length,
      create_false: fields.filter((field) => !field.create).length,
      left_out: leftOut.length,
    },
    fields,
    left_out: leftOut.map(({ field, code, why }) => ({
      api_name: field.api_name,
      field_label: field.field_label,
      data_type: field.data_type,
      code,
      message: why,
    })),
    requests: view.requests,
    diagnostics: [],
  });
}

/** More names than this are a list for a file, not for a screen. */
const most = 10;

/** What a person is told beside the manifest. */
export function importText(imported: Imported, view: ImportView, { style, width }: Look): string {
  const { leftOut } = imported;
  const lines = wrap(sentence(imported, view), width, 0).map((line) => style.bold(line));
  for (const { field, why } of leftOut.slice(0, most)) {
    const text = `${visibleShort(field.api_name, 60)} is left out: ${visibleShort(why, 400)}`;
    lines.push(...wrap(text, width, 2).map((line) => `  ${line}`));
  }
  if (leftOut.length > most)
    lines.push(...hanging(`… and ${leftOut.length - most} more; --json tells all.`, width, 2, 4));
  return `${lines.join('\n')}\n`;
}

function sentence({ fields, isBeginning }: Imported, view: ImportView): string {
  const module = visibleShort(view.module, 60);
  const path = view.path === undefined ? '' : visibleShort(view.path, 200);
  if (view.isInto && fields.length === 0)
    return `${path} has everything of ${module} already; nothing was changed.`;
  if (isBeginning) {
    return `${module} has no custom field to import, so the manifest begins with one of Zoho's own; --all imports all of them.`;
  }
  const where = view.isInto ? ` into ${path}` : path === '' ? '' : ` to ${path}`;
  const owned = fields.filter((field) => !field.create).length;
  const note = owned === 0 ? '' : `, ${owned} of them with "create: false"`;
  return `${count(fields.length, 'field')} of ${module} imported${where}${note}.`;
}
