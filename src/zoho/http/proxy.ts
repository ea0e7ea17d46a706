import { request as requestHttp, type ClientRequest, type RequestOptions } from 'node:http';
import type { Agent, AgentOptions } from 'node:https';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { getProxyForUrl } from 'proxy-from-env';

/** A proxy that a request would take, and the variable that says so. */
export interface ProxyUse {
  readonly variable: string;
  readonly address: string;
}

/**
 * The proxy between here and an address, by the variables of the process that other programs obey too; they are not read
 * from `.env`.
 */
export function proxyFor(url: URL): ProxyUse | undefined {
  const address = getProxyForUrl(url.href);
  if (address === '') return undefined;
  const names = [`${url.protocol.slice(0, -1)}_proxy`, 'all_proxy'].flatMap((name) => [
    name,
    name.toUpperCase(),
  ]);
  const variable = names.find((name) => (process.env[name] ?? '') !== '') ?? '';
  return { variable, address };
}

/** A proxy that opened no tunnel. */
export class NoTunnelError extends Error {
  override readonly name = 'NoTunnelError';
  /** What it said instead. */
  readonly code: string;

  constructor(status: number) {
    super('no tunnel');
    this.code = `HTTP ${status}`;
  }
}

/**
 * An agent whose connections are tunnels through a proxy: it hears where to, and its own password, and nothing else.
 *
 * The usual agent keeps the connection to a proxy that never answers, and the process with it, and takes
 * in whatever a proxy sends in place of an answer. Here Node's own parser bounds that, and the signal ends it.
 * @param address of the proxy, with its password where it wants one; `https` for one that is spoken to over TLS.
 * @param options of the agent, for the connection to the host itself.
 * @param signal ends what is still being opened.
 * @param onRequest told of the request to the proxy, to watch its answer.
 */
export async function tunnelAgent(
  address: URL,
  options: AgentOptions,
  { signal, onRequest }: { signal: AbortSignal; onRequest: (request: ClientRequest) => void },
): Promise<Agent> {
  // Only here: without a proxy, and without TLS, nothing of it is needed.
  const https = await import('node:https');
  const { connect } = await import('node:tls');
  const agent = new https.Agent({ ...options, keepAlive: false });
  const open = (target: ConnectionOptions & RequestOptions, done: Done): void => {
    const host = `${target.host ?? ''}:${target.port ?? 443}`;
    const ask = address.protocol === 'https:' ? https.request : requestHttp;
    const request = ask({
      host: address.hostname.replaceAll(/[[\]]/g, ''),
      port: address.port,
      method: 'CONNECT',
      path: host,
      signal,
      agent: false,
      ...(address.protocol === 'https:' ? { rejectUnauthorized: true } : {}),
    });
    // Not as an option: with NODE_DEBUG=http those are printed.
    request.setHeader('Host', host);
    if (address.username !== '') request.setHeader('Proxy-Authorization', `Basic ${userOf(address)}`);
    request.once('error', done);
    request.once('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode !== 200) {
        socket.destroy();
        done(new NoTunnelError(statusCode));
        return;
      }
      const servername = target.servername ?? target.host ?? '';
      done(null, connect({ ...target, socket, servername, ALPNProtocols: ['http/1.1'] }));
    });
    onRequest(request);
    request.end();
  };
  return Object.assign(agent, { createConnection: open });
}

type Done = (error: Error | null, socket?: TLSSocket) => void;

/** `user:password` as the proxy gets it. */
function userOf({ username, password }: URL): string {
  return Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
}
