import type { Fault } from '../../../../src/emulator/start.ts';
import { leaks } from '../../../support/secrets.ts';
import type { Contender } from './contenders.ts';
import { inArena } from './trial.ts';
import type { Patience } from './troubles.ts';

/** Failures that make a program write down what it knows. */
export const OCCASIONS: readonly { readonly name: string; readonly faults: readonly Fault[] }[] = [
  { name: '401 for every call', faults: [{ kind: 'status', status: 401, path: '/crm/' }] },
  { name: '500 of the token request', faults: [{ kind: 'status', status: 500, path: '/oauth/' }] },
  { name: '500 of every POST', faults: [{ kind: 'status', status: 500, method: 'POST', path: '/crm/' }] },
  { name: 'reset of every POST', faults: [{ kind: 'reset', method: 'POST', path: '/crm/' }] },
];

/** Which secrets a person finds in what a program writes to the screen when this happens. */
export function secretsShown(
  { argsForPeople }: Contender,
  faults: readonly Fault[],
  patience: Patience,
): Promise<readonly string[]> {
  return inArena({ faults }, patience, async ({ zoho, start }) => {
    const { stdout, stderr } = await start(argsForPeople);
    const { ZOHO_CLIENT_SECRET = '', ZOHO_REFRESH_TOKEN = '' } = zoho.environment;
    const tokens = zoho.requests.flatMap((one) => one.headers['authorization']?.replace(/^\S+ /, '') ?? []);
    const secrets: readonly (readonly [string, readonly string[]])[] = [
      ['access token', [...new Set(tokens)]],
      ['refresh token', [ZOHO_REFRESH_TOKEN]],
      ['client secret', [ZOHO_CLIENT_SECRET]],
    ];
    return secrets.flatMap(([name, values]) => (leaks(stdout + stderr, values).length > 0 ? [name] : []));
  });
}
