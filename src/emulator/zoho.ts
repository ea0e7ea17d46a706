import type { Imitation } from './imitation.ts';
import type { Quota } from './accounts/issue.ts';
import type { Store } from './state/store.ts';
import type { Switches } from './switches.ts';

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
