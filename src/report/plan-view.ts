import type { Origins } from '../diff/origin.ts';
import type { Style } from './style.ts';

/** Where a plan was made, as far as the credentials' scopes tell. */
export interface Target {
  /** `us`, `eu`, …, or `emulator`. */
  readonly dataCentre: string;
  readonly apiHost: string;
  readonly organisation?: {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly edition?: string;
  };
}

/** What a plan's screen needs beside the plan. */
export interface PlanView {
  readonly target: Target;
  readonly requests: { readonly read: number; readonly write: number };
  readonly style: Style;
  /** Columns to fill at most. */
  readonly width: number;
  /** List every field that is in sync on a line of its own. */
  readonly inSync: boolean;
  /** List the live custom fields that the manifest does not name. */
  readonly unmanaged: boolean;
  /** By id, the stanza that would declare an unmanaged field. */
  readonly stanzas?: ReadonlyMap<string, string>;
  /** Whose doing each row is, where a change is under review. */
  readonly origins?: Origins;
  /** The command to run next, where that is not up to the caller. */
  readonly next?: string;
}
