import { request as requestHttp, type ClientRequest, type RequestOptions } from 'node:http';
import { Agent, request as requestHttps } from 'node:https';
import { connect, type ConnectionOptions } from 'node:tls';
import { NoTunnelError } from './proxy.ts';

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
export function tunnelAgent(
  address: URL,
  options: ConstructorParameters<typeof Agent>[0],
  { signal, onRequest }: { signal: AbortSignal; onRequest: (request: ClientRequest) => void },
): Agent {
  const agent = new Agent({ ...options, keepAlive: false });
  const open = (target: ConnectionOptions & RequestOptions, done: Done): void => {
    const host = `${target.host ?? ''}:${target.port ?? 443}`;
    const ask = address.protocol === 'https:' ? requestHttps : requestHttp;
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

type Done = (error: Error | null, socket?: ReturnType<typeof connect>) => void;

/** `user:password` as the proxy gets it. */
function userOf({ username, password }: URL): string {
  return Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
}
