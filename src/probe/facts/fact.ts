import { type JsonObject, property } from '../../model/json.ts';
import type { Observations } from '../ask.ts';
import type { Sight } from '../observe.ts';
import type { Domain, FactValue } from '../value.ts';

/**
 * Facts of the sheet that can be seen, in the order of their sections. What is believed is the sheet's best-supported
 * reading; where the emulator has a switch for the doubt, it is named.
 */
export interface Fact {
  readonly id: string;
  /** The section of docs/zoho-api.md that says it. */
  readonly sheet: string;
  readonly about: string;
  /** What is believed; several where all are documented. */
  readonly believed: readonly [FactValue, ...FactValue[]];
  readonly domain: Domain;
  /** How it is seen. */
  readonly observe: (all: Observations) => Sight;
  /** The switch of the emulator that has the doubt; `profile` where only a profile sets it; absent where nothing does. */
  readonly emulator?: string;
}

/** A fact that is one of a few words. */
export const words = (...list: readonly string[]): Domain => ({ is: 'word', words: list });
/** A fact that is an answer of Zoho's. */
export const ANSWER: Domain = { is: 'answer' };
/** A fact that is a number. */
export const WHOLE: Domain = { is: 'number', most: 10_000_000 };
/** What the organisation made itself: of Zoho's own fields each may be an exception. */
export const custom = ({ fields }: Observations): readonly JsonObject[] =>
  fields.filter((field) => property(field, 'custom_field') === true);

/** The fields of a type. */
export function ofType(fields: readonly JsonObject[], type: string): readonly JsonObject[] {
  return fields.filter((field) => property(field, 'data_type') === type);
}
