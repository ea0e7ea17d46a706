import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** One request as it arrived at one of the hosts. */
export interface Arrived {
  readonly host: string;
  readonly path: string;
  readonly body: string;
  readonly authorization: string;
}

export interface Internet {
  /** What leads a command into it instead of into the real one. */
  readonly env: Readonly<Record<string, string>>;
  readonly requests: readonly Arrived[];
}

type Reply = object | undefined;

/**
 * An internet in which every host is answered by one function, under real names and TLS: a proxy takes the command's
 * tunnels, and its certificate is trusted because `NODE_EXTRA_CA_CERTS` says so.
 * @param answer `undefined` closes the connection.
 */
export async function openInternet(
  hosts: readonly string[],
  answer: (request: Arrived) => Reply,
): Promise<Internet> {
  const folder = mkdtempSync(join(tmpdir(), 'zoho-fields-ca-'));
  const { key, certificate } = makeCertificate(folder, hosts);
  const requests: Arrived[] = [];
  const site = createTlsServer(
    { key: readFileSync(key), cert: readFileSync(certificate) },
    (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const request = {
          host: incoming.headers.host ?? '',
          path: incoming.url ?? '',
          body: Buffer.concat(chunks).toString('utf8'),
          authorization: incoming.headers.authorization ?? '',
        };
        requests.push(request);
        const reply = answer(request);
        if (reply === undefined) outgoing.destroy();
        else outgoing.setHeader('content-type', 'application/json').end(JSON.stringify(reply));
      });
    },
  );
  const sitePort = await listen(site);
  const proxy = createServer();
  proxy.on('connect', (_, socket) => {
    const onward = connect(sitePort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  const proxyPort = await listen(proxy);
  onTestFinished(() => {
    for (const server of [site, proxy]) {
      server.closeAllConnections();
      server.close();
    }
    rmSync(folder, { recursive: true });
  });
  const env = { HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`, NODE_EXTRA_CA_CERTS: certificate };
  return { env, requests };
}

function makeCertificate(folder: string, hosts: readonly string[]) {
  const key = join(folder, 'key.pem');
  const certificate = join(folder, 'certificate.pem');
  const names = `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`;
  const words = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=test',
  ];
  execFileSync('openssl', [...words, '-keyout', key, '-out', certificate, '-addext', names], {
    stdio: 'ignore',
  });
  return { key, certificate };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
