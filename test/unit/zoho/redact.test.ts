import * as fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { secretFree, hideSettings } from '../../../src/run/secret-free-io.ts';
import type { Io, Output } from '../../../src/machine/io.ts';
import { withoutEcho, hide, redact, show, withoutSecrets, Secret } from '../../../src/zoho/redact.ts';

/** Short, so that it is known as a whole only. */
const word = (): string => `pw-${hex(4)}`;

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
    hide('eight888');
    hide('seven77');
    expect(redact('eight888 and seven77')).toBe('[redacted] and seven77');
  });

  it('is taken out with all others of its text, in whatever order they come', () => {
    const long = known();
    hide('ab.c+(d)e');
    hide('hunter5678');
    expect(redact(`1 ${long} 2 ab.c+(d)e 3 hunter5678 4 ${long}`)).toBe(
      '1 [redacted] 2 [redacted] 3 [redacted] 4 [redacted]',
    );
    hide('first888');
    hide('first888-and-more');
    expect(redact('a first888-and-more b')).toBe('a [redacted] b');
  });

  it('may have a stretch in common with another one: then as much goes as is of either', () => {
    hide('AAAAAAAAAAAA-in-common-BBBBBBBBBBBB'.slice(0, 24));
    hide('-in-common-BBBBBBBBBBBB');
    expect(redact('1 AAAAA-in-common-B 2 AAAAA-in-common-BBBBB 3')).toBe('1 [redacted] 2 [redacted] 3');
  });

  it.each([0, 1, 2])('is known in base64 by either end of it, %i letters behind another one', (before) => {
    for (const length of [40, 41, 42]) {
      const secret = known(`${hex(20)}xy`.slice(0, length));
      const text = Buffer.from(`${'u'.repeat(before)}${secret}`).toString('base64');
      const start = [0, 2, 3][before] ?? 0;
      expect(redact(text.slice(0, start + 12))).toBe(`${text.slice(0, start)}[redacted]`);
      const own = Math.floor(((before + length) * 4) / 3);
      const longer = Buffer.from(`${'u'.repeat(before)}${secret}??????????`).toString('base64');
      expect(redact(longer.slice(own - 12))).toBe(`[redacted]${longer.slice(own)}`);
    }
  });

  it('may hold half a character: no address can, and every text is searched for it all the same', () => {
    hide('half-\ud800-of-a-character');
    expect(redact('is half-\ud800-of-a-character it')).toBe('is [redacted] it');
  });

  it('is known in base64 from twelve letters on', () => {
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    hide('twelve-signs');
    hide('eleven-sign');
    expect(redact(base64('twelve-signs'))).toBe('[redacted]');
    expect(redact('xtwelve-signsx xeleven-signx')).toBe('x[redacted]x xeleven-signx');
    expect(redact(base64('eleven-sign'))).toBe(base64('eleven-sign'));
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

describe('a secret among the settings', () => {
  const hideOnly = (name: string, value: string): void =>
    hideSettings((one) => (one === name ? value : undefined));
  const isHidden = (secret: string): boolean => redact(`is ${secret} it`) === 'is [redacted] it';

  it.each(['ZOHO_CLIENT_SECRET', 'ZOHO_REFRESH_TOKEN'])(
    'is known as %s, blanks and name around it or not',
    (name) => {
      for (const around of [
        (secret: string) => secret,
        (secret: string) => `  ${secret}\n`,
        (secret: string) => `${name}=${secret}`,
      ]) {
        const secret = word();
        hideOnly(name, around(secret));
        expect(isHidden(secret)).toBe(true);
      }
    },
  );

  it('may begin with capitals, or have some and a sign in the middle', () => {
    for (const secret of [`AB${hex(4)}`, `x${hex(2)}A=${hex(1)}`]) {
      hideOnly('ZOHO_CLIENT_SECRET', secret);
      expect(isHidden(secret)).toBe(true);
    }
  });

  it.each([
    ['ZOHO_ACCOUNTS_URL', 'https'],
    ['ZOHO_API_URL', 'https'],
    ['http_proxy', 'http'],
    ['HTTP_PROXY', 'HTTP'],
    ['https_proxy', 'socks5h'],
    ['HTTPS_PROXY', 'a+b.c-d'],
    ['all_proxy', 'x'],
    ['ALL_PROXY', 's'],
  ])('is known as the password within %s, below %s://', (name, scheme) => {
    const password = word();
    hideOnly(name, `${scheme}://someone:${password}@proxy.example:3128/`);
    expect(isHidden(password)).toBe(true);
    expect(isHidden('someone')).toBe(false);
  });

  it('is a user without a password too, but nothing else that stands before a sign like that', () => {
    const user = word();
    hideOnly('all_proxy', `http://${user}@proxy.example`);
    expect(isHidden(user)).toBe(true);
    for (const address of ['http://host-of-proxy/x?a=b@c', 'see the mail of some-body@proxy.example'])
      hideOnly('all_proxy', address);
    for (const known of ['host-of-proxy', 'host-of-proxy/x?a=b', 'some-body'])
      expect(isHidden(known)).toBe(false);
  });

  it('is hidden as it is written where it cannot be decoded', () => {
    const password = `${word()}%`;
    hideOnly('all_proxy', `http://me:${password}@proxy.example`);
    expect(redact(`is ${password}!`)).toBe('is [redacted]!');
  });
});

describe('what prints a secret by accident', () => {
  it('gets no more than that it is one', () => {
    const secret = new Secret(token());
    expect([String(secret), JSON.stringify({ secret }), inspect({ secret })]).toEqual([
      '[redacted]',
      '{"secret":"[redacted]"}',
      '{ secret: [redacted] }',
    ]);
  });
});

describe('the screen of a command', () => {
  it('is the one that is there, and whatever is written to either of its halves has no secret in it', () => {
    const secret = known();
    const said: string[] = [];
    const half = (name: string, isTTY: boolean, columns: number | undefined): Output => ({
      write: (text) => said.push(`${name} ${text}`),
      isTTY,
      columns,
    });
    const world = { cwd: '/here', stdout: half('out', true, 90), stderr: half('err', false, undefined) };
    const { cwd, stdout, stderr } = secretFree(world as unknown as Io);
    stdout.write(`a ${secret}`);
    stderr.write(`b ${secret}`);
    expect(said).toEqual(['out a [redacted]', 'err b [redacted]']);
    expect([cwd, stdout.isTTY, stdout.columns, stderr.isTTY, stderr.columns]).toEqual([
      '/here',
      true,
      90,
      false,
      undefined,
    ]);
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

  it('is forgotten as the thirty-third, and not before', () => {
    const first = known();
    for (let other = 1; other < 32; other += 1) hide(token());
    expect(withoutSecrets(first)).toBe('[redacted]');
    hide(token());
    expect(withoutSecrets(first)).toBe(first);
  });

  it('may be shown where it was made to be told', () => {
    const told = token();
    show(told);
    hide(told);
    expect(redact(told)).toBe(told);
    const toldLater = known();
    expect(redact(toldLater)).toBe('[redacted]');
    show(toldLater);
    expect(redact(toldLater)).toBe(toldLater);
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

  it('keeps its ids, whatever digits a secret has in a row: of an id that lost some nothing can be made', () => {
    known('1000.00000000000000000000000000000001.0123456789012345678901234567890f');
    known('4815162342481516234248151623');
    const ids = ['1000000000000000001', '6084217000000000007', '9012345678901234567', '2481516234248151623'];
    const text = JSON.stringify({ fields: ids.map((id) => ({ id })) });
    expect(withoutEcho({ status: 200, text }).text).toBe(text);
    expect(redact('a 4815162342481516234248151623 b')).toBe('a [redacted] b');
    expect(redact('1000.0000000000000000')).toBe('[redacted]');
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
