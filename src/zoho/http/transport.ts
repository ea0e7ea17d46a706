/** One HTTP request, complete: the transport adds nothing that matters. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back, undecoded: every status is an answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter?: string;
  /** The server's clock, as its `Date` header says it. */
  readonly date?: string;
  /** Names of the headers about limits that came with it (sheet §6). */
  readonly limits?: readonly string[];
  /** It took its time once it had begun: one more of the kind is not worth waiting for. */
  readonly isSlow?: true;
}

/** Why there is no answer. */
export type TransportFault =
  | 'refused'
  | 'reset'
  | 'timeout'
  /** The answer has begun, and was not complete when the time of a request was over. */
  | 'unfinished'
  /** The answer has begun, and then came more slowly than over any real network. */
  | 'stalled'
  | 'dns'
  | 'tls'
  /** A proxy opened no tunnel. */
  | 'proxy'
  | 'too-large'
  | 'aborted'
  | 'other';

/** No answer came. Holds nothing of the request but where it went: requests hold credentials. */
export class TransportError extends Error {
  readonly fault: TransportFault;
  readonly host: string;
  /** As with an answer: some of it came, and slowly. */
  readonly isSlow: boolean;

  constructor(fault: TransportFault, host: string, message: string, isSlow = false) {
    super(message);
    this.name = 'TransportError';
    this.fault = fault;
    this.host = host;
    this.isSlow = isSlow;
  }
}

/**
 * Sends one request once.
 * @throws TransportError when no complete answer came.
 */
export type Transport = (request: HttpRequest) => Promise<HttpAnswer>;
