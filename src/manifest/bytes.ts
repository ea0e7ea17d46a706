import type { Finding } from './finding.ts';

/** Contract §2 and sheet §7: 500 fields with all their options need a fraction of this. */
const maxBytes = 1024 * 1024;

/** A manifest's text; `problems` say where it is not what the bytes were meant to be. */
export interface Decoded {
  /** Absent where the bytes cannot be read as text at all. */
  readonly text?: string;
  readonly problems: readonly Finding[];
}

const start = { start: 0, end: 0 };
const saveAsUtf8 = 'Save the file as UTF-8 (in most editors: "Save with encoding").';

/** The encodings that editors on Windows choose on their own; their bytes are full of zeros. */
function otherEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
    return 'UTF-32';
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return 'UTF-16';
  const head = bytes.subarray(0, 64);
  const zeros = [0, 0];
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const most = Math.max(...zeros);
  return head.length >= 4 && most >= head.length / 2 - 1 && Math.min(...zeros) === 0 ? 'UTF-16' : undefined;
}

/** How many bytes from the beginning are valid UTF-8; a character cut off at the end counts as not valid. */
function validPrefix(bytes: Uint8Array): number {
  const isValid = (length: number): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isValid(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Reads the bytes as UTF-8; a byte order mark at the very start is fine and not part of the text. */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length > maxBytes) {
    const message = `The manifest has ${bytes.length} bytes; more than 1 MiB (${maxBytes} bytes) is not read.`;
    const remedy = 'Give each module a file of its own.';
    return { problems: [{ layer: 'text', code: 'too-large', message, remedy, span: start }] };
  }
  const encoding = otherEncoding(bytes);
  if (encoding !== undefined) {
    const message = `The file is encoded as ${encoding}, not as UTF-8.`;
    return { problems: [{ layer: 'text', code: 'not-utf8', message, remedy: saveAsUtf8, span: start }] };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), problems: [] };
  } catch {
    return decodeBroken(bytes);
  }
}

/** The rest of the file is still worth checking, with U+FFFD in place of what could not be read. */
function decodeBroken(bytes: Uint8Array): Decoded {
  const valid = validPrefix(bytes);
  const offset = new TextDecoder('utf-8').decode(bytes.subarray(0, valid), { stream: true }).length;
  const byte = (bytes[valid] ?? bytes.at(-1) ?? 0).toString(16).padStart(2, '0').toUpperCase();
  const problem: Finding = {
    layer: 'text',
    code: 'not-utf8',
    message: `The file is not UTF-8: the byte ${byte} here does not belong to any character.`,
    remedy: `It was probably saved as Windows-1252 or Latin-1. ${saveAsUtf8}`,
    span: { start: offset, end: offset + 1 },
  };
  return { text: new TextDecoder('utf-8').decode(bytes), problems: [problem] };
}

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
