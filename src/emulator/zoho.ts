import type { Imitation } from './imitation.ts';
import type { Quota } from './accounts/issue.ts';
import type { Store } from './state/store.ts';
import type { Switches } from './switches.ts';
import type { Request } from './http/request.ts';
import type { AccessToken, Module } from './state/organisation-state.ts';

/** The running service, as every endpoint sees it. */
export interface Zoho {
  readonly store: Store;
  readonly switches: Switches;
  /** What a profile makes of it (`imitation.ts`). */
  readonly imitation: Imitation;
  readonly clock: () => number;
  /** Known only once the port is. */
  readonly url: () => string;
  readonly quotas: {
    readonly accessTokens: Quota;
    readonly refreshTokens: Quota;
    readonly grantCodes: Quota;
    readonly credits: Quota;
  };
  /** API calls being answered at this moment, and since the start (sheet §6). */
  readonly load: { inFlight: number; calls: number };
}

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
