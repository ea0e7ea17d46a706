import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  pastingFault,
  oddForm,
  maskedAddress,
  maskedId,
  maskedSecret,
} from '../../../src/credentials/typed-values.ts';
import { proxyFor } from '../../../src/zoho/http/proxy.ts';
import { GUIDE_SCOPES, minimalScopes, missingScopes } from '../../../src/credentials/scope-needs.ts';

const ZOHO = new URL('https://accounts.zoho.eu');
const TOKEN = `1000.${'a1'.repeat(16)}.${'0f'.repeat(16)}`;

describe('masking', () => {
  it.each([
    ['1000.ABCDEFGHIJKLMNOP', '…MNOP'],
    ['short', '…'],
    ['', '…'],
  ])('shows at most the end of the id %j', (value, shown) => {
    expect(maskedId(value)).toBe(shown);
  });

  it('shows of a secret its length, and of an address no user', () => {
    expect(maskedSecret('abc')).toBe('not shown, 3 characters');
    expect(maskedAddress('http://me:secret@proxy:3128/x?secret')).toBe('http://[redacted]@proxy:3128');
    expect(maskedAddress('proxy:3128')).toBe('http://proxy:3128');
    expect(maskedAddress('http://[secret')).toBe('an address that cannot be read');
  });
});

describe('what pasting does', () => {
  it.each([
    [' x', /a space at its/],
    ['x\n', /a line break/],
    ['“x”', /quotation mark/],
    ["'x'", /quotation mark/],
    ['a\u200bb', /invisible/],
    ['NAME=x', /pasted together with its name/],
    ['<your token>', /a space/],
    ['<token>', /placeholder/],
  ])('is seen in %j', (value, words) => {
    expect(pastingFault('NAME', value)).toMatch(words);
  });

  it.each([
    ['ZOHO_CLIENT_ID', '1000.ABCDEFGHIJKLMNOPQRSTUVWXYZ0123', undefined],
    ['ZOHO_CLIENT_ID', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123', /beginning may be missing/],
    ['ZOHO_CLIENT_ID', TOKEN, /code or token/],
    ['ZOHO_CLIENT_ID', 'a1'.repeat(21), /client secret/],
    ['ZOHO_CLIENT_SECRET', 'a1'.repeat(21), undefined],
    ['ZOHO_CLIENT_SECRET', 'a1'.repeat(20), /copied in part/],
    ['ZOHO_CLIENT_SECRET', 'a1'.repeat(30), /something behind it/],
    ['ZOHO_CLIENT_SECRET', TOKEN, /code or token/],
    ['ZOHO_REFRESH_TOKEN', TOKEN, undefined],
    ['ZOHO_REFRESH_TOKEN', TOKEN.slice(0, 50), /copied in part/],
    ['code', TOKEN.toUpperCase(), /usual form of a code/],
  ] as const)('makes %s odd or not: %s', (name, value, words) => {
    const odd = oddForm(name, value);
    expect(odd ?? 'as usual').toMatch(words ?? /^as usual$/);
  });
});

describe('scopes', () => {
  it('of the guide cover all that is required, and the offered line covers everything', () => {
    expect(missingScopes(GUIDE_SCOPES).filter((one) => one.required)).toEqual([]);
    expect(missingScopes(minimalScopes().split(','))).toEqual([]);
    expect(minimalScopes()).not.toMatch(/DELETE|ALL/);
  });
});

describe('the proxy of an address', () => {
  it.each([
    [{}, undefined],
    [{ HTTPS_PROXY: 'http://p' }, 'HTTPS_PROXY'],
    [{ https_proxy: 'http://p', HTTPS_PROXY: 'http://q' }, 'https_proxy'],
    [{ HTTP_PROXY: 'http://p' }, undefined],
    [{ ALL_PROXY: 'http://p' }, 'ALL_PROXY'],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: 'localhost, .zoho.eu' }, undefined],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: 'zoho.eu' }, 'HTTPS_PROXY'],
    [{ HTTPS_PROXY: 'http://p', no_proxy: 'accounts.zoho.eu:443' }, undefined],
    [{ HTTPS_PROXY: 'http://p', no_proxy: 'accounts.zoho.eu:8443' }, 'HTTPS_PROXY'],
    [{ HTTPS_PROXY: 'http://p', no_proxy: '*' }, undefined],
    [{ HTTPS_PROXY: '' }, undefined],
    [{ npm_config_https_proxy: 'http://p', npm_config_proxy: 'http://p' }, undefined],
  ])('with %j is %s', (env, variable) => {
    const names = ['https_proxy', 'http_proxy', 'all_proxy', 'no_proxy'];
    for (const name of [...names, ...names.map((one) => one.toUpperCase())]) vi.stubEnv(name, undefined);
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(proxyFor(ZOHO)?.variable).toBe(variable);
  });
});
