import type { Problem } from '../../../../src/model/problem.ts';
import { DATA_CENTRES } from '../../../../src/zoho/auth/data-centre.ts';
import { hide, redact, Secret } from '../../../../src/zoho/redact.ts';
import type { Credentials } from '../../../../src/zoho/auth/token.ts';
import { law, stackTraces, type Flaw } from '../trial.ts';

const [dataCentre] = DATA_CENTRES;
if (dataCentre === undefined) throw new Error('Zoho has a data centre');

const clientSecret = '0f1e2d3c4b5a69788796a5b4c3d2e1f00112233445';
const refreshToken = '1000.5c1e77d0a3f94b6ab2d18e3c907f6a41.d3b07384d113edec49eaa6238ad5ff00';

/** The token that a healthy accounts server gives. */
export const accessToken = '1000.86fb269d190d2c85f6e0468ceca42a20.b1946ac92492d2347c6235b4d2611184';

/** What must never be told; a server may send it back in any place of an answer. */
export const secrets: readonly string[] = [clientSecret, refreshToken, accessToken];

for (const secret of secrets) hide(secret);

export const host = 'www.zohoapis.com';

export const credentials: Credentials = {
  clientId: '1000.CLIENT',
  clientSecret: new Secret(clientSecret),
  refreshToken: new Secret(refreshToken),
  dataCentre,
  accountsUrl: new URL(dataCentre.accountsUrl),
};

/** What is wrong with how a failure is told. */
export function problemFlaws({ diagnostics, message }: Problem): Flaw[] {
  // As every output writes it: the second net knows the secrets, no matter who sent them back.
  const said = redact(
    [message, ...diagnostics.flatMap((one) => [one.code, one.message, one.remedy ?? ''])].join('\n'),
  );
  const flaws = stackTraces(said);
  if (secrets.some((secret) => said.includes(secret))) flaws.push(law('a secret in a message'));
  if (/\bundefined\b|\bNaN\b/u.test(message)) flaws.push(law(`the words of: ${message.slice(0, 200)}`));
  return flaws;
}
