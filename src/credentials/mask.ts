import { count } from '../model/count.ts';

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
