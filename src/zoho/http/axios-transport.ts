import Axios from 'axios/unsafe/core/Axios.js';
import { Agent as HttpAgent, request as requestHttp, type Agent, type ClientRequest } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { AxiosAdapter } from 'axios';
import { isLoopback } from '../auth/data-centre.ts';
import { NoTunnelError, proxyFor, tunnelAgent } from './proxy.ts';
import { TransportError, type HttpAnswer, type Transport, type TransportFault } from './transport.ts';

/** More than any module's fields need (500 fields are about 1 MB), and far from what hurts a small machine. */
const MOST_BYTES = 8 * 1024 * 1024;
/** With headers, and with what frames a body that comes in pieces. */
const MOST_ON_THE_WIRE = MOST_BYTES + 1024 * 1024;

/** As Node's own agents, which are not taken because settings outside of this file change what they do. */
const POOL = {
  keepAlive: true,
  scheduling: 'lifo',
  timeout: 5000,
  // With NODE_DEBUG=http Node logs what it opens a connection with, the headers of the request included, but for what
  // the agent has itself. The request that is sent has its headers from elsewhere.
  headers: {},
} as const;
/** Certificates are checked, whatever NODE_TLS_REJECT_UNAUTHORIZED says. */
const SAFE = { ...POOL, rejectUnauthorized: true };
// Node's own would go through HTTP_PROXY even for this machine, where NODE_USE_ENV_PROXY is set.
const plainAgent = new HttpAgent(POOL);
/** Made for the first request that needs it: a server on this machine mostly needs no TLS. */
let safeAgent: HttpsAgent | undefined;

const axios = new Axios({});

/**
 * The real network, by axios.
 *
 * Its core with an adapter of our own, because what its adapters offer besides must never happen here. Redirects: a 307
 * would carry the body, and so the refresh token, to another host. Its proxies: see `tunnelAgent`; besides, they send even
 * `http://127.0.0.1` to `HTTP_PROXY`. Parsing and status checks: Zoho reports errors under 200 and 400 alike, so one place
 * of ours reads all answers. Unpacking: byte by byte it would take memory for every byte. An error never leaves this file
 * as it is, not even as a cause: it may hold the headers and the body that were sent.
 */
export function axiosTransport(timeoutMs: number, signal?: AbortSignal): Transport {
  return async (request) => {
    const url = new URL(request.url);
    // This bounds the whole exchange; a timeout of a socket starts again with every byte.
    const deadline = AbortSignal.timeout(timeoutMs);
    const tooBad = new AbortController();
    const given = AbortSignal.any([deadline, tooBad.signal, ...(signal === undefined ? [] : [signal])]);
    let seen: TransportFault | undefined;
    const pace = watchPace(MOST_ON_THE_WIRE, (fault) => {
      seen = fault;
      tooBad.abort();
    });
    try {
      const response = await axios.request<Readable>({
        method: request.method,
        url: request.url,
        headers: {
          Accept: 'application/json',
          'Accept-Encoding': 'gzip, br',
          'User-Agent': 'zoho-fields',
          ...request.headers,
        },
        data: request.body,
        adapter: exchange(url, await wireTo(url, given, pace), given, pace),
      });
      const packing = String(response.headers['content-encoding'] ?? '').toLowerCase();
      const text = await readBody(response.data, MOST_BYTES, given, packing);
      const slow = pace.isSlow() ? ({ isSlow: true } as const) : {};
      if (text !== undefined) return { ...answer(response.status, text, response.headers), ...slow };
    } catch (error) {
      if (deadline.aborted) seen ??= pace.hasBegun() ? 'unfinished' : 'timeout';
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      const fault = seen ?? (error instanceof NoTunnelError ? 'proxy' : faultOf(code));
      const isSlow = fault !== 'proxy' && pace.isSlow();
      throw new TransportError(fault, url.host, sentence(fault, url.host, timeoutMs, code), isSlow);
    } finally {
      pace.stop();
    }
    throw new TransportError('too-large', url.host, sentence('too-large', url.host, timeoutMs, ''));
  };
}

/** What a request leaves through. */
interface Wire {
  readonly request: typeof requestHttp;
  readonly agent: Agent;
}

/** Plain `http` is for this machine alone, and no proxy stands before that. */
async function wireTo(url: URL, signal: AbortSignal, pace: Pace): Promise<Wire> {
  if (url.protocol === 'http:') return { request: requestHttp, agent: plainAgent };
  const { Agent: SecureAgent, request } = await import('node:https');
  const proxy = isLoopback(url) ? undefined : proxyFor(url);
  if (proxy === undefined) return { request, agent: (safeAgent ??= new SecureAgent(SAFE)) };
  const through = { signal, onRequest: pace.follow };
  return { request, agent: await tunnelAgent(new URL(proxy.address), SAFE, through) };
}

/** One request and the beginning of its answer; the body is read by others. */
function exchange(url: URL, { request, agent }: Wire, signal: AbortSignal, pace: Pace): AxiosAdapter {
  return (config) =>
    new Promise((resolve, reject) => {
      const method = config.method?.toUpperCase() ?? '';
      const sent = request(url, {
        method,
        headers: { ...config.headers.toJSON() },
        agent,
        signal,
      });
      pace.follow(sent);
      sent.on('error', reject);
      // Without a word, where a server would speak another protocol from here on.
      sent.once('close', () => reject(new TransportError('reset', url.host, '')));
      sent.once('response', (response) =>
        resolve({
          data: response,
          status: response.statusCode ?? 0,
          statusText: '',
          headers: response.headers as Headers,
          config,
        }),
      );
      sent.end(config.data);
    });
}

type Headers = Readonly<Record<string, string>>;

function answer(status: number, text: string, headers: Readonly<Record<string, unknown>>): HttpAnswer {
  const { 'retry-after': retryAfter, date } = headers;
  return {
    status,
    text,
    ...(typeof retryAfter === 'string' ? { retryAfter } : {}),
    ...(typeof date === 'string' ? { date } : {}),
    limits: LIMIT_HEADERS.filter((name) => typeof headers[name] === 'string'),
  };
}

/** Headers about credits, rates and the life of the token (sheet §6), by name. */
const LIMIT_HEADERS = [
  'x-api-credits-remaining',
  'x-accesstoken-reset',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
] as const;

function faultOf(code: string): TransportFault {
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') return 'timeout';
  if (/^HPE_\w+_OVERFLOW$/.test(code)) return 'too-large';
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE') return 'reset';
  if (code === 'ERR_CANCELED' || code === 'ABORT_ERR') return 'aborted';
  if (/CERT|TLS|SSL|SELF_SIGNED|ALTNAME/.test(code)) return 'tls';
  return 'other';
}

function sentence(fault: TransportFault, host: string, timeoutMs: number, code: string): string {
  switch (fault) {
    case 'refused':
      return `${host} refused the connection`;
    case 'reset':
      return `${host} broke off before its answer was complete`;
    case 'timeout':
      return `${host} did not answer within ${timeoutMs} ms`;
    case 'unfinished':
      return `${host} did not send the whole of its answer within ${timeoutMs} ms`;
    case 'stalled':
      return `${host} sent hardly anything for seconds before its answer was complete`;
    case 'dns':
      return `the name ${host} was not found`;
    case 'tls':
      return `the certificate of ${host} is not trusted (${code})`;
    case 'proxy':
      return `the proxy on the way to ${host} refused to go there (${code})`;
    case 'too-large':
      return `the answer of ${host} is larger than ${MOST_BYTES / 1024 / 1024} MiB, or its headers than anything of Zoho's`;
    case 'aborted':
      return `the request to ${host} was given up`;
    case 'other':
      return `no answer came from ${host}${code === '' ? '' : ` (${code})`}`;
  }
}

const FIRST_BYTES = 64 * 1024;
/** A body that comes byte by byte at full speed keeps a processor busy for longer than anyone wants to wait. */
const MOST_PIECES = 1_000_000;
/** How bodies are packed: both of those that are asked for, and their kin. */
const PACKINGS: ReadonlyMap<string, 'unzipSync' | 'brotliDecompressSync'> = new Map([
  ['gzip', 'unzipSync'],
  ['x-gzip', 'unzipSync'],
  ['deflate', 'unzipSync'],
  ['br', 'brotliDecompressSync'],
]);

/**
 * Reads a body to its end into one buffer that grows, and unpacks it then: however small the pieces are in which a server
 * sends it, it takes no more memory than its size.
 * @param most bytes, packed or not, after which nothing more is read.
 * @returns `undefined` for a body that is larger, or comes in more pieces than that can be of use.
 * @throws the stream's error, also for a body that breaks off, or when the signal ends it; that of a body that was packed badly.
 */
export async function readBody(
  stream: Readable,
  most: number,
  signal: AbortSignal,
  packing = '',
): Promise<string | undefined> {
  let room = Buffer.allocUnsafe(FIRST_BYTES);
  let length = 0;
  let pieces = 0;
  let isTooLarge = false;
  stream.on('data', (chunk: Buffer) => {
    const needed = length + chunk.length;
    pieces += 1;
    if (needed > most || pieces > MOST_PIECES) {
      isTooLarge = true;
      stream.destroy();
      return;
    }
    if (needed > room.length) {
      const larger = Buffer.allocUnsafe(Math.min(most, Math.max(needed, room.length * 2)));
      room.copy(larger, 0, 0, length);
      room = larger;
    }
    chunk.copy(room, length);
    length = needed;
  });
  try {
    await finished(stream, { signal, cleanup: true });
  } catch (error) {
    if (isTooLarge) return undefined;
    throw error;
  } finally {
    stream.destroy();
  }
  const bytes = room.subarray(0, length);
  const unpack = length === 0 ? undefined : PACKINGS.get(packing);
  if (unpack === undefined) return bytes.toString('utf8');
  // Most answers are small, and come as they are.
  const unpackers = await import('node:zlib');
  try {
    return unpackers[unpack](bytes, { maxOutputLength: most }).toString('utf8');
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const TICK_MS = 500;
/** Five seconds: so long an answer that has begun may stand still, as honest ones do now and then. */
const PATIENCE_TICKS = 10;
/** What has to come in that time; the slowest mobile link brings ten times as much. */
const FEWEST_BYTES = 600;
/** An answer that took longer from its first byte on is not asked for again: three of them would take too long. */
const QUICK_TICKS = 2;

/**
 * Watches how fast an answer comes, from its first byte on: a server that sends one byte a second, of its body or of
 * its headers, could otherwise hold a run for as long as a request may take. Before the first byte a server may think
 * for as long as it likes.
 *
 * Headers that never end are to be seen at the socket only. Time is counted by a timer rather than by the clock: while
 * this process is held up nothing is read either, and nothing counts.
 * @param most bytes, headers and what frames the body included.
 * @param giveUp called at most once.
 */
function watchPace(most: number, giveUp: (fault: TransportFault) => void): Pace {
  let socket: Socket | undefined;
  let before = 0;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const read = (): number => (socket?.bytesRead ?? before) - before;
  let seen: number[] = [];
  const stop = (): void => {
    isOver = true;
    clearInterval(timer);
  };
  const look = (): void => {
    if (read() === 0) return;
    seen.push(read());
    const earlier = seen.at(-1 - PATIENCE_TICKS);
    const isStalled = earlier !== undefined && read() - earlier < FEWEST_BYTES;
    if (!isStalled && read() <= most) return;
    stop();
    giveUp(isStalled ? 'stalled' : 'too-large');
  };
  return {
    follow: (request) => {
      request.once('socket', (given) => {
        clearInterval(timer);
        seen = [];
        socket = given;
        // A connection that is used again has read the answers before this one.
        before = given.bytesRead;
        if (!isOver) timer = setInterval(look, TICK_MS);
      });
    },
    hasBegun: () => read() > 0,
    isSlow: () => seen.length >= QUICK_TICKS,
    stop,
  };
}

/** The watch over one exchange. */
interface Pace {
  /** From its socket on; of several, such as the one to a proxy before, the last one counts. */
  readonly follow: (request: ClientRequest) => void;
  readonly hasBegun: () => boolean;
  readonly isSlow: () => boolean;
  /** To be called when the exchange is over, however it ended. */
  readonly stop: () => void;
}
