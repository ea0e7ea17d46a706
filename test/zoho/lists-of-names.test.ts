import { describe, expect, it } from 'vitest';
import { Problem } from '../../src/model/problem.ts';
import { DATA_CENTRES } from '../../src/zoho/data-centre.ts';
import { ZohoReader } from '../../src/zoho/reader.ts';
import { Secret } from '../../src/zoho/secret.ts';
import { Session } from '../../src/zoho/session.ts';
import type { HttpAnswer } from '../../src/zoho/transport.ts';

const [us] = DATA_CENTRES;

/** A reader behind whose network every API call gets the same answer. */
function readerOf(answer: HttpAnswer): ZohoReader {
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
      transport: ({ url }) => Promise.resolve(url.endsWith('/token') ? token : answer),
      wait: () => Promise.resolve(),
      random: () => 0,
      now: () => 0,
    },
  );
  return new ZohoReader(session);
}

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  const problem: unknown = await work.catch((error: unknown) => error);
  return problem instanceof Problem ? problem.diagnostics[0]?.code : undefined;
}

describe('the names of profiles and global picklists', () => {
  it('are read with their ids', async () => {
    const text = '{"profiles":[{"name":"Standard","id":"26014"},{"name":null,"id":"1"}]}';
    expect([...(await readerOf({ status: 200, text }).profiles())]).toEqual([['Standard', '26014']]);
  });

  it('are none where Zoho has nothing to say', async () => {
    expect((await readerOf({ status: 204, text: '' }).globalPicklists()).size).toBe(0);
  });

  it.each(['{}', 'null', '[]', '{"profiles":{}}', '{"data":[]}'])(
    'are not none where the answer %s is none of Zoho',
    async (text) => {
      expect(await codeOf(readerOf({ status: 200, text }).profiles())).toBe('not-names');
      expect(await codeOf(readerOf({ status: 200, text }).globalPicklists())).toBe('not-names');
    },
  );
});
