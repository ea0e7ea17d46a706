import { shellWord, visible, visibleShort } from '../../model/visible.ts';
import { keyed, padColumns, wrap, type Look } from '../media/layout.ts';
import { jsonReport } from '../media/escape.ts';
import type { RequestCount } from '../../model/live-field.ts';

/** A file that belongs to the beginning, and what became of it. */
export interface StarterFile {
  readonly path: string;
  /** `unchanged` where it was there with all that is needed. */
  readonly state: 'written' | 'extended' | 'unchanged';
  /** What is in it. */
  readonly about: string;
}

/** What `init` did. */
export interface Begun {
  readonly module: string;
  readonly source: 'example' | 'live';
  readonly files: readonly StarterFile[];
  readonly requests: RequestCount;
}

/** What to type next, as far as it depends on how this was called. */
interface NextWords {
  /** The manifest, where it is not the usual one. */
  readonly manifest?: string;
  /** Options that lead to the same Zoho. */
  readonly connection: string;
  /** False where credentials are there already. */
  readonly needsLogin: boolean;
  readonly hasWorkflow: boolean;
}

/** As scripts read it. */
export function initJson({ module, source, files, requests }: Begun): string {
  return jsonReport('init', {
    module,
    source,
    files: files.map(({ path, state }) => ({ path, state })),
    requests,
    diagnostics: [],
  });
}

/** What was written, and what to type next. */
export function initText({ files, source }: Begun, next: NextWords, { style, width }: Look): string {
  const shown = files.map(({ path, state, about }) => ({
    name: visibleShort(path, 200),
    about: `${WORDS[state]}${visible(about)}`,
  }));
  const lines = [
    ...pairs(
      shown.map(({ name, about }) => [name, about]),
      width,
    ),
    '',
    style.bold('Next:'),
    ...pairs(commands(source, next, style.command), width),
    ...(next.hasWorkflow ? ['', ...wrap(SECRETS, width, 0)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

const WORDS: Readonly<Record<StarterFile['state'], string>> = {
  written: '',
  extended: 'added: ',
  unchanged: 'was there, and is as it was: ',
};

const SECRETS =
  'The workflow needs three secrets in the settings of the repository on GitHub, ZOHO_CLIENT_ID, ZOHO_CLIENT_SECRET and ZOHO_REFRESH_TOKEN, and the variable ZOHO_DC where your data centre is not us.';

type Pair = readonly [words: string, about: string];

function commands(
  source: Begun['source'],
  { manifest, connection, needsLogin }: NextWords,
  start: string,
): readonly Pair[] {
  const file = manifest === undefined ? '' : ` -f ${shellWord(manifest)}`;
  const plan = `${start} plan${file}`;
  if (source === 'live')
    return [[`${plan}${connection}`, 'says that all is as declared; then add a field to the file']];
  const settings = connection;
  return [
    [`${plan} --emulator`, 'try it without credentials'],
    ...(needsLogin
      ? [[`${start} auth login${settings}`, 'credentials for your organisation, step by step'] as const]
      : []),
    [`${plan}${settings}`, 'what your Zoho lacks of it; writes nothing'],
  ];
}

/** In two columns where there is room, or else each with its text below. */
function pairs(list: readonly Pair[], width: number): readonly string[] {
  const column = Math.max(...list.map(([words]) => words.length)) + 3;
  if (column > width / 2)
    return list.flatMap(([words, about]) => [
      `  ${words}`,
      ...wrap(about, width, 6).map((line) => `      ${line}`),
    ]);
  return list.flatMap(([words, about]) => keyed(padColumns(words, column), about, width, 2, column));
}
