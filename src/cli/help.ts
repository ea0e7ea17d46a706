import { Help as Layout, type Command, type HelpConfiguration } from 'commander';
import {
  commandLines,
  fitLines,
  hanging,
  isNarrow,
  keyed,
  padColumns,
  wrap,
} from '../report/media/layout.ts';
import type { Io } from '../machine/io.ts';
import { EXIT } from './exit-code.ts';

/** What stands below the options of a command. */
interface Help {
  /** What to type behind the program's name, and what that does. */
  readonly examples: readonly (readonly [words: string, about: string])[];
  /** The exit codes that the command can end with (contract §6). */
  readonly codes: readonly number[];
  readonly note?: string;
  /** Exit codes that say more of this command than their general words do. */
  readonly words?: Readonly<Record<number, string>>;
}

const CODES: Readonly<Record<number, string>> = {
  [EXIT.done]: 'done',
  [EXIT.failed]: 'failed; answered no',
  [EXIT.changes]: 'changes (--detailed-exitcode)',
  [EXIT.conflicts]: 'conflicts',
  [EXIT.partial]: 'created, but not all as declared',
  [EXIT.usage]: 'wrong usage',
  [EXIT.invalid]: 'manifest or plan invalid',
  [EXIT.notFound]: 'manifest or plan not found',
  [EXIT.unreachable]: 'Zoho unreachable or overloaded',
  [EXIT.bug]: 'a bug of zoho-fields',
  [EXIT.stale]: 'the saved plan no longer fits',
  [EXIT.credentials]: 'credentials or permission refused',
  [EXIT.configuration]: 'not configured',
  [EXIT.interrupted]: 'interrupted',
};

const ALL = Object.keys(CODES).map(Number);
const OF_FILES = [EXIT.done, EXIT.failed, EXIT.usage, EXIT.invalid, EXIT.notFound, EXIT.bug];
const OF_ZOHO = [EXIT.unreachable, EXIT.credentials, EXIT.configuration, EXIT.interrupted];
const OF_CREDENTIALS = [EXIT.done, EXIT.failed, EXIT.usage, EXIT.bug, ...OF_ZOHO];

const SETTINGS = `The settings ZOHO_CLIENT_ID, ZOHO_CLIENT_SECRET, ZOHO_REFRESH_TOKEN and ZOHO_DC come from the environment, or from .env or the file of --settings.`;

/** By the words that call a command; the program itself has none. */
const HELP: Readonly<Record<string, Help>> = {
  '': {
    examples: [
      ['plan --emulator', 'try it without credentials'],
      ['validate', 'check fields.yaml'],
      ['plan --out deals.plan', 'read Zoho, save what would be done'],
      ['apply deals.plan', 'do exactly that'],
      ['diff main:fields.yaml', 'what changed in the manifest since main'],
      ['help plan', 'what a command can do'],
    ],
    codes: ALL,
    note: SETTINGS,
  },
  plan: {
    examples: [
      ['plan --emulator', 'try it without credentials'],
      ['plan -f crm/deals.yaml', 'compare another manifest'],
      ['plan --out deals.plan', 'save what would be done'],
      ['plan --detailed-exitcode', 'in CI: exit 2 when there is something to do'],
      ['plan --from zoho.snapshot.json', 'plan what a snapshot holds; no credentials'],
    ],
    codes: ALL,
  },
  apply: {
    examples: [
      ['apply', 'plan, ask, create'],
      ['apply deals.plan', 'do exactly what was saved'],
      ['apply deals.plan --yes', 'the same without a question, in CI'],
      ['apply --emulator --seed zoho.snapshot.json', 'rehearse it; touches nothing'],
    ],
    codes: ALL,
  },
  validate: {
    examples: [
      ['validate', 'check fields.yaml'],
      ['validate -f crm/deals.yaml', 'check another manifest'],
      ['validate --format github', 'in CI: notes at the lines of a change'],
    ],
    codes: OF_FILES,
  },
  diff: {
    examples: [
      ['diff main:fields.yaml', 'what changed since main'],
      ['diff old.yaml new.yaml', 'what differs between two files'],
    ],
    codes: OF_FILES,
  },
  init: {
    examples: [
      ['init', 'a few questions, then a first fields.yaml'],
      ['init --module Deals --yes', 'from an example; no questions, no credentials'],
      ['init --from-live --workflow', 'from what Zoho has, with a workflow for GitHub'],
    ],
    codes: [EXIT.done, EXIT.failed, EXIT.usage, EXIT.invalid, EXIT.bug, ...OF_ZOHO],
    note: `It writes fields.yaml, adds .env and .zoho-fields/ to .gitignore, and where this package is not installed beside it, fields.schema.json for editors. Nothing that is there is written over.`,
  },
  schema: {
    examples: [['schema > fields.schema.json', 'for an editor that completes and checks']],
    codes: [EXIT.done, EXIT.failed, EXIT.usage, EXIT.bug],
  },
  types: {
    examples: [
      ['types > src/zoho-fields.ts', 'API names, options and records'],
      ['types | diff - src/zoho-fields.ts', 'in CI: are they up to date?'],
    ],
    codes: OF_FILES,
  },
  audit: {
    examples: [
      ['audit --module Leads', 'every field of a module'],
      ['audit --custom --format csv', 'the custom fields, for a spreadsheet'],
      ['audit --missing', 'what the manifest declares and Zoho lacks'],
    ],
    codes: [...OF_FILES, ...OF_ZOHO],
  },
  snapshot: {
    examples: [
      ['snapshot --out zoho.snapshot.json', 'keep what plan reads, for "plan --from"'],
      ['snapshot --names-only > public.json', 'without options and tooltips'],
    ],
    codes: [...OF_FILES, ...OF_ZOHO],
  },
  matrix: {
    examples: [
      ['matrix sandbox.env production.env', 'what is where'],
      ['matrix customers/*.env --format csv', 'one manifest, several customers'],
      ['matrix *.env --detailed-exitcode', 'in CI: exit 2 when not all are as declared'],
    ],
    codes: [...OF_FILES, EXIT.changes, ...OF_ZOHO],
    note: 'Which organisation a column is comes from its file alone, whatever the environment holds. One that cannot be read is shown as unknown, and the others all the same.',
  },
  probe: {
    examples: [
      ['probe', 'what this Zoho does, held against what is believed'],
      ['probe --out zoho.profile.json', 'the same, kept for "emulator --profile"'],
      ['probe --create', 'in a sandbox: what only creating shows'],
      ['probe --format markdown', 'for an issue'],
    ],
    codes: [EXIT.done, EXIT.failed, EXIT.partial, EXIT.usage, EXIT.bug, ...OF_ZOHO],
    words: {
      [EXIT.done]: 'done, whatever was found',
      [EXIT.failed]: 'unknown module; answered no',
      [EXIT.partial]: 'created, then failed (--create)',
    },
  },
  import: {
    examples: [
      ['import --module Deals --out fields.yaml', 'start from what Zoho has'],
      ['import --into fields.yaml', 'add what the manifest lacks'],
    ],
    codes: [...OF_FILES, ...OF_ZOHO],
  },
  completion: {
    examples: [
      ['completion bash > ~/.zoho-fields.bash', 'then "source ~/.zoho-fields.bash" in ~/.bashrc'],
      ['completion zsh > ~/.zfunc/_zoho-fields', 'with "fpath+=~/.zfunc" before compinit in ~/.zshrc'],
      ['completion fish > ~/.config/fish/completions/zoho-fields.fish', 'nothing else to do'],
    ],
    codes: [EXIT.done, EXIT.failed, EXIT.usage, EXIT.bug],
    note: `The script completes the command "zoho-fields", as it is called once the package is installed. It holds every word, so that pressing Tab starts no program; after an update of the package make it again.`,
  },
  emulator: {
    examples: [
      ['emulator --port 8080', 'a local Zoho until Ctrl-C'],
      ['emulator --state zoho.json', 'the same, kept in a file'],
      ['emulator --export > zoho.sh &', 'then ". ./zoho.sh" points this shell at it'],
      ['emulator --switches', 'what can be another Zoho'],
      ['emulator --profile zoho.profile.json', 'as the organisation did that was probed'],
    ],
    codes: OF_FILES,
    note: `To log in at it, a program needs a grant code, which works once, for three minutes. A browser gets one at http://127.0.0.1:PORT/__emulator/console; a script by:
curl -H 'content-type: application/json' -d '{}' \\
http://127.0.0.1:PORT/__emulator/codes
"auth login --emulator" rehearses the whole login.`,
  },
  auth: {
    examples: [
      ['auth login', 'get a refresh token, step by step'],
      ['auth status', 'what is configured, and from where'],
    ],
    codes: OF_CREDENTIALS,
  },
  'auth login': {
    examples: [
      ['auth login', 'ask for whatever is missing'],
      ['auth login --settings sandbox.env', 'a second set, in a file of its own'],
      ['auth login --dc eu < code.txt', 'without a terminal'],
      ['auth login --emulator', 'rehearse it, with the built-in Zoho'],
    ],
    codes: OF_CREDENTIALS,
    note: `At a terminal it asks for whatever is missing. Elsewhere the client id and secret come from the environment, the file or --client-id, and the code from standard input. No secret is taken from the command line, where other users could read it.`,
  },
  'auth status': {
    examples: [
      ['auth status', 'what is configured, and from where'],
      ['auth status --online', 'the scopes of the token too'],
    ],
    codes: OF_CREDENTIALS,
  },
  doctor: {
    examples: [
      ['doctor', 'check everything that plan and apply need'],
      ['doctor --read-only', 'what plan needs'],
      ['doctor --settings sandbox.env', 'check another set'],
    ],
    codes: OF_CREDENTIALS,
    words: {
      [EXIT.done]: 'ready (there may be warnings)',
      [EXIT.failed]: 'the module cannot be read',
      [EXIT.configuration]: 'a setting is missing or malformed',
    },
  },
};

/** What to type behind the program's name, as its help shows first. */
export function firstExample(path: string): string | undefined {
  return HELP[path]?.examples[0]?.[0];
}

/**
 * Gives a command and all below it their examples and exit codes.
 * @param start how the program was started, as it can be typed again.
 * @param width the columns of the screen: of standard error where `error` is true.
 */
export function addHelp(command: Command, start: string, width: (error: boolean) => number, path = ''): void {
  const help = HELP[path];
  if (help !== undefined)
    command.addHelpText('after', ({ error }) => `\n${helpText(help, start, width(error))}`);
  for (const one of command.commands) addHelp(one, start, width, `${path} ${one.name()}`.trim());
}

/** Commander's layout, but for screens on which its second column has no room: there a description goes below its term. */
export const HELP_LAYOUT: HelpConfiguration = {
  minWidthToWrap: 1,
  formatItem: (term, termWidth, description, { helpWidth = 80 }) =>
    isNarrow(helpWidth)
      ? [`  ${term}`, ...hanging(description, helpWidth, 6, 6)].join('\n')
      : keyed(term, description, helpWidth, 2, termWidth + 2).join('\n'),
  formatHelp: (command, layout) => fitLines(new Layout().formatHelp(command, layout), layout.helpWidth ?? 80),
};

function helpText(help: Help, start: string, columns: number): string {
  const parts = [
    ['Examples:', ...exampleLines(help.examples, start, columns)],
    ['Exit codes:', ...codeLines(help, columns)],
    ...(help.note === undefined ? [] : [wrap(help.note, columns, 0)]),
  ];
  return parts.map((lines) => lines.join('\n')).join('\n\n');
}

function exampleLines(examples: Help['examples'], start: string, columns: number): readonly string[] {
  const typed = examples.map(([words]) => `  ${start} ${words}`);
  const width = Math.max(...typed.map((one) => one.length)) + 3;
  const fits = examples.every(([, about]) => width + about.length <= columns);
  return examples.flatMap(([, about], index) => {
    const line = typed[index] ?? '';
    if (fits) return [`${padColumns(line, width)}${about}`];
    return [...commandLines(line.trimStart(), columns, 2), ...hanging(about, columns, 6, 6)];
  });
}

/** In two columns where the screen has room for them. */
function codeLines({ codes, words }: Help, columns: number): readonly string[] {
  const lines = codes
    .toSorted((a, b) => a - b)
    .map((code) => ` ${String(code).padStart(3)}  ${words?.[code] ?? CODES[code] ?? ''}`);
  const half = Math.ceil(lines.length / 2);
  const longest = (some: readonly string[]): number => Math.max(...some.map((line) => line.length));
  const width = longest(lines.slice(0, half)) + 2;
  if (width + longest(lines.slice(half)) > columns) return lines;
  return lines.slice(0, half).map((line, index) => {
    const second = lines[half + index];
    return second === undefined ? line : `${padColumns(line, width)}${second}`;
  });
}

/** Help that nobody asked for by name: on standard error, with its examples. */
export function showHelp(command: Command, io: Io): void {
  command.configureOutput({ writeErr: (text) => io.stderr.write(text) });
  command.outputHelp({ error: true });
}
