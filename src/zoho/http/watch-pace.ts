import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { TransportFault } from './transport.ts';

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
export function watchPace(most: number, giveUp: (fault: TransportFault) => void): Pace {
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
export interface Pace {
  /** From its socket on; of several, such as the one to a proxy before, the last one counts. */
  readonly follow: (request: ClientRequest) => void;
  readonly hasBegun: () => boolean;
  readonly isSlow: () => boolean;
  /** To be called when the exchange is over, however it ended. */
  readonly stop: () => void;
}
