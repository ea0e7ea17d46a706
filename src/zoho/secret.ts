import { inspect } from 'node:util';

/**
 * A credential that cannot be printed by accident: whatever turns it into text gets `[redacted]`.
 *
 * Only `reveal` gives the value; it is called where a request is built, and nowhere else.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  [inspect.custom](): string {
    return '[redacted]';
  }
}
