import { visible } from '../model/visible.ts';
import type { HttpRequest, Transport } from '../zoho/http/transport.ts';
import type { Io } from '../machine/io.ts';

/** The same transport; of a request that has no answer yet a person is told what it is for. */
export function watched(transport: Transport, { busy }: Pick<Io, 'busy'>): Transport {
  return async (request) => {
    const over = busy(errandOf(request));
    try {
      return await transport(request);
    } finally {
      over();
    }
  };
}

/** What a request is for, in words. */
export function errandOf({ method, url }: Pick<HttpRequest, 'method' | 'url'>): string {
  const { pathname, searchParams } = new URL(url);
  if (pathname.endsWith('/oauth/v2/token')) return 'Asking for an access token';
  const module = visible(searchParams.get('module') ?? 'Zoho');
  if (method === 'POST') return `Creating fields in ${module}`;
  if (method === 'PATCH') return `Setting labels in ${module}`;
  const [, list, one] = /\/(?:settings\/)?([a-z_]+)(\/[^/]+)?$/.exec(pathname) ?? [];
  if (list === 'fields') {
    const page = searchParams.get('page');
    const part = page === null ? '' : `, page ${visible(page)}`;
    return one === undefined ? `Reading ${module}${part}` : `Reading one field of ${module}`;
  }
  if (list === 'org') return 'Reading the organisation';
  return list === undefined ? 'Reading' : `Reading the ${list.replaceAll('_', ' ')}`;
}
