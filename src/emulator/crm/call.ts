import type { Request } from '../http/exchange.ts';
import type { AccessToken, Module } from '../state/world.ts';
import type { Zoho } from '../zoho.ts';

/** A request to the CRM API that has passed the checks so far. */
export interface Call {
  readonly zoho: Zoho;
  readonly request: Request;
  /** The major version of the path; 8 is what the sheet describes. */
  readonly version: number;
  /** The variable segments of the path, in order. */
  readonly segments: readonly string[];
  readonly token: AccessToken;
  /** How many items a write may carry out before the world ends (scripted faults). */
  readonly commitLimit: number;
}

/** A call to an endpoint that works on one module. */
export interface ModuleCall extends Call {
  readonly module: Module;
}
