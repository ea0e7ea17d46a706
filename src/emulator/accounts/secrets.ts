import { randomBytes } from 'node:crypto';

/** A token or code in Zoho's form: `1000.`, 32 hex digits, a dot, 32 more (sheet §1.2). */
export function newSecret(): string {
  return `1000.${randomBytes(16).toString('hex')}.${randomBytes(16).toString('hex')}`;
}

/** The scopes of a list, however it is separated. */
export function scopesOf(list: string): readonly string[] {
  return list.split(/[\s,]+/).filter((scope) => scope !== '');
}

/** What the built-in client presents. In Zoho's form, and plainly not a secret. */
export const LOCAL_CREDENTIALS = {
  clientId: '1000.ZOHOFIELDSEMULATOR0000000000000',
  clientSecret: '0123456789abcdef0123456789abcdef0123456789',
  refreshToken: '1000.00112233445566778899aabbccddeeff.ffeeddccbbaa99887766554433221100',
} as const;

/** The scopes of the guide that users follow. */
export const GUIDE_SCOPE = 'ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.users.READ';
