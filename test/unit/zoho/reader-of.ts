import { expect } from 'vitest';
import { DATA_CENTRES } from '../../../src/zoho/auth/data-centre.ts';
import { ZohoReader } from '../../../src/zoho/reader.ts';
import { Session } from '../../../src/zoho/session.ts';
import type { HttpAnswer, HttpRequest } from '../../../src/zoho/http/transport.ts';
import { Secret } from '../../../src/zoho/redact.ts';

const [us] = DATA_CENTRES;

/** A reader whose API calls are answered by a function. */
export function readerOf(answer: (request: HttpRequest) => HttpAnswer): ZohoReader {
  const token = { status: 200, text: '{"access_token":"1000.a.b"}' };
  const session = new Session(
    {
      clientId: '1000.X',
      clientSecret: new Secret('secret'),
      refreshToken: new Secret('refresh'),
      dataCentre: us ?? expect.fail('there is a data centre'),
      accountsUrl: new URL('https://accounts.zoho.com'),
    },
    {
      transport: (request) => Promise.resolve(request.url.endsWith('/token') ? token : answer(request)),
      wait: () => Promise.resolve(),
      random: () => 0,
      now: () => 0,
    },
  );
  return new ZohoReader(session);
}
