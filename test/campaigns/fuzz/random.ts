/**
 * Chance from two numbers, the seed of a campaign and the index of an input: each input can be made again by itself,
 * without the million before it. (sfc32, by Chris Doty-Humphrey, public domain.)
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, index: number) {
    this.#a = seed | 0;
    this.#b = index | 0;
    this.#c = (seed / 2 ** 32) | 0;
    for (let round = 0; round < 15; round += 1) this.#step();
  }

  #step(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + result;
    return result >>> 0;
  }

  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number {
    return Math.floor((this.#step() / 2 ** 32) * limit);
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.#step() / 2 ** 32 < probability;
  }

  /** One of the list, which is not empty. */
  pick<Item>(list: readonly Item[]): Item {
    const item = list[this.below(list.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** Those of the list that chance takes, in their order. */
  some<Item>(list: readonly Item[], probability = 0.5): Item[] {
    return list.filter(() => this.chance(probability));
  }

  /** Small numbers much more often than large ones, from 0 up to, not including, `limit`. */
  small(limit: number): number {
    return this.below(this.below(this.below(limit) + 1) + 1);
  }

  shuffled<Item>(list: readonly Item[]): Item[] {
    return list
      .map((item) => ({ item, rank: this.#step() }))
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  }
}
