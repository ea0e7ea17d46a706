import type { Zoho } from '../zoho.ts';
import { newSecret } from './secrets.ts';

/** What a code is asked for. */
export interface CodeWish {
  readonly clientId: string;
  readonly scope: string;
  /** The console offers 3, 5, 7 and 10 (sheet §1.4). */
  readonly minutes?: number;
  readonly redirectUri?: string | null;
  readonly offline?: boolean;
  readonly elsewhere?: boolean;
}

/** Codes per client in ten minutes, and the minutes that each lives unless asked otherwise (sheet §1.4). */
const CODES_PER_TEN_MINUTES = 10;
const DEFAULT_MINUTES = 3;

/** A new code, or `undefined` where the client had too many: `access_denied`. */
export function newGrantCode(zoho: Zoho, wish: CodeWish): string | undefined {
  if (!zoho.quotas.grantCodes.take(wish.clientId, CODES_PER_TEN_MINUTES)) return undefined;
  const code = newSecret();
  zoho.store.change((draft) => {
    const grantCode = {
      code,
      clientId: wish.clientId,
      scope: wish.scope,
      expiresAt: zoho.clock() + (wish.minutes ?? DEFAULT_MINUTES) * 60_000,
      redirectUri: wish.redirectUri ?? null,
      offline: wish.offline ?? true,
      elsewhere: wish.elsewhere ?? false,
    };
    draft.world = { ...draft.world, grantCodes: [...draft.world.grantCodes, grantCode] };
  });
  return code;
}
