import { problem, type Problem } from '../../model/problem.ts';
import { codeRequest, readGrant, type Client, type Granted } from '../../zoho/grant-code.ts';
import { unreachable } from '../../zoho/retry.ts';
import type { Secret } from '../../zoho/secret.ts';
import { TransportError, type HttpAnswer, type Transport } from '../../zoho/transport.ts';

/**
 * Exchanges a code, exactly once: a code works once, and after an answer that was lost nobody knows whether it did.
 * @throws Problem saying what is wrong, and for a lost answer what has become of the code.
 */
export async function exchange(
  client: Client,
  code: Secret,
  { transport, now }: { readonly transport: Transport; readonly now: () => number },
): Promise<Granted> {
  let answer: HttpAnswer;
  try {
    answer = await transport(codeRequest(client, code));
  } catch (error) {
    if (error instanceof TransportError) throw lost(error);
    throw error;
  }
  return readGrant(answer, client, now());
}

function lost(error: TransportError): Problem {
  const unsent = ['refused', 'dns', 'tls', 'proxy'].includes(error.fault);
  const base = unreachable(error);
  const [first] = base.diagnostics;
  const fate = unsent
    ? 'The code did not leave this computer: it can be sent again while its minutes last.'
    : 'The code may be used up by now: if sending it again fails, create a new one.';
  return problem(base.kind, first?.code ?? 'network', base.message, `${fate} ${first?.remedy ?? ''}`.trim());
}
