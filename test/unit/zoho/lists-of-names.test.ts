import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/model/problem.ts';
import { readerOf } from './reader-of.ts';

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  const problem: unknown = await work.catch((error: unknown) => error);
  return problem instanceof Problem ? problem.diagnostics[0]?.code : undefined;
}

describe('the names of profiles and global picklists', () => {
  it('are read with their ids', async () => {
    const text = '{"profiles":[{"name":"Standard","id":"26014"},{"name":null,"id":"1"}]}';
    const reader = readerOf(() => ({ status: 200, text }));
    expect(await reader.profiles()).toEqual(new Map([['Standard', '26014']]));
  });

  it('are none where Zoho has nothing to say', async () => {
    const reader = readerOf(() => ({ status: 204, text: '' }));
    expect(await reader.globalPicklists()).toEqual(new Map());
  });

  it.each(['{}', 'null', '[]', '{"profiles":{}}', '{"data":[]}'])(
    'are not none where the answer %s is none of Zoho',
    async (text) => {
      expect(await codeOf(readerOf(() => ({ status: 200, text })).profiles())).toBe('not-names');
      expect(await codeOf(readerOf(() => ({ status: 200, text })).globalPicklists())).toBe('not-names');
    },
  );
});
