import { createServer, type AddressInfo, type Socket } from 'node:net';
import { whole } from './attacks.ts';

/** The calls at which a server can turn hostile. */
export const CALLS = ['token', 'fields', 'create'] as const;
export type Call = (typeof CALLS)[number];

/** A server that is honest but for one call. */
export interface HostileServer {
  readonly url: string;
  close(): void;
}

const HONEST: Readonly<Record<Call, string>> = {
  token: '{"access_token":"1000.0a","expires_in":3600}',
  fields: '{"fields":[{"id":"1","api_name":"Deal_Name","field_label":"Deal Name","data_type":"text"}]}',
  create: '{"fields":[{"status":"success","code":"SUCCESS","details":{"id":"2"}}]}',
};

/** Bare sockets: an HTTP server would refuse to say most of what is to be said. */
export async function openHostile(
  call: Call,
  answer: (socket: Socket) => void | Promise<void>,
): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', (bytes) => {
      const asked = callOf(bytes.toString('latin1'));
      if (asked === call) void answer(socket);
      else whole(socket, HONEST[asked], 'connection: close\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function callOf(request: string): Call {
  if (request.includes('/oauth/v2/token')) return 'token';
  return request.startsWith('GET ') ? 'fields' : 'create';
}
