import { describe, expect, it } from 'vitest';
import { hide, holdsSecret, withoutEcho } from '../../../src/zoho/redact.ts';

const SECRET = 'b3c5d7e9f1a2b4c6d8e0f2a4b6c8d0e2f4a6b8c0d2';
const told = (text: string): string => withoutEcho({ status: 200, text }).text;

/* In a file of its own, since it is about what this process has seen by then. */
describe('what must not be kept', () => {
  it('is a secret, and from the first echo on a gap as well, which before is what people wrote', () => {
    hide(SECRET);
    const gap = 'pw [redacted]';
    expect(told(JSON.stringify({ value: gap }))).toBe(JSON.stringify({ value: gap }));
    expect([gap, 'pw', `pw ${SECRET}`, `1000.${'ab12'.repeat(8)}`].map(holdsSecret)).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(told(JSON.stringify({ value: `pw ${SECRET}` }))).toBe(JSON.stringify({ value: gap }));
    expect([gap, 'pw'].map(holdsSecret)).toEqual([true, false]);
  });
});
