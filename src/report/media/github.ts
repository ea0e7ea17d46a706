import { commandData, commandProperty } from './escape.ts';
import { shorten } from './document.ts';

/** A remark on a line of a file of a pull request. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  readonly column?: number;
  /** True for what has to be read before all others, whatever their levels. */
  readonly leads?: true;
}

/** GitHub shows so many of each level in one step and silently drops the others. */
const SHOWN_PER_LEVEL = 10;

/**
 * Remarks as commands to a GitHub runner, one a line. Where there are more of a level than GitHub shows, the last one
 * that it shows says how many are missing.
 */
export function github(annotations: readonly Annotation[]): string {
  const kept = (['error', 'warning', 'notice'] as const).flatMap((level) =>
    shownOf(annotations.filter((one) => one.level === level)),
  );
  const inOrder = [...kept.filter(({ leads }) => leads), ...kept.filter(({ leads }) => leads !== true)];
  return inOrder.map((one) => `${command(one)}\n`).join('');
}

/** Of too many the first ones and, as a notice without a line often is, the very last. */
function shownOf(all: readonly Annotation[]): readonly Annotation[] {
  const last = all.at(-1);
  if (all.length <= SHOWN_PER_LEVEL || last === undefined) return all;
  const left = all.length - SHOWN_PER_LEVEL + 1;
  if (last.file === undefined) {
    const missing = `${left} more are not shown as annotations.`;
    return [...all.slice(0, SHOWN_PER_LEVEL - 1), { ...last, message: `${last.message} ${missing}` }];
  }
  const note = {
    level: last.level,
    title: 'zoho-fields',
    message: `And ${left} more, not shown as annotations.`,
  };
  return [...all.slice(0, SHOWN_PER_LEVEL - 1), note];
}

function command({ level, file, line, column, title, message }: Annotation): string {
  const place =
    file === undefined || file === '-'
      ? []
      : [
          `file=${commandProperty(shorten(file, 1000))}`,
          ...(line === undefined ? [] : [`line=${line}`]),
          ...(column === undefined ? [] : [`col=${column}`]),
        ];
  const properties = [...place, `title=${commandProperty(shorten(title, 200))}`].join(',');
  return `::${level} ${properties}::${commandData(shorten(message, 4000))}`;
}
