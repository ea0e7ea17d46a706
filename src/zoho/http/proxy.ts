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

/** A proxy that opened no tunnel, with the status that it said instead. */
export class NoTunnelError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`HTTP ${status}`);
    this.name = 'NoTunnelError';
    this.status = status;
  }
}
