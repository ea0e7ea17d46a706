import { type Check, type CheckState, type Verdict, checkDiagnostics } from '../../doctor/check.ts';
import { visible, visibleShort } from '../../model/visible.ts';
import { asTyped, hanging, isNarrow, keyed, wrap, type Look } from '../media/layout.ts';
import { jsonReport } from '../media/escape.ts';
import type { Tone } from '../media/document.ts';
import type { RequestCount } from '../../model/live-field.ts';

const SIGNS: Readonly<Record<CheckState, { readonly sign: string; readonly tone: Tone | 'dim' }>> = {
  ok: { sign: '✓ ok', tone: 'good' },
  warning: { sign: '! warning', tone: 'warn' },
  failed: { sign: '✗ failed', tone: 'bad' },
  skipped: { sign: '- skipped', tone: 'dim' },
};

const SIGN_WIDTH = 11;
const TITLE_WIDTH = 20;

/** The checks as a person reads them: sign and word, what, what was seen, what to do. */
export function doctorText(checks: readonly Check[], verdict: Verdict, look: Look): string {
  const { style, width } = look;
  const { first } = verdict;
  const sentence =
    first === undefined ? verdict.sentence : `Not ready; first fix ${first.title}, as said above.`;
  const lines = checks.flatMap((check, index) => {
    const { remedy, ...others } = check;
    // Once, behind the last that it is the same for.
    const follows = remedy !== undefined && checks[index + 1]?.remedy === remedy;
    return checkLines(follows ? others : check, look);
  });
  const end = wrap(visibleShort(sentence, 2000), width, 0);
  const paint = verdict.ready ? style.good : style.bad;
  return `${[...lines, '', ...end.map((line) => paint(line))].join('\n')}\n`;
}

/** In columns, or below each other where the screen has no room for them. */
function checkLines(check: Check, { style, width }: Look): readonly string[] {
  const { state, remedy } = check;
  const { sign, tone } = SIGNS[state];
  const title = visible(check.title);
  const seen = visibleShort(check.seen, 2000);
  const narrow = isNarrow(width);
  const start = `${style[tone](sign)}${narrow ? '  ' : ' '.repeat(SIGN_WIDTH - sign.length)}`;
  if (!narrow && (state === 'ok' || state === 'skipped') && title.length < TITLE_WIDTH) {
    const indent = SIGN_WIDTH + TITLE_WIDTH;
    const [first = '', ...rest] = wrap(seen, width, indent);
    return [
      `${start}${title.padEnd(TITLE_WIDTH)}${state === 'skipped' ? style.dim(first) : first}`,
      ...rest.map((line) => `${' '.repeat(indent)}${line}`),
    ];
  }
  const indent = narrow ? 2 : SIGN_WIDTH;
  const head = `${start}${style.bold(title)}`;
  return [
    ...(narrow ? hanging(head, width, 0, 2) : [head]),
    ...wrap(seen, width, indent).map((line) => `${' '.repeat(indent)}${line}`),
    ...(remedy === undefined
      ? []
      : keyed('do: ', asTyped(visibleShort(remedy, 2000), style), width, indent, 4)),
  ];
}

/** What the doctor's document holds beside the checks. */
interface DoctorJsonView {
  readonly dataCentre: string;
  readonly requests: RequestCount;
  /** What other data centres said of the client, where they were asked. */
  readonly elsewhere: readonly { readonly dataCentre: string; readonly knowsClient: boolean | null }[];
}

/** The doctor's findings as scripts read them (contract §7). */
export function doctorJson(checks: readonly Check[], verdict: Verdict, view: DoctorJsonView): string {
  return jsonReport('doctor', {
    ready: verdict.ready,
    mend_first: verdict.first?.name ?? null,
    sentence: verdict.sentence,
    data_centre: view.dataCentre,
    checks: checks.map(({ name, title, state, seen, remedy, code }) => ({
      name,
      title,
      state,
      seen,
      code,
      remedy,
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
  });
}
