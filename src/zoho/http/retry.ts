import { problem, type Problem } from '../../model/problem.ts';
import { envelope, type Answer } from './answer.ts';
import { TransportError, type TransportFault } from './transport.ts';

/** Tries for one request that may safely be sent again. */
const ATTEMPTS = 3;
/** Further tries that all requests of a run may use together, so that a bad hour of Zoho ends the run soon. */
const RUN_BUDGET = 12;
/** The longest wait that a server may ask for; more than that is for the user to decide. */
const LONGEST_WAIT_MS = 60_000;
const FIRST_WAIT_MS = 400;
/** Another try would end in the same way. */
const HOPELESS: ReadonlySet<TransportFault> = new Set([
  'tls',
  'too-large',
  'aborted',
  'unfinished',
  'stalled',
]);

/** Waiting and chance, given from outside so that tests need neither. */
export interface RetryPorts {
  readonly wait: (ms: number) => Promise<void>;
  /** From 0 up to 1; spreads the waits of many clients. */
  readonly random: () => number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What may be sent again after what. */
export interface RetryPolicy {
  /** After which answers. */
  readonly answers: (answer: Answer) => boolean;
  /** Also after no answer at all; never for a write, which may have been done. */
  readonly silence: boolean;
}

/** Sends again what may be sent again; one per run, because the budget is the run's. */
export class Retrier {
  #left = RUN_BUDGET;
  readonly #ports: RetryPorts;

  constructor(ports: RetryPorts) {
    this.#ports = ports;
  }

  /**
   * Sends until there is an answer that another try would not better.
   * @throws TransportError when there was no answer, and none after further tries where the policy allows them.
   */
  async send(once: () => Promise<Answer>, policy: RetryPolicy): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const result = await settled(once);
      const silent = result instanceof TransportError;
      const again = silent ? policy.silence : policy.answers(result);
      const waitMs = again ? this.waitBefore(attempt, result) : undefined;
      if (waitMs === undefined) {
        if (silent) throw result;
        return result;
      }
      await this.#ports.wait(waitMs);
    }
  }

  /**
   * Grants one more try, out of the run's budget.
   * @param attempt how many tries there were, from 1.
   * @returns how long to wait before it in milliseconds; `undefined` where another try would be one too many.
   */
  waitBefore(attempt: number, result: Answer | TransportError): number | undefined {
    if (attempt >= ATTEMPTS || this.#left <= 0 || result.isSlow === true) return undefined;
    const waitMs = this.#waitAfter(attempt, result);
    if (waitMs !== undefined) this.#left -= 1;
    return waitMs;
  }

  #waitAfter(attempt: number, result: Answer | TransportError): number | undefined {
    if (result instanceof TransportError) {
      if (HOPELESS.has(result.fault)) return undefined;
    } else {
      const asked = retryAfterMs(result.retryAfter, this.#ports.now());
      if (asked !== undefined) return asked > LONGEST_WAIT_MS ? undefined : asked;
    }
    return FIRST_WAIT_MS * 3 ** (attempt - 1) * (0.5 + this.#ports.random() / 2);
  }
}

async function settled(once: () => Promise<Answer>): Promise<Answer | TransportError> {
  try {
    return await once();
  } catch (error) {
    if (error instanceof TransportError) return error;
    throw error;
  }
}

/**
 * A `Retry-After` header in milliseconds. Zoho documents none (sheet §6), so anything odd is ignored.
 * @param now milliseconds since the epoch, for the form with a date.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const date = /[A-Za-z]{3}/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Answers of an overloaded or broken server, or of something between it and us. */
export function isTransient(answer: Answer): boolean {
  return answer.status === 429 || answer.status >= 500;
}

/** Zoho's own word that it was asked too often (sheet §5.1), not something's before it. */
export function isThrottled(answer: Answer): boolean {
  return answer.status === 429 && envelope(answer.json) !== undefined;
}

/** Nobody answered. */
export function unreachable(error: TransportError): Problem {
  const remedies: Partial<Record<TransportError['fault'], string>> = {
    dns: 'Check the network, and ZOHO_DC, ZOHO_ACCOUNTS_URL and ZOHO_API_URL for a typing error.',
    tls: 'If your company inspects TLS, give Node its certificate with NODE_EXTRA_CA_CERTS; checking is never switched off.',
    timeout: 'Try again; if the network is slow, raise ZOHO_TIMEOUT_MS.',
    unfinished: 'Try again; if the network is slow, raise ZOHO_TIMEOUT_MS.',
    stalled:
      'Try again; if it goes on, check ZOHO_DC, ZOHO_ACCOUNTS_URL and ZOHO_API_URL, and whether a proxy stands in between.',
  };
  return problem(
    'unreachable',
    `network-${error.fault}`,
    `Zoho could not be reached: ${error.message}.`,
    remedies[error.fault] ??
      'Check the network and the proxy settings (HTTPS_PROXY, NO_PROXY), and try again.',
  );
}
