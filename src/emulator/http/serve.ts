import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expireTokens } from '../accounts/issue.ts';
import { controlEndpoint, isControlPath, type Controls } from '../control.ts';
import { type Reply, refuse } from './reply.ts';
import { deliver, reset, replacement, spoil } from '../faults/deliver.ts';
import type { Fault } from '../faults/fault.ts';
import { authEndpoint } from '../accounts/grant-code.ts';
import { revokeEndpoint, tokenEndpoint } from '../accounts/token-endpoint.ts';
import { crmApi } from '../crm/api.ts';
import type { Zoho } from '../zoho.ts';
import { isOwnHost, type Request, readRequest } from './request.ts';

/** Answers one request: read, meet the fault if there is one, carry out, deliver. */
export async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  controls: Controls,
): Promise<void> {
  const request = await readRequest(incoming, controls.nextNumber());
  if (isControlPath(request.path)) return deliver(outgoing, controlEndpoint(request, controls), undefined);
  const { zoho, log, script } = controls;
  const entry = log.add(request);
  const fault = script.meet(request);
  const isCall = request.path.startsWith('/crm/');
  if (isCall) zoho.load.inFlight += 1;
  try {
    await sleepIfAny(zoho.switches.latency + (fault?.kind === 'latency' ? fault.ms : 0));
    if (fault?.kind === 'run') fault.effect();
    if (fault?.kind === 'expire-tokens') zoho.store.change(expireTokens);
    const reply = executePlan(request, controls, fault);
    if (fault?.kind === 'reset') return reset(outgoing);
    if (fault?.kind === 'hang' || reply === undefined) return;
    entry.status = reply.status;
    await deliver(outgoing, reply, fault);
  } finally {
    if (isCall) zoho.load.inFlight -= 1;
  }
}

/** Timers cost a millisecond even when they wait for nothing. */
async function sleepIfAny(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await sleep(milliseconds);
}

/** Does what the request asks, as far as the fault lets it, and says what the client will be told. */
function executePlan(request: Request, controls: Controls, fault: Fault | undefined): Reply | undefined {
  if (fault === undefined) return handle(request, controls, Infinity);
  const instead = replacement(fault);
  const isInstead = instead !== undefined || fault.kind === 'reset' || fault.kind === 'hang';
  const commit = fault.commit ?? (isInstead ? 'none' : 'all');
  if (commit === 'none') return instead ?? handle(request, controls, 0);
  const limit = commit === 'all' ? Infinity : commit;
  if (isInstead && fault.commitAfterMs !== undefined) {
    setTimeout(() => handle(request, controls, limit), fault.commitAfterMs).unref();
    return instead;
  }
  const reply = handle(request, controls, limit);
  return instead ?? spoil(fault, reply);
}

function handle(request: Request, { zoho, reportBug }: Controls, commitLimit: number): Reply {
  try {
    return route(request, zoho, commitLimit);
  } catch (error) {
    // A full disk or a bug of ours: the client sees what Zoho would show, the owner of the emulator the cause.
    reportBug(error);
    return refuse('INTERNAL_ERROR');
  }
}

/** The answer of accounts or API to one request; `commitLimit` is how many items a write may carry out. */
export function route(request: Request, zoho: Zoho, commitLimit: number): Reply {
  if (!isOwnHost(request)) return refuse('INVALID_HOST');
  if (request.path.startsWith('/crm/')) return crmApi(request, zoho, commitLimit);
  const endpoint = Object.hasOwn(ACCOUNTS, request.path) ? ACCOUNTS[request.path] : undefined;
  if (endpoint === undefined) return refuse('INVALID_URL_PATTERN');
  return endpoint.method === request.method
    ? endpoint.handle(request, zoho)
    : refuse('INVALID_REQUEST_METHOD');
}

const ACCOUNTS: Readonly<
  Record<string, { readonly method: string; readonly handle: (request: Request, zoho: Zoho) => Reply }>
> = {
  '/oauth/v2/token': { method: 'POST', handle: tokenEndpoint },
  '/oauth/v2/token/revoke': { method: 'POST', handle: revokeEndpoint },
  '/oauth/v2/auth': { method: 'GET', handle: authEndpoint },
};
