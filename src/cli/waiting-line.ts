import type { Output } from '../machine/io.ts';
import { wrapColumns } from '../report/media/layout.ts';

/** For so many milliseconds nobody wonders what a silent command is doing. */
const PATIENCE_MS = 500;
/** Waits that follow each other within so many milliseconds are one to the person who waits. */
const BREATH_MS = 100;
/** Back to the start of the line, and nothing behind it. */
const CLEAR = '\r\u001B[K';

/**
 * The one line of a terminal that says what a silent command waits for. It is gone before anything else is printed, and
 * when there is nothing to wait for.
 */
export class WaitingLine {
  readonly #terminal: Output;
  /** What is waited for, the oldest first: of nested waits the outer one says more. */
  readonly #waits = new Set<{ readonly what: string }>();
  #timer: NodeJS.Timeout | undefined;
  #isShown = false;
  /** Since when nothing was printed while something is waited for. */
  #silentFrom = 0;
  #endedAt = 0;
  /** A line that something else has begun is not written over. */
  #isAtStart = true;

  constructor(terminal: Output) {
    this.#terminal = terminal;
  }

  /** @returns what to call when it is over. */
  readonly begin = (what: string): (() => void) => {
    const now = performance.now();
    if (this.#waits.size === 0 && now - this.#endedAt > BREATH_MS) this.#silentFrom = now;
    const wait = { what };
    this.#waits.add(wait);
    this.#update();
    return () => {
      if (!this.#waits.delete(wait)) return;
      this.#endedAt = performance.now();
      this.#hide();
      this.#update();
    };
  };

  /** A stream on the same screen, which the line makes room for. */
  around(stream: Output): Output {
    const write = (text: string): void => {
      this.#hide();
      stream.write(text);
      if (text !== '') this.#isAtStart = text.endsWith('\n');
      this.#silentFrom = performance.now();
      this.#update();
    };
    return { write, isTTY: stream.isTTY, columns: stream.columns };
  }

  #update(): void {
    clearTimeout(this.#timer);
    const [wait] = this.#waits;
    if (wait === undefined || !this.#isAtStart) return;
    const restMs = this.#silentFrom + PATIENCE_MS - performance.now();
    // It does not keep a process alive that has nothing else to do.
    if (restMs > 0) this.#timer = setTimeout(() => this.#update(), restMs).unref();
    else if (!this.#isShown) this.#show(`${wait.what} …`);
  }

  #show(text: string): void {
    this.#isShown = true;
    // In the last column some terminals begin a new line, which nothing would take away.
    const room = Math.max(1, (this.#terminal.columns || 80) - 1);
    this.#terminal.write(`${CLEAR}${wrapColumns(text, room)[0] ?? ''}`);
  }

  #hide(): void {
    if (this.#isShown) this.#terminal.write(CLEAR);
    this.#isShown = false;
  }
}
