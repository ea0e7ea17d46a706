import { stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';
import { BIN } from '../../support/run-cli.ts';
import { lingering, WAIT } from '../../support/terminal.ts';

/**
 * What to type once words have appeared that were not there before; `\u0003` is Ctrl-C, `\u0004` Ctrl-D. What is found out
 * elsewhere first, as on the page of a browser, comes from the text that is on the screen by then.
 */
export type Turn = readonly [when: string, types: string | ((text: string) => Promise<string>)];

/** What stood on the terminal, and how it ended. */
export interface Conversation {
  readonly screen: string;
  readonly code: number;
}

/** Talks to the built command on a terminal of 80 columns, one turn after the other. */
export function converse(
  args: readonly string[],
  turns: readonly Turn[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<Conversation> {
  return new Promise((resolve) => {
    const command = [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(' ');
    const terminal = spawn('/bin/sh', ['-c', lingering(command)], {
      cols: 80,
      rows: 60,
      cwd,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: cwd,
        TERM: 'xterm',
        LANG: 'C.UTF-8',
        TZ: 'UTC',
        NO_COLOR: '1',
        ...env,
      },
    });
    let screen = '';
    let read = 0;
    const left = [...turns];
    const answer = (): void => {
      const [next] = left;
      if (next === undefined) return;
      // Where a line was broken is not the point of a turn.
      const text = plain(screen).replaceAll(/\s+/g, ' ');
      const at = text.indexOf(next[0], read);
      if (at === -1) return;
      read = at + next[0].length;
      left.shift();
      const [, types] = next;
      if (types === '') answer();
      // A person is slower than the prompt is ready.
      else if (typeof types === 'string') setTimeout(() => terminal.write(types), 30);
      else void types(text).then((found) => terminal.write(found));
    };
    terminal.onData((data) => {
      screen += data;
      answer();
    });
    terminal.onExit(({ exitCode, signal }) =>
      resolve({ screen: plain(screen), code: signal ? 128 + signal : exitCode }),
    );
  });
}

/** The text alone, without what moves the cursor. */
function plain(text: string): string {
  return stripVTControlCharacters(text.replaceAll(WAIT, '')).replaceAll('\r', '');
}
