import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { DATA_CENTRES } from '../../../src/zoho/auth/data-centre.ts';
import { readToken } from '../../../src/zoho/auth/token.ts';
import { decode } from '../../../src/zoho/http/answer.ts';
import { readFields } from '../../../src/zoho/lists.ts';

const [us] = DATA_CENTRES;

/** How long the token of an answer lives, in seconds. */
function lifeOf(answer: Readonly<Record<string, Json>>): number {
  const owner = { dataCentre: us ?? expect.fail(), accountsUrl: new URL('https://accounts.zoho.com') };
  const text = JSON.stringify({ access_token: '1000.a.b', ...answer });
  return readToken(decode({ status: 200, text }, 'accounts.zoho.com'), owner, {
    now: 0,
    grant: 'refresh_token',
  }).lifeSeconds;
}

describe('the life of a token', () => {
  it.each<readonly [Readonly<Record<string, Json>>, number]>([
    [{ expires_in: 1800 }, 1800],
    [{ expires_in: '1800' }, 1800],
    [{ expires_in: 3_600_000 }, 3600],
    [{ expires_in: 3_600_000, expires_in_sec: 1800 }, 1800],
    [{}, 3600],
    [{ expires_in: -1 }, 3600],
    [{ expires_in: 'soon' }, 3600],
    // What turns itself into a number or a text must not be asked to: this one throws.
    [{ expires_in: { toString: 0, valueOf: 0 }, expires_in_sec: [] }, 3600],
  ])('%j is %d seconds', (answer, seconds) => {
    expect(lifeOf(answer)).toBe(seconds);
  });
});

describe('the id of a field', () => {
  const pageOf = (id: Json) => readFields([{ id, api_name: 'A', data_type: 'text' }], 'www.zohoapis.com');

  it('is digits', () => {
    expect(pageOf('6084217000000002525')[0]?.id).toBe('6084217000000002525');
    expect(pageOf(42)[0]?.id).toBe('42');
  });

  it.each<Json>(['\ud800', '..', '../org', 'x', '', '1/2', '-1', 1.5, null, {}])(
    'is not %j, which would become part of an address',
    (id) => {
      expect(() => pageOf(id)).toThrow('lacks its id');
    },
  );
});
