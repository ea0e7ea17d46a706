import type { Told } from '../../support/shared-tests.ts';
import type { Fate } from './tell-in.ts';

/** What became of each story of a chapter in one position. */
export type Cell = readonly ({ readonly told: Told } & (
  | Fate
  /** Not told again: its Zoho never asks about this switch, so nothing could differ. */
  | { readonly kind: 'same' }
))[];

/** A position, and a cell for each chapter. */
export interface Row {
  readonly name: string;
  readonly cells: readonly Cell[];
}
