import { count } from '../../model/count.ts';
import { compareOptions } from '../../diff/changes.ts';
import type { Difference, ModulePlan, Plan, PlanEntry, Reason } from '../../model/plan.ts';
import { permanentKeys } from '../../plan/compare.ts';
import { isToBeFinished, workOf } from '../../plan/earlier-runs.ts';
import { contrasted, typeText, declaredText } from '../media/value-text.ts';
import { plainText, type Words, listed } from '../media/document.ts';
import { visible, visibleShort } from '../../model/visible.ts';
import { keyWords as plainKeyWords, originWords, differingOptions } from '../media/words.ts';
import { asTyped, hanging, headline, keyed, wrap, commandLines } from '../media/layout.ts';
import { notLiveWords, rehearsalWords, type PlanView, readWords } from './view.ts';
import { applyCost, landingWords, roomWords, countsText } from './totals.ts';
import { needsLabelLater } from '../../plan/creation-label.ts';
import type { DesiredField } from '../../model/manifest.ts';

/** The plan as a person reads it; pure. */
export function planText(plan: Plan, view: PlanView): string {
  const lines = [...header(plan, view)];
  for (const module of plan.modules) lines.push('', ...moduleLines(module, plan.modules.length > 1, view));
  lines.push('', ...planFooter(plan, view));
  return `${lines.join('\n')}\n`;
}

function header(plan: Plan, view: PlanView): readonly string[] {
  const { organisation, dataCentre, apiHost } = view.target;
  const modules = plan.modules.map((module) => visible(module.module)).join(', ');
  const notice = firstWords(view);
  const owner =
    organisation === undefined
      ? 'not shown: the credentials have no scope ZohoCRM.org.READ'
      : `${visibleShort(organisation.name, 80)} (${visibleShort(organisation.type, 20)}), id ${visibleShort(organisation.id, 30)}`;
  const fact = (key: string, text: string): readonly string[] => keyed(key, text, view.width, 2, 14);
  return [
    ...(notice === undefined
      ? []
      : [...wrap(visible(plainText(notice)), view.width, 0).map((line) => view.style.warn(line)), '']),
    ...hanging(
      `Zoho CRM, ${plan.modules.length === 1 ? 'module' : 'modules'} ${modules}`,
      view.width,
      0,
      2,
    ).map((line) => view.style.bold(line)),
    ...fact('manifest', visibleShort(plan.manifest.path, 200)),
    ...(dataCentre === 'emulator' ? [] : fact('organisation', owner)),
    ...fact(
      'data centre',
      dataCentre === 'emulator'
        ? 'none: this is the built-in emulator, not a real Zoho'
        : `${dataCentre}, ${visibleShort(apiHost, 80)}`,
    ),
  ];
}

/** What has to be known before anything else. */
function firstWords({ snapshot, rehearsal }: PlanView): Words | undefined {
  if (rehearsal !== undefined) return rehearsalWords(rehearsal);
  return snapshot === undefined ? undefined : notLiveWords(snapshot);
}

function moduleLines(module: ModulePlan, named: boolean, view: PlanView): readonly string[] {
  const of = (action: PlanEntry['action']): readonly PlanEntry[] =>
    module.entries.filter((one) => one.action === action);
  const blocks = [
    ...(named ? [[view.style.bold(`Module ${visible(module.module)}`)]] : []),
    ...[...of('create'), ...of('drift'), ...of('conflict')].map((entry) => entryLines(entry, view)),
    ...(of('in_sync').length === 0 ? [] : [inSyncLines(of('in_sync'), view)]),
    ...(view.unmanaged && module.unmanaged.length > 0 ? [unmanagedLines(module, view)] : []),
  ];
  if (blocks.length === 0) return ['  Nothing is declared.'];
  return blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}

const KEY_WIDTH = 13;

function title(sign: string, entry: PlanEntry, words: string, view: PlanView): readonly string[] {
  const name = visible(entry.field.api_name);
  const origin = view.origins?.get(entry);
  const whose = origin === undefined ? [] : [`[${originWords(origin)}]`];
  const parts = [`${sign} ${view.style.bold(name)}`, typeText(entry.field), words, ...whose];
  return headline(parts, view.width, 2, 6);
}

function pair(key: string, text: string, view: PlanView): readonly string[] {
  return keyed(key, text, view.width, 6, KEY_WIDTH);
}

function entryLines(entry: PlanEntry, view: PlanView): readonly string[] {
  const { field, action } = entry;
  const { sign, tone, words } = TITLES[action];
  const paint = view.style[tone];
  const isNew = action === 'create';
  return [
    ...title(paint(sign), entry, paint(action === 'drift' ? driftWords(entry) : words), view),
    ...(isNew ? declaredLines(field, view) : []),
    ...entry.reasons.flatMap((reason) => reasonLines(reason, view)),
    ...differenceLines(entry, view),
    ...(isNew
      ? pair('permanent', permanentWords(field), view)
      : pair('declared at', `line ${field.line} of the manifest`, view)),
  ];
}

const TITLES = {
  create: { sign: '+', tone: 'good', words: 'will be created' },
  drift: { sign: '~', tone: 'warn', words: 'differs; this tool never changes it' },
  conflict: { sign: '!', tone: 'bad', words: 'conflict: cannot be done' },
  in_sync: { sign: '=', tone: 'plain', words: 'as declared' },
} as const;

function driftWords(entry: PlanEntry): string {
  if (isToBeFinished(entry)) return 'left unfinished; its label will be set';
  return entry.differences.every(({ key }) => key === 'maps_from')
    ? 'not filled from leads as declared'
    : TITLES.drift.words;
}

function declaredLines(field: DesiredField, view: PlanView): readonly string[] {
  const { field_label = '', declared, description } = field;
  return [
    ...pair('label', visibleShort(field_label), view),
    ...Object.entries(declared)
      .filter(([key]) => key !== 'length' && key !== 'decimal_place')
      .flatMap(([key, value]) => pair(keyWords(key), declaredText(key, value), view)),
    ...(description === undefined ? [] : pair('description', visibleShort(description), view)),
  ];
}

function permanentWords(field: DesiredField): string {
  const choices = ['API name', 'data type', ...permanentKeys(field).map((key) => keyWords(key))];
  return `${plainText(listed(choices))}: once the field exists, no change to this file can alter ${choices.length > 2 ? 'these' : 'them'}`;
}

/** Each reason with its remedy, and with the line to paste where there is one. */
export function reasonLines(reason: Reason, view: Pick<PlanView, 'width' | 'style'>): readonly string[] {
  const line = (key: string, text: string): readonly string[] =>
    keyed(key, visibleShort(text, 1000), view.width, 6, KEY_WIDTH);
  return [
    ...line(reason.notice === true ? 'note' : 'why', reason.message),
    ...(reason.remedy === undefined ? [] : line('what to do', asTyped(reason.remedy, view.style))),
    ...(reason.stanza === undefined
      ? []
      : pasteable(`        ${visibleShort(reason.stanza, 400)}`, view.width)),
  ];
}

/** Each difference with both values. */
export function differenceLines(
  entry: { readonly differences: PlanEntry['differences'] },
  view: Pick<PlanView, 'width'>,
): readonly string[] {
  return entry.differences.flatMap((difference) =>
    keyed(keyWords(difference.key), bothValues(difference), view.width, 6, KEY_WIDTH),
  );
}

function bothValues({ key, want, live, permanent }: Difference): string {
  if (key === 'pick_list_values') return visible(plainText(differingOptions(compareOptions(live, want))));
  const [declared, found] = contrasted(key, want, live);
  return `manifest: ${declared}   Zoho: ${found}${permanent ? '   (permanent)' : ''}`;
}

function inSyncLines(entries: readonly PlanEntry[], view: PlanView): readonly string[] {
  if (view.inSync) {
    return entries.flatMap((entry) => [
      ...title('=', entry, view.style.dim(TITLES.in_sync.words), view),
      ...entry.reasons.flatMap((reason) => reasonLines(reason, view)),
    ]);
  }
  const start = `  = ${count(entries.length, 'field is', 'fields are')} as declared: `;
  const names = entries.map((entry) => visible(entry.field.api_name));
  const whole = `${start}${names.join(', ')}`;
  if (whole.length <= view.width) return [whole];
  const more = ', … (--in-sync lists all)';
  const fits = names.findLastIndex(
    (_, last) => start.length + names.slice(0, last + 1).join(', ').length + more.length <= view.width,
  );
  const short =
    fits === -1 ? `${start}--in-sync lists them` : `${start}${names.slice(0, fits + 1).join(', ')}${more}`;
  return hanging(short.trimStart(), view.width, 2, 4);
}

function unmanagedLines(module: ModulePlan, view: PlanView): readonly string[] {
  return [
    ...hanging('In Zoho, but not in the manifest (left alone):', view.width, 2, 4),
    ...module.unmanaged.flatMap((field) => {
      const unused = field.used ? '' : ', unused';
      const parts = [
        visibleShort(field.api_name, 60),
        `${visibleShort(field.data_type, 60)}${unused}`,
        view.style.dim(`"${visibleShort(field.field_label, 60)}"`),
      ];
      return headline(parts, view.width, 6, 8);
    }),
    ...stanzaLines(module, view),
  ];
}

/** More stanzas than this are a file, not a screen. */
const MOST_STANZAS = 20;

function stanzaLines(module: ModulePlan, view: PlanView): readonly string[] {
  const stanzas = module.unmanaged.flatMap((field) => view.stanzas?.get(field.id) ?? []);
  if (stanzas.length === 0) return [];
  if (stanzas.length > MOST_STANZAS) {
    const words = `"zoho-fields import --module ${visible(module.module)} --into FILE" adds them to a manifest; --json has a stanza for each.`;
    return ['', ...wrap(asTyped(words, view.style), view.width, 2).map((line) => `  ${line}`)];
  }
  const lines = stanzas.flatMap((stanza) => stanza.split('\n'));
  return [
    '',
    '  To declare them, paste below "fields:":',
    ...lines.flatMap((line) => pasteable(visible(line), view.width)),
  ];
}

/**
 * A line of YAML that is there to be copied. It is broken only where YAML reads a blank in the place of the break, which
 * it does once for several: a text with blanks side by side stays whole, however long.
 */
function pasteable(line: string, width: number): readonly string[] {
  const text = line.trimStart();
  if (/ {2}/u.test(text)) return [line];
  const indent = line.length - text.length;
  return hanging(text, width, indent, indent + 4);
}

/** A key in its column; a longer one keeps a blank behind it. */
function keyWords(key: string): string {
  const words = visibleShort(plainKeyWords(key), 60);
  return words.length + 1 < KEY_WIDTH || words !== key ? words : `${words} `;
}

/** The last lines of a plan's screen: the counts, what applying takes, the plan's id, and what to type next. */
function planFooter(plan: Plan, view: PlanView): readonly string[] {
  const { style, width, target, snapshot, next } = view;
  const { create, unmanaged } = plan.summary;
  const hint = unmanaged > 0 && !view.unmanaged ? ' (--unmanaged lists them)' : '';
  const counts = `${countsText(plan)}; ${count(unmanaged, 'other custom field')} in Zoho${hint}.`;
  const sentences = [
    ...roomWords(plan, target).map(({ module, words }) => `${visible(module)}: ${words}.`),
    ...(create > 0 ? [WHERE_NOTE] : []),
    ...plan.modules
      .flatMap((module) => landingWords(module))
      .map((words) => words.map((one) => wordText(one)).join('')),
    ...(workOf(plan).length > 0 && snapshot === undefined ? [costNote(plan)] : []),
    `Plan ${plan.plan_id}: ${readWords(view)}, nothing was written.`,
  ];
  return [
    ...wrap(counts, width, 0).map((line) => style.bold(line)),
    ...sentences.flatMap((sentence) => wrap(sentence, width, 0)),
    ...(next === undefined ? [] : ['', ...next.split('\n').flatMap((line) => nextLines(line, view))]),
  ];
}

/** A command stays one that a shell reads, however many lines it takes. */
function nextLines(line: string, { style, width }: PlanView): readonly string[] {
  const [, blanks = '', words = ''] = /^( *)(.*)$/u.exec(line) ?? [];
  const isCommand = /^(?:Next: zoho-fields apply| +zoho-fields )/u.test(line);
  return (isCommand ? commandLines : wrap)(asTyped(words, style), width, blanks.length);
}

/** Names of layouts are Zoho's text: in quotes, and without anything that acts on a terminal. */
function wordText(word: Words[number]): string {
  return typeof word === 'string' ? visible(word) : `"${visible(word.text)}"`;
}

const WHERE_NOTE =
  'New fields land in the standard layout; unless "profiles" says otherwise, everyone can read and edit them.';

function costNote(plan: Plan): string {
  const cost = applyCost(plan);
  const parts = cost.creating === 0 ? [] : [`${cost.creating} to create`];
  if (cost.labelling > 0) parts.push(`${cost.labelling} to set ${labels(plan) === 1 ? 'a label' : 'labels'}`);
  parts.push(`${cost.readingBack} to read back`);
  return `Applying takes ${count(cost.total, 'call')} after reading again: ${parts.join(', ')}.`;
}

function labels(plan: Plan): number {
  return workOf(plan).filter((entry) => needsLabelLater(entry.field)).length;
}
