import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideSettings } from '../../src/cli/hide-settings.ts';
import { withoutEcho } from '../../src/zoho/echo.ts';
import { hide, redact, show, withoutSecrets } from '../../src/zoho/redact.ts';
import { Secret } from '../../src/zoho/secret.ts';

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
const token = (): string => `1000.${hex(16)}.${hex(16)}`;

function known(value = token()): string {
  return new Secret(value).reveal();
}

describe('a secret that was seen', () => {
  it.each<[string, (secret: string) => string]>([
    ['as it is', (secret) => secret],
    ['cut behind', (secret) => secret.slice(0, 40)],
    ['cut behind, down to twelve characters', (secret) => `${secret.slice(0, 12)}…`],
    ['cut before', (secret) => secret.slice(30)],
    ['cut on both sides', (secret) => secret.slice(15, 50)],
    ['in base64', (secret) => Buffer.from(secret).toString('base64')],
    ['in base64 within a longer text', (secret) => Buffer.from(`user:${secret}@host`).toString('base64')],
    ['in JSON', (secret) => JSON.stringify({ secret })],
    ['in an address', (secret) => `https://x.example/?a=${encodeURIComponent(secret)}&b=1`],
    ['within a word', (secret) => `id${secret}id`],
    ['twice without anything between', (secret) => secret + secret],
  ])('is not in a text that holds it %s', (_, written) => {
    const secret = known();
    const clean = redact(`before ${written(secret)} behind`);
    expect(clean).toMatch(/^before .*\[redacted\].* behind$/);
    for (let at = 0; at + 12 <= secret.length; at += 1)
      expect(clean).not.toContain(secret.slice(at, at + 12));
    expect(clean).not.toContain(Buffer.from(secret).toString('base64').slice(12, 24));
  });

  it('leaves JSON intact, however many of its characters need an escape', () => {
    fc.assert(
      fc.property(
        fc.string({
          minLength: 12,
          maxLength: 40,
          unit: fc.constantFrom('\\', '"', '/', 'a', '%', '\n', 'é'),
        }),
        fc.string(),
        (secret, beside) => {
          hide(secret);
          const clean = redact(JSON.stringify({ beside: `${beside}-`, secret, list: [secret] }, null, 2));
          expect(JSON.parse(clean)).toMatchObject({ secret: '[redacted]', list: ['[redacted]'] });
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is not known to others of its form: a short one counts as a whole word only', () => {
    hide('hunter2hunt');
    expect(redact('hunter2hunt, hunter2hunter, xhunter2hunt')).toBe(
      '[redacted], hunter2hunter, xhunter2hunt',
    );
    hide('no');
    expect(redact('no secret has two letters')).toBe('no secret has two letters');
  });

  it('of the proxy is one too: user and password, as written, decoded, and as they are sent', () => {
    const env: Readonly<Record<string, string>> = {
      HTTPS_PROXY: 'http://someone:p%40ssw0rd-of-proxy22@proxy.example:3128/',
      all_proxy: 'bare-user-name@proxy.example',
    };
    hideSettings((name) => env[name]);
    const basic = Buffer.from('someone:p@ssw0rd-of-proxy22').toString('base64');
    const clean = redact(`${env['HTTPS_PROXY']} ${basic} p@ssw0rd-of-proxy22 ${env['all_proxy']}`);
    expect(clean).toBe(
      'http://[redacted]@proxy.example:3128/ [redacted] [redacted] [redacted]@proxy.example',
    );
  });

  it('is found below what pasting put around it, and its name is no secret', () => {
    const secret = token();
    hideSettings((name) => (name === 'ZOHO_REFRESH_TOKEN' ? ` ZOHO_REFRESH_TOKEN="${secret}"` : undefined));
    hideSettings((name) => (name === 'ZOHO_CLIENT_SECRET' ? 'ZOHO_CLIENT_SECRET' : undefined));
    expect(redact(`ZOHO_REFRESH_TOKEN is ${secret}`)).toBe('ZOHO_REFRESH_TOKEN is [redacted]');
    expect(redact('ZOHO_CLIENT_SECRET is not set')).toBe('ZOHO_CLIENT_SECRET is not set');
  });
});

describe('what only has the form of a token', () => {
  it.each([token(), `1000.${hex(16)}`, `1000.abc${hex(20)}.0`])('is not shown, example %#', (one) => {
    expect(redact(`say ${one}.`)).toBe('say [redacted].');
    expect(withoutSecrets(`say ${one}.`)).toContain(one);
  });

  it.each([
    '1000.1234567890123456',
    '5725767000000000123',
    '1000.ZOHOFIELDSEMULATOR0000000000000',
    'v1000.0a1b2c3d4e5f60718293',
    '1000.0a1b2c3d',
    '127.0.0.1000.0a1b2c3d4e5f60718293',
  ])('is taken for none otherwise, example %#', (one) => {
    expect(redact(`"${one}"`)).toBe(`"${one}"`);
  });

  it('is forgotten last where it is used, however many others come', () => {
    const [used, unused] = [known(), known()];
    for (let other = 0; other < 100; other += 1) {
      hide(token());
      hide(used);
    }
    expect(withoutSecrets(`${used} ${unused}`)).toBe(`[redacted] ${unused}`);
  });

  it('may be shown where it was made to be told', () => {
    const told = token();
    show(told);
    hide(told);
    expect(redact(told)).toBe(told);
  });
});

describe('an answer of the API', () => {
  it('loses what the server sends back, also where escapes hide it', () => {
    const secret = known();
    const hidden = secret.replaceAll(/./g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`);
    const text = `{"message":"${hidden}","other":"\\u0022\\\\u0041 ${secret.slice(0, 20)}"}`;
    const answer = withoutEcho({ status: 400, text });
    expect(JSON.parse(answer.text)).toEqual({ message: '[redacted]', other: '"\\u0041 [redacted]' });
  });

  it('is not touched otherwise, letter by letter', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value);
        expect(withoutEcho({ status: 200, text }).text).toBe(text);
      }),
    );
    const told = String.raw`{"a":"\u0041\\u0042\u000a\u00e4"}`;
    expect(JSON.parse(withoutEcho({ status: 200, text: told }).text)).toEqual(JSON.parse(told));
  });
});
