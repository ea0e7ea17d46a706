import type { Draft } from './draft.ts';
import type { Client, RefreshToken } from './world.ts';

/** Who may come in: a client and the refresh token that it holds. */
export interface Access {
  readonly client: Client;
  readonly refreshToken: RefreshToken;
}

/**
 * Lets the credentials of this start into a world that may come from a file: what the caller is told to use must
 * work, whatever an earlier start was told, and with the scopes of this one.
 */
export function admit(draft: Draft, { client, refreshToken }: Access): void {
  const { clients, refreshTokens } = draft.world;
  const known = refreshTokens.find((token) => token.token === refreshToken.token);
  const hasClient = clients.some((other) => other.id === client.id && other.secret === client.secret);
  if (hasClient && known?.scope === refreshToken.scope) return;
  draft.world = {
    ...draft.world,
    clients: [...clients.filter((other) => other.id !== client.id), client],
    refreshTokens: [...refreshTokens.filter((token) => token !== known), refreshToken],
  };
}
