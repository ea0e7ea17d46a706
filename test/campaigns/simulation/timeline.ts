interface Event {
  readonly at: number;
  readonly run: () => void;
}

/** Time that passes only when everybody waits; milliseconds from 0. */
export class Timeline {
  #now = 0;
  /** Sorted by time; of two at one time the earlier planned comes first. */
  readonly #events: Event[] = [];

  get now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): void {
    const at = this.#now + ms;
    let index = this.#events.length;
    while (index > 0 && (this.#events[index - 1]?.at ?? 0) > at) index -= 1;
    this.#events.splice(index, 0, { at, run });
  }

  /**
   * Lets time pass until something is true.
   * @returns false when nothing is left to happen: someone waits for ever.
   */
  async until(isReached: () => boolean): Promise<boolean> {
    for (;;) {
      await everybodyWaits();
      if (isReached()) return true;
      const event = this.#events.shift();
      if (event === undefined) return false;
      this.#now = event.at;
      event.run();
    }
  }

  /** Lets everything happen that is still to come. */
  async drain(): Promise<void> {
    await this.until(() => false);
  }
}

/** All that the last event set going has run until it waits for time to pass. */
function everybodyWaits(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
