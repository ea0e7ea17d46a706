import { count } from '../../model/count.ts';
import type { LiveField, RequestCount } from '../../model/live-field.ts';
import { visible, visibleShort } from '../../model/visible.ts';
import type { Finding, Findings } from '../../probe/findings.ts';
import { asTyped, keyed, wrap, type Style } from '../media/layout.ts';
import { type Target, placeText } from '../plan/view.ts';
import type { Hidden } from '../../probe/facts/fact.ts';
import { valueWords } from '../../probe/value.ts';
import { TOO_LONG, type Wishes } from '../../probe/wishes.ts';

/** What a probe's report needs beside the findings. */
export interface ProbeView {
  readonly target: Target;
  readonly module: string;
  readonly requests: RequestCount;
  readonly style: Style;
  readonly width: number;
  /** The file that the profile was written to. */
  readonly out?: string;
  /** What was created and is still there. */
  readonly created?: readonly LiveField[];
  /** Labels that were sent, and that no read has shown. */
  readonly unknown?: readonly string[];
}

/** What a probe found, as a person at a terminal reads it; pure. */
export function probeText({ findings, summary, times }: Findings, view: ProbeView): string {
  const { style, width, target, out } = view;
  const fact = (key: string, text: string): readonly string[] => keyed(key, text, width, 2, 14);
  const of = (verdict: Finding['verdict']): readonly Finding[] =>
    findings.filter((one) => one.verdict === verdict);
  const lines = [
    ...title('What this Zoho does, held against what is believed', view),
    ...fact('zoho', placeText(target)),
    ...fact('module', visibleShort(view.module, 80)),
    ...fact('times', `${times.median} ms a read (${times.shortest} to ${times.longest})`),
    ...fact(
      'facts',
      `${summary.as_believed} as believed, ${summary.different} different, ${summary.not_seen} not seen`,
    ),
    '',
    ...(summary.different === 0
      ? title('No difference: what could be seen is as believed.', view)
      : [
          style.bold(`Different (${summary.different})`),
          ...of('different').flatMap((one) => different(one, view)),
        ]),
    ...(summary.as_believed === 0 ? [] : ['', style.bold(`As believed (${summary.as_believed})`)]),
    ...of('as_believed').flatMap((one) => row('=', `${one.fact.about}: ${seenWords(one)}`, one, view)),
    ...notSeen(of('not_seen'), view),
    ...createdLines(view),
    '',
    ...wrap(asTyped(closing(out, view.requests), style), width, 0),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** The same of what was created alone. */
export function createdText(view: ProbeView): string {
  return createdLines(view)
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** What is left of `--create`, and where a person can take it away: this tool never does. */
function createdLines({ created, unknown = [], module, style, width }: ProbeView): readonly string[] {
  if (created === undefined) return [];
  const missing = unknown.flatMap((label) =>
    signed('?', `"${visibleShort(label, 60)}": it may be there, and no read shows it`, width),
  );
  if (created.length + missing.length === 0) return ['', style.bold('Nothing was created.')];
  return [
    ...(created.length === 0 ? [] : ['', style.bold(`Created (${created.length})`)]),
    ...fieldLines(created, width),
    ...(missing.length === 0 ? [] : ['', style.bold(`Not known (${unknown.length})`)]),
    ...missing,
    ...wrap(whereToDelete(module), width, 2).map((line) => `  ${line}`),
  ];
}

/** Fields that a probe made, each with what a person needs to find it. */
function fieldLines(fields: readonly LiveField[], width: number): readonly string[] {
  return fields.flatMap(({ api_name, display_label, id }) =>
    signed(
      '+',
      `${visibleShort(api_name, 60)}: "${visibleShort(display_label, 60)}", id ${visibleShort(id, 30)}`,
      width,
    ),
  );
}

function whereToDelete(module: string): string {
  return `This tool never deletes a field. In Zoho: Setup > Modules and Fields > ${visible(module)}, open the layout, remove each of them, then delete it from the list of unused fields.`;
}

function different(finding: Finding, view: ProbeView): readonly string[] {
  const { style, width } = view;
  return [
    ...row(style.warn('~'), finding.fact.about, finding, view),
    ...keyed('seen', seenWords(finding), width, 6, 10),
    ...keyed('believed', believedWords(finding), width, 6, 10),
    ...keyed('emulator', emulatorWords(finding), width, 6, 10),
  ];
}

function row(sign: string, text: string, { fact }: Finding, { width }: ProbeView): readonly string[] {
  return signed(sign, `${text} (sheet §${fact.sheet}, ${fact.id})`, width);
}

/** A text behind its sign. */
function signed(sign: string, text: string, width: number): readonly string[] {
  return wrap(text, width, 4).map((line, index) => (index === 0 ? `  ${sign} ${line}` : `    ${line}`));
}

function title(text: string, { style, width }: Pick<ProbeView, 'style' | 'width'>): readonly string[] {
  return wrap(text, width, 0).map((line) => style.bold(line));
}

/** By reason, as most facts of one reason are of one kind. */
function notSeen(findings: readonly Finding[], { style, width }: ProbeView): readonly string[] {
  if (findings.length === 0) return [];
  const groups = REASONS.flatMap((why) => {
    const some = findings.filter((one) => one.verdict === 'not_seen' && one.why === why);
    if (some.length === 0) return [];
    const ids = some.map(({ fact }) => fact.id).join(', ');
    return [...wrap(`? ${whyWords(why)}:`, width, 2), ...wrap(ids, width, 4).map((line) => `  ${line}`)];
  });
  return ['', style.bold(`Could not be seen (${findings.length})`), ...groups.map((line) => `  ${line}`)];
}

function closing(out: string | undefined, requests: ProbeView['requests']): string {
  const sent = `Read with ${count(requests.read, 'call')}, ${requests.write === 0 ? 'nothing was written' : `written with ${count(requests.write, 'call')}`}.`;
  return out === undefined
    ? `${sent} With --out FILE these facts are kept as a profile, without a name or a secret, for "zoho-fields emulator --profile FILE".`
    : `${sent} The profile is in ${visibleShort(out, 200)}: look at it, then send it in; "zoho-fields emulator --profile" behaves like it.`;
}

/** Why a fact could not be seen, in words. */
const WHY: Readonly<Record<Hidden, string>> = {
  scope: "the token's scopes do not allow the question",
  permission: "the token's user may not see it",
  'none there': 'nothing of that kind is there',
  'no answer': 'there was no answer that tells',
  'not tried': 'only creating shows it: probe --create',
};

/** The reasons in the order in which they are told. */
export const REASONS: readonly Hidden[] = ['scope', 'permission', 'no answer', 'none there', 'not tried'];

export function whyWords(why: Hidden): string {
  return WHY[why];
}

/** What is believed, in words. */
export function believedWords({ fact }: Finding): string {
  return fact.believed.map((one) => valueWords(one)).join(' or ');
}

/** What was seen, in words. */
export function seenWords(finding: Finding): string {
  return finding.verdict === 'not_seen' ? whyWords(finding.why) : valueWords(finding.value);
}

/** How the emulator comes to do the same. */
export function emulatorWords({ fact: { emulator } }: Finding): string {
  if (emulator === undefined) return 'not imitated';
  return emulator === 'profile' ? 'imitated with a profile' : `imitated: switch ${emulator}`;
}

/** What each field is for, in words. */
const PURPOSES = {
  named: 'is api_name honoured, ignored or refused?',
  symbols: 'which API name comes of a hyphen and brackets?',
  twin: 'the same label once more, on purpose: what is said of it, and in which place?',
  letters: 'which API name comes of a letter that is not ASCII?',
  long: `${TOO_LONG} characters, on purpose: how long may a label be?`,
} as const;

/** Exactly what `probe --create` will do, before it asks. */
export function announcement({ module, fields, renamed }: Wishes, where: string, width: number): string {
  const symbols = fields.find(({ purpose }) => purpose === 'symbols')?.label ?? '';
  const rows = fields.flatMap(({ purpose, label, name }) => {
    const named = name === undefined ? '' : `, api_name ${name}`;
    return signed('+', `"${visibleShort(label, 40)}"${named}: ${PURPOSES[purpose]}`, width);
  });
  return [
    ...wrap(
      `This creates at most ${count(fields.length, 'text field')} in ${visible(module)} of ${where}, under names that nobody else uses there:`,
      width,
      0,
    ),
    ...rows,
    ...wrap(
      `It sends one POST, a second one only where the first comes to nothing, and one PATCH, which calls "${symbols}" "${renamed}". It deletes nothing: at the end it says what it made, and where a person can delete it.`,
      width,
      0,
    ),
    '',
  ].join('\n');
}

/** What a probe left that was stopped before it could list it. */
export function leftBehind(fields: readonly LiveField[], module: string, width: number): string {
  const told = 'An earlier probe was stopped before it could list what it made. It is still there:';
  return [
    ...wrap(told, width, 0),
    ...fieldLines(fields, width),
    ...wrap(whereToDelete(module), width, 0),
    '\n',
  ].join('\n');
}
