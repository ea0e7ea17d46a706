import type { Check, CheckState } from '../doctor/check.ts';
import type { Verdict } from '../doctor/verdict.ts';
import { visible, visibleShort } from './escape.ts';
import { keyed, wrap } from './layout.ts';
import type { Style } from './style.ts';

/** What the doctor's screen needs beside the checks. */
export interface DoctorView {
  readonly style: Style;
  readonly width: number;
}

const SIGNS: Readonly<Record<CheckState, string>> = {
  ok: '✓ ok',
  warning: '! warning',
  failed: '✗ failed',
  skipped: '- skipped',
};

const SIGN_WIDTH = 11;
const TITLE_WIDTH = 20;

/** The checks as a person reads them: sign and word, what, what was seen, what to do. */
export function doctorText(checks: readonly Check[], verdict: Verdict, { style, width }: DoctorView): string {
  const lines = checks.flatMap((check) => checkLines(check, style, width));
  const end = wrap(visibleShort(verdict.sentence, 2000), width, 0);
  const paint = verdict.ready ? style.good : style.bad;
  return `${[...lines, '', ...end.map((line) => paint(line))].join('\n')}\n`;
}

function checkLines(check: Check, style: Style, width: number): readonly string[] {
  const start = SIGN_WIDTH + TITLE_WIDTH;
  const title = visible(check.title);
  const roomy = title.length < TITLE_WIDTH;
  const sign =
    painter(check.state, style)(SIGNS[check.state]) + ' '.repeat(SIGN_WIDTH - SIGNS[check.state].length);
  const brief = check.state === 'ok' || check.state === 'skipped';
  const seen = visibleShort(check.seen, 2000);
  if (brief && roomy) {
    const [first = '', ...rest] = wrap(seen, width, start);
    return [
      `${sign}${title.padEnd(TITLE_WIDTH)}${brief && check.state === 'skipped' ? style.dim(first) : first}`,
      ...rest.map((line) => `${' '.repeat(start)}${line}`),
    ];
  }
  return [
    `${sign}${style.bold(title)}`,
    ...wrap(seen, width, SIGN_WIDTH).map((line) => `${' '.repeat(SIGN_WIDTH)}${line}`),
    ...(check.remedy === undefined
      ? []
      : keyed('do: ', visibleShort(check.remedy, 2000), width, SIGN_WIDTH, 4)),
  ];
}

function painter(state: CheckState, style: Style): (text: string) => string {
  switch (state) {
    case 'ok':
      return style.good;
    case 'warning':
      return style.warn;
    case 'failed':
      return style.bad;
    case 'skipped':
      return style.dim;
  }
}
