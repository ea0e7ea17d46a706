import { inspect } from 'node:util';
import { hide, REDACTED } from '../redact.ts';

/**
 * A credential that cannot be printed by accident: whatever turns it into text gets `[redacted]`.
 *
 * Only `reveal` gives the value; it is called where a request is built, and nowhere else. What comes back from there, such as
 * an echo of the request, is searched for the value (see {@link hide}).
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    hide(value);
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
