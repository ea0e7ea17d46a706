import { spawn } from '@lydell/node-pty';
import { BIN } from './run-cli.ts';

/** What a person saw on a terminal, and how it ended. */
export interface TerminalRun {
  /** All that was printed, but for what was waited for. */
  readonly screen: string;
  /** What the one line said that is gone afterwards. */
  readonly waits: readonly string[];
  readonly code: number;
}

/** A line that was written over an empty one, and taken away before anything else was printed. */
// oxlint-disable-next-line no-control-regex
export const WAIT = /\r\u001B\[K([^\r\n\u001B]+)\r\u001B\[K/gu;

/** A person in front of a command: sees the screen, and does something when something is asked. */
export type Person = {
  /** The words on the screen. */
  readonly when: string;
} & (
  | {
      /** What they type then; `\r` is the enter key, `\u0003` Ctrl-C, `\u0004` Ctrl-D. */
      readonly types: string;
      /** How long they think before, and what happens while they do. */
      readonly thinks?: { readonly ms: number; readonly meanwhile: () => void };
    }
  /** What reaches the command from outside instead. */
  | { readonly sends: NodeJS.Signals }
);

/**
 * A shell's words for a command, after which the terminal stays for a moment: what is still on its way when its process
 * ends is thrown away soon, and a busy machine reads it later than that.
 */
export function lingering(command: string): string {
  return `trap : INT; ${command}; code=$?; sleep 0.3; exit $code`;
}

/** Runs the built command on a terminal of its own, through `words` of a shell where they hold redirections. */
export function runOnTerminal(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly person?: Person;
    readonly columns?: number;
  },
): Promise<TerminalRun> {
  return new Promise((resolve) => {
    const command = `${[process.execPath, BIN].map((word) => `'${word}'`).join(' ')} ${args.join(' ')}`;
    // A signal has to reach the command itself.
    const isSent = options.person !== undefined && 'sends' in options.person;
    const terminal = spawn('/bin/sh', ['-c', isSent ? `exec ${command}` : lingering(command)], {
      cols: options.columns ?? 100,
      rows: 40,
      cwd: options.cwd,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: options.cwd,
        TERM: 'xterm',
        LANG: 'C.UTF-8',
        ...options.env,
      },
    });
    let screen = '';
    let typed = false;
    terminal.onData((data) => {
      screen += data;
      if (options.person === undefined || typed || !screen.includes(options.person.when)) return;
      typed = true;
      if ('sends' in options.person) return terminal.kill(options.person.sends);
      const { types, thinks } = options.person;
      thinks?.meanwhile();
      setTimeout(() => terminal.write(types), thinks?.ms ?? 0);
    });
    terminal.onExit(({ exitCode, signal }) =>
      resolve({
        screen: screen.replaceAll(WAIT, ''),
        waits: [...screen.matchAll(WAIT)].map(([, what = '']) => what),
        code: signal ? 128 + signal : exitCode,
      }),
    );
  });
}
