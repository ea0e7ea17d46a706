import { type Check, type CheckState, type Verdict, checkDiagnostics } from '../../doctor/check.ts';
import { visible, visibleShort } from '../../model/visible.ts';
import { asTyped, hanging, isNarrow, keyed, wrap, type Style, type Look } from '../media/layout.ts';
import { FORMAT_VERSION } from '../media/escape.ts';
import type { Requests } from '../plan/view.ts';

const SIGNS: Readonly<Record<CheckState, string>> = {
  ok: '✓ ok',
  warning: '! warning',
  failed: '✗ failed',
  skipped: '- skipped',
};

const SIGN_WIDTH = 11;
const TITLE_WIDTH = 20;

/** The checks as a person reads them: sign and word, what, what was seen, what to do. */
export function doctorText(checks: readonly Check[], verdict: Verdict, { style, width }: Look): string {
  const { first } = verdict;
  const sentence =
    first === undefined ? verdict.sentence : `Not ready; first fix ${first.title}, as said above.`;
  const lines = checks.flatMap((check, index) => {
    const { remedy, ...others } = check;
    // Once, behind the last that it is the same for.
    return checkLines(
      remedy !== undefined && checks[index + 1]?.remedy === remedy ? others : check,
      style,
      width,
    );
  });
  const end = wrap(visibleShort(sentence, 2000), width, 0);
  const paint = verdict.ready ? style.good : style.bad;
  return `${[...lines, '', ...end.map((line) => paint(line))].join('\n')}\n`;
}

function checkLines(check: Check, style: Style, width: number): readonly string[] {
  const start = SIGN_WIDTH + TITLE_WIDTH;
  const title = visible(check.title);
  if (isNarrow(width)) return checkList(check, style, width);
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
      : keyed('do: ', asTyped(visibleShort(check.remedy, 2000), style), width, SIGN_WIDTH, 4)),
  ];
}

/** The same below each other, where the screen has no room for columns. */
function checkList({ state, title, seen, remedy }: Check, style: Style, width: number): readonly string[] {
  const text = (words: string): readonly string[] => wrap(words, width, 2).map((line) => `  ${line}`);
  return [
    ...hanging(`${painter(state, style)(SIGNS[state])}  ${style.bold(visible(title))}`, width, 0, 2),
    ...text(visibleShort(seen, 2000)),
    ...(remedy === undefined ? [] : keyed('do: ', asTyped(visibleShort(remedy, 2000), style), width, 2, 4)),
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

/** What the doctor's document holds beside the checks. */
interface DoctorJsonView {
  readonly dataCentre: string;
  readonly requests: Requests;
  /** What other data centres said of the client, where they were asked. */
  readonly elsewhere: readonly { readonly dataCentre: string; readonly knowsClient: boolean | null }[];
}

/** The doctor's findings as scripts read them (contract §7). */
export function doctorJson(checks: readonly Check[], verdict: Verdict, view: DoctorJsonView): object {
  return {
    format_version: FORMAT_VERSION,
    kind: 'doctor',
    ready: verdict.ready,
    mend_first: verdict.first?.name ?? null,
    sentence: verdict.sentence,
    data_centre: view.dataCentre,
    checks: checks.map(({ name, title, state, seen, remedy, code }) => ({
      name,
      title,
      state,
      seen,
      ...(code === undefined ? {} : { code }),
      ...(remedy === undefined ? {} : { remedy }),
    })),
    ...(view.elsewhere.length === 0
      ? {}
      : {
          other_data_centres: view.elsewhere.map(({ dataCentre, knowsClient }) => ({
            data_centre: dataCentre,
            knows_client: knowsClient,
          })),
        }),
    requests: view.requests,
    diagnostics: checkDiagnostics(checks),
  };
}
