import type { Command, Argument, Option } from 'commander';
import type { Io } from '../../machine/io.ts';
import { EXIT } from '../exit-code.ts';
import { VERSION } from '../../model/version.ts';

/** The shells that `completion` has a script for. */
export type Shell = 'bash' | 'zsh' | 'fish';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** `completion`: prints the script that completes this program's words in a shell. */
export function completion(program: Command, shell: Shell, io: Io): Promise<number> {
  io.stdout.write(SCRIPTS[shell](pagesOf(program)));
  return Promise.resolve(EXIT.done);
}

/*
 * Scripts that know every word when they are made. Pressing Tab starts no program and evaluates nothing that was typed:
 * what stands on the line may be half a command, or pasted from anywhere.
 */

const NAME = 'zoho-fields';
const head = (shell: string): string =>
  `# Completion of ${NAME} ${VERSION} for ${shell}. Pressing Tab starts no program.\n`;

/** A text as one word of a POSIX shell, in which nothing is expanded. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** For bash 3.2 and later, with or without the package bash-completion. Where nothing of ours fits, files are offered. */
export function bashScript(pages: readonly Page[]): string {
  const deeper = pages.flatMap(({ path }) => (path === '' ? [] : [quoted(path)]));
  const values = pages.flatMap(({ path, options }) =>
    options.flatMap(({ names, value }) => {
      if (value === 'none') return [];
      const places = names.map((name) => quoted(`${path} ${name}`)).join('|');
      const words = Array.isArray(value) ? `words=${quoted(value.join(' '))}` : 'return';
      return [`    ${places}) ${words} ;;`];
    }),
  );
  const words = pages.map(({ path, commands, options, operands }) => {
    const named = [...commands.map(({ name }) => name), ...(operands === 'files' ? [] : operands)];
    const all = [...named, ...options.flatMap(({ names }) => names)];
    const files = operands === 'files' ? '[[ $cur == -* ]] || return; ' : '';
    return `    ${quoted(path)}) ${files}words=${quoted(all.join(' '))} ;;`;
  });
  return `${head('bash')}_zoho_fields() {
  local IFS=$' \\t\\n' cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} at='' words='' i
  COMPREPLY=()
  # To bash "=" is a word of its own.
  if [[ $cur == = ]]; then cur=''; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at/\${COMP_WORDS[i]}" in
      ${deeper.join('|')}) at="$at/\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$at $prev" in
${values.join('\n')}
  esac
  [[ -n $words ]] || case "$at" in
${words.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _zoho_fields ${NAME}
`;
}

/** For zsh: a file of its \`fpath\`, or text for \`eval\` behind \`compinit\`. */
export function zshScript(pages: readonly Page[]): string {
  const functions = pages.map((page) => {
    const name = zshName(page.path);
    const options = page.options.flatMap((flag) => zshSpecs(flag));
    if (page.commands.length === 0) {
      const operands =
        page.operands === 'files'
          ? ["'*:file:_files'"]
          : page.operands.length > 0
            ? [`'1:word:(${page.operands.join(' ')})'`]
            : [];
      return `${name}() {\n  _arguments ${[...options, ...operands].join(' \\\n    ')}\n}\n`;
    }
    const list = page.commands.map((one) => quoted(`${one.name}:${one.about}`));
    const cases = page.commands.map(
      (one) => `        ${one.name}) ${zshName(`${page.path}/${one.name}`)} ;;`,
    );
    return `${name}() {
  local curcontext=$curcontext state line
  typeset -A opt_args
  _arguments -C ${[...options, "'1:command:->command'", "'*::word:->word'"].join(' \\\n    ')}
  case $state in
    command)
      local -a list
      list=(${list.join('\n        ')})
      _describe -t commands command list ;;
    word)
      curcontext="\${curcontext%:*}-$words[1]:"
      case $words[1] in
${cases.join('\n')}
      esac ;;
  esac
}
`;
  });
  return `#compdef ${NAME}
${head('zsh')}${functions.join('')}if [[ $funcstack[1] == _${NAME} ]]; then
  _${NAME} "$@"
else
  compdef _${NAME} ${NAME}
fi
`;
}

const zshName = (path: string): string => `_${NAME}${path.replaceAll('/', '-')}`;

function zshSpecs({ names, about, value }: Flag): readonly string[] {
  const text = about.replaceAll(/[\\[\]:]/g, '\\$&');
  if (value === 'none') return names.map((name) => quoted(`(${names.join(' ')})${name}[${text}]`));
  const action = value === 'files' ? '_files' : Array.isArray(value) ? `(${value.join(' ')})` : ' ';
  return names.map((name) =>
    quoted(`*${name}${name.startsWith('--') ? '=' : ''}[${text}]:${name.replace(/^-+/, '')}:${action}`),
  );
}

/** For fish 3 and later: a file in its folder of completions. */
export function fishScript(pages: readonly Page[]): string {
  const deeper = pages.flatMap(({ path }) => (path === '' ? [] : [path]));
  const lines = pages.flatMap(({ path, commands, options, operands }) => {
    const start = `complete -c ${NAME} -n ${fishQuoted(`__zoho_fields_at '${path}'`)}`;
    return [
      ...commands.map((one) => `${start} -a ${one.name} -d ${fishQuoted(one.about)}`),
      ...(operands === 'files' ? [`${start} -F`] : operands.map((word) => `${start} -a ${word}`)),
      ...options.map((flag) => `${start}${fishNames(flag)}${fishValue(flag)} -d ${fishQuoted(flag.about)}`),
    ];
  });
  return `${head('fish')}function __zoho_fields_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    switch "$at/$word"
      case ${deeper.join(' ')}
        set at "$at/$word"
    end
  end
  test "$at" = "$argv[1]"
end
complete -c ${NAME} -f
${lines.join('\n')}
`;
}

const fishQuoted = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`;

const fishNames = ({ names }: Flag): string =>
  names.map((name) => (name.startsWith('--') ? ` -l ${name.slice(2)}` : ` -s ${name.slice(1)}`)).join('');

function fishValue({ value }: Flag): string {
  if (value === 'none') return '';
  if (value === 'files') return ' -r -F';
  return Array.isArray(value) ? ` -x -a ${fishQuoted(value.join(' '))}` : ' -x';
}

/** What can be typed behind some words: those of a command, or none for the program itself. */
interface Page {
  /** `/auth/login` for `auth login`; empty for the program. */
  readonly path: string;
  readonly commands: readonly Word[];
  readonly options: readonly Flag[];
  /** What stands there without a dash; `files` where the command takes some. */
  readonly operands: Operands;
}

/** A word with a line about it. */
export interface Word {
  readonly name: string;
  readonly about: string;
}

/** An option under all its names. */
interface Flag {
  readonly names: readonly string[];
  readonly about: string;
  /** What comes behind it: nothing, a file, one of some words, or what only the person knows. */
  readonly value: 'none' | 'other' | Operands;
}

type Operands = 'files' | readonly string[];

/** Everything that can be typed, from the definitions that commander reads the command line with. */
export function pagesOf(command: Command, path = ''): readonly Page[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command).map((one) => ({
    name: one.name(),
    about: brief(one.description()),
  }));
  const own: Page = {
    path,
    commands,
    options: help.visibleOptions(command).map((one) => flagOf(one)),
    operands: operandsOf(command.registeredArguments),
  };
  return [own, ...help.visibleCommands(command).flatMap((one) => pagesOf(one, `${path}/${one.name()}`))];
}

function operandsOf(taken: readonly Argument[]): Operands {
  const choices = taken.flatMap(({ argChoices }) => argChoices ?? []);
  return taken.length > 0 && choices.length === 0 ? 'files' : choices;
}

function flagOf(option: Option): Flag {
  const { short, long, description, flags } = option;
  return {
    names: [short, long].filter((name) => name !== undefined),
    about: brief(description),
    value: option.required || option.optional ? (option.argChoices ?? kindOf(flags)) : 'none',
  };
}

/** The names under which our options take a file. */
const kindOf = (flags: string): 'files' | 'other' => (/<(?:file|snapshot)>$/.test(flags) ? 'files' : 'other');

/** The first thing that a description says: there is one line for it. */
const brief = (about: string): string => /^.*?(?=; |: | \(|$)/.exec(about)?.[0] ?? about;
