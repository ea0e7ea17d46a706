import { count } from '../model/count.ts';
import { apiHostOwner, DATA_CENTRES, webDomain, type DataCentre } from '../zoho/auth/data-centre.ts';

/** The credentials whose usual form is known. */
export type CredentialName = 'ZOHO_CLIENT_ID' | 'ZOHO_CLIENT_SECRET' | 'ZOHO_REFRESH_TOKEN' | 'code';

/**
 * Why a value looks as if it had been copied only in part, or from the wrong place; `undefined` where it looks right.
 *
 * Only a suspicion: the forms are those of Zoho's samples (sheet §1.2) and nowhere promised, so nothing is refused for
 * them. They name the first suspect once Zoho refuses.
 */
export function oddForm(name: CredentialName, value: string): string | undefined {
  switch (name) {
    case 'ZOHO_CLIENT_ID':
      return oddClientId(value);
    case 'ZOHO_CLIENT_SECRET':
      return oddSecret(value);
    case 'ZOHO_REFRESH_TOKEN':
      return oddToken(value, 'a refresh token');
    case 'code':
      return oddToken(value, 'a code');
  }
}

/** `1000.`, 32 hex digits, a dot, 32 more: codes, refresh tokens and access tokens alike. */
const TOKEN_LENGTH = 70;
const TOKEN = /^\d{4}\.[0-9a-f]{32}\.[0-9a-f]{32}$/;
const CLIENT_ID = /^\d{4}\.[0-9A-Z]{20,}$/;
const SECRET_LENGTH = 42;

function oddClientId(value: string): string | undefined {
  if (CLIENT_ID.test(value)) return undefined;
  if (TOKEN.test(value)) return 'has the form of a code or token, not of a client id';
  if (/^[0-9a-f]{42}$/.test(value)) return 'has the form of a client secret, not of a client id';
  return /^\d{4}\./.test(value)
    ? 'does not have the usual form of a client id: it may be copied in part'
    : 'does not begin with "1000." as client ids do: its beginning may be missing';
}

function oddSecret(value: string): string | undefined {
  if (/^[0-9a-f]+$/.test(value))
    return value.length === SECRET_LENGTH ? undefined : lengthWords(value, 'a client secret', SECRET_LENGTH);
  if (CLIENT_ID.test(value)) return 'has the form of a client id, not of a client secret';
  if (TOKEN.test(value)) return 'has the form of a code or token, not of a client secret';
  return undefined;
}

function oddToken(value: string, what: string): string | undefined {
  if (TOKEN.test(value)) return undefined;
  if (CLIENT_ID.test(value)) return `has the form of a client id, not of ${what}`;
  return value.length === TOKEN_LENGTH
    ? `does not have the usual form of ${what}`
    : lengthWords(value, what, TOKEN_LENGTH);
}

function lengthWords(value: string, what: string, usual: number): string {
  const guess = value.length < usual ? 'may be copied in part' : 'may be copied with something behind it';
  return `has ${count(value.length, 'character')} where ${what} usually has ${usual}: it ${guess}`;
}

/**
 * What copying and pasting did to a value, in words that follow its name; the value itself is never quoted.
 * @returns `undefined` where nothing is wrong that can be seen without a request.
 */
export function pastingFault(name: string, value: string): string | undefined {
  if (/^[\s"'`]|[\s"'`]$/.test(value)) return `has ${edge(value)} at its beginning or end`;
  if (/[\r\n]/.test(value)) return 'has a line break in it';
  if (/\s/.test(value)) return 'has a space in it';
  if (/["'`\u00ab\u00bb\u2018-\u201f]/.test(value)) return 'has a quotation mark in it';
  if (!/^[\x21-\x7e]+$/.test(value))
    return 'has a character in it that no credential has, perhaps an invisible one';
  if (value.startsWith(`${name}=`)) return `begins with "${name}=", so it was pasted together with its name`;
  if (/^<.*>$/.test(value)) return 'is still a placeholder in angle brackets';
  return undefined;
}

function edge(value: string): string {
  if (!/^\s|\s$/.test(value)) return 'a quotation mark';
  return /[\r\n]/.test(value) ? 'a line break' : 'a space';
}

/** What people call the places of Zoho's data centres. */
const PLACES: Readonly<Record<string, string>> = {
  america: 'us',
  usa: 'us',
  'united states': 'us',
  europe: 'eu',
  india: 'in',
  australia: 'au',
  japan: 'jp',
  china: 'cn',
  canada: 'ca',
  'saudi arabia': 'sa',
  gb: 'uk',
  'united kingdom': 'uk',
};

/**
 * A data centre as a person names it: by its short name, its place, the ending of Zoho's address there, or the address at
 * which they use Zoho or its API, which they may paste whole.
 */
export function parseDataCentre(text: string): DataCentre | undefined {
  const wanted = text.trim().toLowerCase();
  const name = Object.hasOwn(PLACES, wanted) ? PLACES[wanted] : wanted;
  const named = DATA_CENTRES.find((one) => one.name === name || ending(one) === wanted.replace(/^\./, ''));
  if (named !== undefined) return named;
  const address = wanted.includes('://') ? wanted : `https://${wanted}`;
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  const used = DATA_CENTRES.find((one) => host === webDomain(one) || host.endsWith(`.${webDomain(one)}`));
  return used ?? apiHostOwner(host)?.dataCentre;
}

/** What is behind the company's name in Zoho's address, such as `com.au`. */
function ending(one: DataCentre): string {
  const domain = webDomain(one);
  return domain.slice(domain.indexOf('.') + 1);
}

/** No value is shown beyond its last four characters, and of a short one not even those. */
const SHOWN = 4;
const SHORTEST = 12;

/** An id that is no secret and yet nobody's business: `…1234`. */
export function maskedId(value: string): string {
  return value.length < SHORTEST ? '…' : `…${value.slice(-SHOWN)}`;
}

/** A secret: nothing of it but how long it is, which tells a half-copied one. */
export function maskedSecret(value: string): string {
  return `not shown, ${count(value.length, 'character')}`;
}

/** An address without the user name and the password that proxies take in it. */
export function maskedAddress(value: string): string {
  const text = value.includes('://') ? value : `http://${value}`;
  if (!URL.canParse(text)) return 'an address that cannot be read';
  const url = new URL(text);
  const user = url.username !== '' || url.password !== '';
  return `${url.protocol}//${user ? '[redacted]@' : ''}${url.host}`;
}
