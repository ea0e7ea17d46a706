import { isObject, type Json, type JsonObject } from '../../../../src/model/json.ts';
import type { Random } from '../random.ts';

/** Documents as YAML, in one of the many ways in which people write the same. */
export function emitFile(documents: readonly Json[], random: Random): string {
  const writer = new Writer(random);
  const texts = documents.map((document) => writer.document(document));
  const head = random.pick(['', '', '---\n', '# fields of ours\n', '\n\n']);
  const end = random.pick(['', '', '', '...\n', '\n# end']);
  const text = `${head}${texts.join('---\n')}${end}`;
  const broken = random.chance(0.1) ? text.replaceAll('\n', '\r\n') : text;
  return random.chance(0.05) ? `\ufeff${broken}` : broken;
}

/** Documents as JSON, which is YAML too: the plainest way to say the same. */
export function plainFile(documents: readonly Json[]): string {
  return documents.map((document) => `${JSON.stringify(document)}\n`).join('---\n');
}

class Writer {
  readonly #random: Random;
  /** Habits of the author, the same all over the file. */
  readonly #flow: number;
  readonly #indent: string;
  readonly #comments: number;

  constructor(random: Random) {
    this.#random = random;
    this.#flow = random.pick([0, 0.2, 0.5, 1]);
    this.#indent = random.pick(['  ', '  ', '    ', ' ']);
    this.#comments = random.pick([0, 0, 0.1]);
  }

  document(value: Json): string {
    if (this.#flow === 1 && this.#random.chance(0.3)) return `${this.#inline(value)}\n`;
    return isObject(value) ? this.#mapping(value, '') : `${this.#inline(value)}\n`;
  }

  #mapping(value: JsonObject, indent: string): string {
    return Object.entries(value)
      .map(([key, item]) => `${this.#gap(indent)}${indent}${this.#key(key)}:${this.#after(item, indent)}`)
      .join('');
  }

  /** What stands behind a colon, with the end of the line. */
  #after(value: Json, indent: string): string {
    const isEmpty = typeof value !== 'object' || value === null || Object.keys(value).length === 0;
    if (!isEmpty && !this.#random.chance(this.#flow)) {
      const inner = indent + this.#indent;
      if (isObject(value)) return `\n${this.#mapping(value, inner)}`;
      const level = this.#random.chance(0.3) ? indent : inner;
      return `\n${value.map((item) => `${level}-${this.#item(item, level)}`).join('')}`;
    }
    if (typeof value === 'string' && this.#random.chance(0.05) && /^[\p{L}\p{N}]/u.test(value))
      return ` ${this.#random.pick(['|-', '>-'])}\n${indent}${this.#indent}${value}\n`;
    return ` ${this.#inline(value)}${this.#comment()}\n`;
  }

  /** What stands behind a dash: a mapping begins on the same line. */
  #item(value: Json, indent: string): string {
    const isMapping = isObject(value) && Object.keys(value).length > 0;
    if (!isMapping || this.#random.chance(this.#flow)) return ` ${this.#inline(value)}${this.#comment()}\n`;
    const lines = this.#mapping(value, `${indent}  `);
    return ` ${lines.trimStart()}`;
  }

  #inline(value: Json): string {
    if (Array.isArray(value)) {
      const items = (value as readonly Json[]).map((item) => this.#inline(item));
      return `[${items.join(', ')}]`;
    }
    if (isObject(value)) {
      const pairs = Object.entries(value).map(([key, item]) => `${this.#key(key)}: ${this.#inline(item)}`);
      return pairs.length === 0
        ? '{}'
        : this.#random.chance(0.5)
          ? `{ ${pairs.join(', ')} }`
          : `{${pairs.join(', ')}}`;
    }
    return typeof value === 'string' ? this.#text(value) : JSON.stringify(value);
  }

  #text(text: string): string {
    const isPlain =
      /^[A-Za-z][\w.]*(?: [A-Za-z][\w.]*)*$/u.test(text) && !/^(?:true|false|null)$/iu.test(text);
    if (isPlain && this.#random.chance(0.7)) return text;
    const isOneLine = !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(text);
    return isOneLine && this.#random.chance(0.5) ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
  }

  #key(key: string): string {
    return /^[A-Za-z_]\w*$/u.test(key) && this.#random.chance(0.97) ? key : JSON.stringify(key);
  }

  #gap(indent: string): string {
    if (!this.#random.chance(this.#comments)) return '';
    return this.#random.pick(['\n', `${indent}# a note: of [ours]\n`, '# left\n']);
  }

  #comment(): string {
    return this.#random.chance(this.#comments) ? this.#random.pick([' # why', '   #', ' ']) : '';
  }
}
