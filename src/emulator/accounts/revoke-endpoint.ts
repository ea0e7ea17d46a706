import { json, type Reply, type Request } from '../http/exchange.ts';
import { parameters } from '../http/form.ts';
import type { Zoho } from '../zoho.ts';
import { revoke } from './issue.ts';
import { tokenError } from './token-endpoint.ts';

/** `POST /oauth/v2/token/revoke`, with the token in the address or in a form (sheet §1.1). */
export function revokeEndpoint(request: Request, zoho: Zoho): Reply {
  const token = parameters(request).get('token') ?? '';
  const wasThere = zoho.store.change((draft) => revoke(draft, token));
  // Neither answer is on the sheet; the error is the one that every wrong code gets.
  return wasThere ? json(200, { status: 'success' }) : tokenError(zoho, 'invalid_code');
}
