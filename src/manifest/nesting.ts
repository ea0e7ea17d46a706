/**
 * Follows how deep the words of a document nest, so that hostile depth is found before anything recursive sees it.
 *
 * Brackets are counted; block structure nests with the column in which something begins.
 */
export class Nesting {
  /** Where each bracket that is still open was opened. */
  readonly open: number[] = [];
  #columns: number[] = [];
  #column = 0;

  /** The depth after the word at `offset`; an upper bound for block structure, a few levels above the truth. */
  step(type: string | null, lexeme: string, offset: number): number {
    if (type === 'newline') this.#column = 0;
    else if (type !== 'space' && this.open.length === 0 && lexeme.length > 0) this.#enter(this.#column);
    if (type === 'flow-map-start' || type === 'flow-seq-start') this.open.push(offset);
    if (type === 'flow-map-end' || type === 'flow-seq-end') this.open.pop();
    const lineBreak = lexeme.lastIndexOf('\n');
    this.#column = lineBreak === -1 ? this.#column + lexeme.length : lexeme.length - lineBreak - 1;
    return this.open.length + this.#columns.length;
  }

  #enter(column: number): void {
    while ((this.#columns.at(-1) ?? -1) >= column) this.#columns.pop();
    this.#columns.push(column);
  }
}
