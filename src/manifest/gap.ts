/**
 * What stands between two words: blanks, comments, line breaks. Only the last line break and the indentation after it
 * mean something; the rest becomes blank space at the end of the line before, because each word costs the parser time
 * and a file may have half a million blank lines.
 */
export class Gap {
  #skipped = 0;
  #lineBreak = '';
  #blanks: string[] = [];
  #blankLength = 0;

  /** A comment counts as blanks of its length. */
  addBlank(text: string): void {
    this.#blanks.push(text);
    this.#blankLength += text.length;
  }

  addLineBreak(lineBreak: string): void {
    this.#skipped += this.#lineBreak.length + this.#blankLength;
    this.#lineBreak = lineBreak;
    this.#blanks = [];
    this.#blankLength = 0;
  }

  /** The words to give to the parser, as long as what was added since the last time. */
  take(): string[] {
    const words = [
      ...(this.#skipped > 0 ? [' '.repeat(this.#skipped)] : []),
      this.#lineBreak,
      ...this.#blanks,
    ];
    this.#skipped = 0;
    this.#lineBreak = '';
    this.#blanks = [];
    this.#blankLength = 0;
    return words.filter((word) => word !== '');
  }
}
