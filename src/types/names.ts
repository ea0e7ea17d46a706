/** Gives out names for what a file exports: each of them an identifier, and none of them twice. */
export class Names {
  readonly #taken = new Set<string>();

  /** The wished name, or one like it. Who asks first gets it, so a file is named in the manifest's order. */
  take(wish: string): string {
    const name = RESERVED.has(wish) ? `${wish}_` : wish;
    let free = name;
    for (let count = 2; this.#taken.has(free); count += 1) free = `${name}_${count}`;
    this.#taken.add(free);
    return free;
  }
}

/** A text as an identifier, or as a part of one. */
export function identifier(text: string): string {
  const name = text.replace(/[^\w$]/gu, '_');
  return /^[A-Za-z_$]/u.test(name) ? name : `_${name}`;
}

/** Words that a module of the language cannot export as a constant, in any of its kinds. */
const RESERVED: ReadonlySet<string> = new Set(
  [
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends',
    'false finally for function if implements import in instanceof interface let new null package private protected',
    'public return static super switch this throw true try typeof var void while with yield',
    // Known to the compiler, or to what it makes of a module.
    'undefined globalThis NaN Infinity __esModule exports module require Object Promise',
  ].flatMap((line) => line.split(' ')),
);
