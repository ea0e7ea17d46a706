import { misuse, type Problem } from '../model/problem.ts';

/** True where only the version is asked for, in any of the ways that people try. */
export function asksVersion(argv: readonly string[]): boolean {
  return argv.length === 1 && ['--version', '-V', '-v', 'version'].includes(argv[0] ?? '');
}

/** Whether a word is the name of a manifest, there or not: where no manifest belongs, `-f` was left out. */
export function isManifestName(word: string): boolean {
  return /\.ya?ml$/iu.test(word);
}

/**
 * What was typed, as the commands know it: `help plan` is `plan --help`, and `--settings FILE` ahead of the command goes
 * to its place behind it, as that of every option.
 * @param commands their names: what is none of them is a slip, with or without `help` before it.
 */
export function settledWords(argv: readonly string[], commands: readonly string[]): readonly string[] {
  if (asksVersion(argv)) return ['--version'];
  const [first = '', ...rest] = argv;
  if (first === 'help') {
    const [name = 'help'] = rest;
    if (name === 'help') return ['--help'];
    return commands.includes(name) ? [...rest, '--help'] : rest;
  }
  if (rest.at(-1) === 'help' && rest.every((word) => /^[a-z]+$/u.test(word)) && commands.includes(first))
    return [first, ...rest.slice(0, -1), '--help'];
  // Of `auth` the command is the second word.
  const at = first === 'auth' ? 1 : 0;
  const ahead = /^--(settings|env-file)(=|$)/.exec(argv[at] ?? '');
  if (ahead === null) return argv;
  const words = ahead[2] === '=' ? 1 : 2;
  const command = [...argv.slice(0, at), ...argv.slice(at + words)];
  if (command.length === at) throw withoutCommand(`--${ahead[1]}`);
  const end = command.includes('--') ? command.indexOf('--') : command.length;
  return [...command.slice(0, end), ...argv.slice(at, at + words), ...command.slice(end)];
}

function withoutCommand(option: string): Problem {
  const message = `${option} takes a file, and no command is named.`;
  return misuse(message, `Write, for instance: zoho-fields plan ${option} FILE`);
}
