import type { Command } from 'commander';
import type { Io } from '../../machine/io.ts';
import { bashScript, fishScript, zshScript } from '../completion/scripts.ts';
import { pagesOf } from '../completion/pages.ts';
import { EXIT } from '../exit-code.ts';

/** The shells that `completion` has a script for. */
export type Shell = 'bash' | 'zsh' | 'fish';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** `completion`: prints the script that completes this program's words in a shell. */
export function completion(program: Command, shell: Shell, io: Io): Promise<number> {
  io.stdout.write(SCRIPTS[shell](pagesOf(program)));
  return Promise.resolve(EXIT.done);
}
