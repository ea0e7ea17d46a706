import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apiProblem } from '../../../src/zoho/api-errors.ts';
import { decode, jsonShape, parseJson } from '../../../src/zoho/http/answer.ts';
import { readWriteAnswer } from '../../../src/zoho/writer.ts';

const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const CONTEXT = { module: 'Deals', scope: 'X' };

/** What a reader and a writer make of a body. */
function told(text: string): { readonly read: string; readonly write: string } {
  const answer = decode({ status: 200, text }, 'zoho.example');
  const write = readWriteAnswer(answer, 1, CONTEXT);
  return { read: apiProblem(answer, CONTEXT)?.message ?? 'taken', write: write.kind };
}

describe('an answer that JSON.parse would take', () => {
  it.each([
    ['nested without end', nested(5_000_000), /deeper/],
    ['nested objects', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, /deeper/],
    ['with millions of values', `[${'0,'.repeat(500_001)}0]`, /larger/],
    ['with millions of empty lists', `[${'[],'.repeat(300_000)}0]`, /larger/],
    ['with a label of a book', `{"label":"${'x'.repeat(65_537)}"}`, /longer/],
    ['with a key that stands twice', '{"fields":[{"id":"1","id":"2"}]}', /a key stands twice/],
    ['with a key that is written in two ways', String.raw`{"id":"1","\u0069d":"2"}`, /a key stands twice/],
    ['with an id that is rounded', '{"fields":[{"id":3652397000000000123}]}', /id is a number/],
    ['with the id of another thing rounded', '{"module":{"profile_id":9007199254740993}}', /id is a number/],
    ['with half an id', '{"id":1.5}', /id is a number/],
    ['with an id beyond all numbers', '{"id":1e999}', /id is a number/],
  ])('%s is refused, and a write counts as lost', (_, text, says) => {
    expect(told(text)).toEqual({ read: expect.stringMatching(says), write: 'lost' });
  });

  it.each([
    ['as deep as the bound', nested(64)],
    ['with an id that a number can hold', '{"id":9007199254740991}'],
    ['with a large number that is no id', '{"maximum":99999999999999999999,"paid":1.5}'],
    ['with the prototype as a key', '{"__proto__":{"a":1},"constructor":1}'],
    ['with brackets and quotes in its strings', String.raw`{"a":"[[{\"\\\\","b":"\\","c:":"]"}`],
    ['after a byte-order mark', '\ufeff{"a":1}'],
  ])('%s is taken', (_, text) => {
    expect(decode({ status: 200, text }, 'zoho.example').json).toEqual(
      JSON.parse(text.replace('\ufeff', '')),
    );
  });

  it('is parsed as JSON.parse does it, for all that Zoho could send', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const parsed = parseJson(text);
        if ('flaw' in parsed) expect(text).toMatch(/id"/);
        else expect(parsed.json).toEqual(JSON.parse(text));
      }),
    );
  });

  it('that is no JSON at all is only ever refused, however it is cut', () => {
    const text = JSON.stringify({ a: [{ b: '"\\"', c: [1, 'x'] }, null], d: '\\' });
    for (let end = 0; end < text.length; end += 1) {
      expect(parseJson(text.slice(0, end))).toHaveProperty('flaw');
      expect(jsonShape(text.slice(0, end)).depth).toBeLessThan(5);
    }
  });
});
