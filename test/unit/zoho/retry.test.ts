import { describe, expect, it } from 'vitest';
import { decode, type Answer } from '../../../src/zoho/http/answer.ts';
import {
  isThrottled,
  isTransient,
  Retrier,
  retryAfterMs,
  unreachable,
} from '../../../src/zoho/http/retry.ts';
import { TransportError, type TransportFault } from '../../../src/zoho/http/transport.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const ok = decode({ status: 200, text: '{}' }, 'zoho.example');
const busy = decode({ status: 503, text: '' }, 'zoho.example');
const silence = (fault: TransportFault = 'timeout'): TransportError =>
  new TransportError(fault, 'zoho.example', 'no answer');

/** One run: what it sends and how long it waits is noted. */
function aRun(random = 0.5) {
  const waits: number[] = [];
  const retrier = new Retrier({
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    random: () => random,
    now: () => NOW,
  });
  /** Sends one request that gets these answers, the last one again and again. */
  const send = async (
    answers: readonly (Answer | Error)[],
    policy: { readonly silence: boolean } = { silence: true },
  ) => {
    let sent = 0;
    const once = (): Promise<Answer> => {
      const answer = answers[Math.min(sent, answers.length - 1)] ?? ok;
      sent += 1;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    };
    const outcome = await retrier
      .send(once, { ...policy, answers: isTransient })
      .catch((error: unknown) => error);
    return { outcome, sent };
  };
  return { send, waits };
}

describe('a request that may be sent again', () => {
  it('is sent once where the answer is good, and three times where it is not, with longer waits', async () => {
    const { send, waits } = aRun();
    expect(await send([ok])).toEqual({ outcome: ok, sent: 1 });
    expect(waits).toEqual([]);
    expect(await send([busy])).toEqual({ outcome: busy, sent: 3 });
    expect(waits).toEqual([300, 900]);
    expect(await send([busy, ok])).toEqual({ outcome: ok, sent: 2 });
  });

  it('waits between half of the time and all of it, as chance has it', async () => {
    for (const [random, first] of [
      [0, 200],
      [1, 400],
    ] as const) {
      const { send, waits } = aRun(random);
      await send([busy]);
      expect(waits).toEqual([first, first * 3]);
    }
  });

  it('is sent again after silence only where that was allowed, and the silence is told then', async () => {
    const quiet = silence();
    expect(await aRun().send([quiet])).toEqual({ outcome: quiet, sent: 3 });
    expect(await aRun().send([quiet, ok])).toEqual({ outcome: ok, sent: 2 });
    expect(await aRun().send([quiet, ok], { silence: false })).toEqual({ outcome: quiet, sent: 1 });
  });

  it.each<[TransportFault, number]>([
    ['tls', 1],
    ['too-large', 1],
    ['aborted', 1],
    ['refused', 3],
    ['reset', 3],
    ['timeout', 3],
    ['dns', 3],
    ['other', 3],
  ])('after the fault %s is sent %i times in all', async (fault, times) => {
    expect((await aRun().send([silence(fault)])).sent).toBe(times);
  });

  it('is not sent again where something else went wrong: that is a bug of ours', async () => {
    const bug = new TypeError('x');
    expect(await aRun().send([bug, ok])).toEqual({ outcome: bug, sent: 1 });
  });

  it('has twelve further tries together with all others of the run', async () => {
    const { send, waits } = aRun();
    for (let request = 0; request < 6; request += 1) expect((await send([busy])).sent).toBe(3);
    expect(waits).toHaveLength(12);
    expect((await send([busy])).sent).toBe(1);
  });

  it('waits as long as the server asks, up to a minute; who asks for more gets no further request', async () => {
    const asked = async (retryAfter: string) => {
      const { send, waits } = aRun();
      const { sent } = await send([{ ...busy, retryAfter }, ok]);
      return [sent, ...waits];
    };
    expect(await asked('7')).toEqual([2, 7000]);
    expect(await asked('60')).toEqual([2, 60_000]);
    expect(await asked('61')).toEqual([1]);
    expect(await asked('soon')).toEqual([2, 300]);
    expect(await asked('Sun, 01 Mar 2026 12:00:05 GMT')).toEqual([2, 5000]);
  });
});

describe('what a server asks to wait', () => {
  it.each([
    [undefined, undefined],
    ['0', 0],
    [' 30 ', 30_000],
    ['999999999', 999_999_999_000],
    ['1234567890', undefined],
    ['1.5', undefined],
    ['-5', undefined],
    ['5s', undefined],
    ['x5', undefined],
    ['2026-03-01', undefined],
    ['2026-03-01T12:00:05Z', undefined],
    ['Tuesday week', undefined],
    ['Sun, 01 Mar 2026 12:00:05 GMT', 5000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['', undefined],
  ] as const)('with %j is %s ms', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });
});

describe('an answer', () => {
  it('is one of an overloaded server with 429 and from 500 on', () => {
    const transient = [200, 400, 408, 428, 429, 430, 499, 500, 503, 599].filter((status) =>
      isTransient(decode({ status, text: '' }, 'zoho.example')),
    );
    expect(transient).toEqual([429, 500, 503, 599]);
  });

  it('lets a write be sent again only where Zoho itself says in words that it did nothing', () => {
    const text = '{"code":"TOO_MANY_REQUESTS","status":"error"}';
    expect(isThrottled(decode({ status: 429, text }, 'zoho.example'))).toBe(true);
    expect(isThrottled(decode({ status: 429, text: '<html>' }, 'zoho.example'))).toBe(false);
    expect(isThrottled(decode({ status: 429, text: '' }, 'zoho.example'))).toBe(false);
    expect(isThrottled(decode({ status: 503, text }, 'zoho.example'))).toBe(false);
  });
});

describe('silence', () => {
  it.each<[TransportFault, RegExp]>([
    ['dns', /typing error/],
    ['tls', /NODE_EXTRA_CA_CERTS/],
    ['timeout', /ZOHO_TIMEOUT_MS/],
    ['reset', /proxy settings/],
  ])('by the fault %s is told with what to do about it', (fault, remedy) => {
    const problem = unreachable(silence(fault));
    expect([problem.kind, problem.message]).toEqual(['unreachable', 'Zoho could not be reached: no answer.']);
    expect(problem.diagnostics).toEqual([
      {
        severity: 'error',
        code: `network-${fault}`,
        message: problem.message,
        remedy: expect.stringMatching(remedy) as string,
      },
    ]);
  });
});
