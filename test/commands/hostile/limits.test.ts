import { setTimeout as sleep } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { createGunzip, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeAttacks, packBombs } from '../../campaigns/bench/hostile/attacks.ts';
import { measure } from '../../campaigns/bench/hostile/measure.ts';
import { MOST_ITEMS, readWholeList, FIELDS } from '../../../src/zoho/lists.ts';
import { readBody } from '../../../src/zoho/http/axios-transport.ts';

const never = new AbortController().signal;

describe('a body', () => {
  it('is whole, however it was cut into pieces, and through the middle of a character too', async () => {
    const text = 'Größe 大きさ 📏 '.repeat(20_000);
    const bytes = Buffer.from(text);
    const pieces = function* (size: number) {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    };
    for (const size of [1, 7, 65_536, bytes.length])
      expect(await readBody(Readable.from(pieces(size)), bytes.length, never)).toBe(text);
  });

  it('that is one byte too long is not read to its end', async () => {
    let sent = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc((sent += 1) && 1000);
      })(),
    );
    expect(await readBody(endless, 10_000, never)).toBeUndefined();
    expect(sent).toBeLessThan(100);
    expect(endless.destroyed).toBe(true);
  });

  it('that breaks off, packed or not, is no body', async () => {
    const packed = gzipSync(Buffer.alloc(10_000, 'x'));
    const torn = Readable.from([packed.subarray(0, -9)]).pipe(createGunzip());
    await expect(readBody(torn, 100_000, never)).rejects.toThrow('unexpected end');
    const gone = new Readable({ read: () => undefined });
    setImmediate(() => gone.destroy());
    await expect(readBody(gone, 100, never)).rejects.toThrow('Premature close');
  });

  it('that never ends is given up when nobody wants it any more', async () => {
    const giveUp = new AbortController();
    const endless = new Readable({ read: () => undefined });
    const reading = readBody(endless, 100, giveUp.signal);
    giveUp.abort();
    await expect(reading).rejects.toMatchObject({ code: 'ABORT_ERR' });
    await sleep(0);
    expect(endless.destroyed).toBe(true);
  });
});

describe('a list of fields', () => {
  const list = (count: number) => ({
    fields: Array.from({ length: count }, (_, id) => ({
      id: `${id}`,
      api_name: `A${id}`,
      data_type: 'text',
    })),
  });
  it('is taken up to ten times of what a module can have, and not beyond', async () => {
    const read = (count: number) =>
      readWholeList(FIELDS, () => Promise.resolve({ json: list(count), host: 'zoho.example' }));
    expect((await read(MOST_ITEMS)).items).toHaveLength(MOST_ITEMS);
    await expect(read(MOST_ITEMS + 1)).rejects.toThrow(/more entries than any list/);
  });
});

describe('a server that sends more than anybody can hold', () => {
  it.each([
    ['200 MiB of gzip', 'network-too-large'],
    ['200 MiB in chunks', 'network-too-large'],
    ['8 MiB of [', 'not-json'],
    ['8 MiB of [],', 'not-json'],
    ['pages without end', 'not-fields'],
    ['headers without end', 'network-too-large'],
  ])('as %s costs the real command no more than 150 MiB', async (name, says) => {
    const attack = makeAttacks(await BOMBS).find((one) => one.name === name);
    if (attack === undefined) throw new Error(`no attack is called ${name}`);
    const run = await measure('fields', attack);
    expect(run).toMatchObject({ code: 69, said: says });
    expect(run.mib).toBeLessThan(150);
  });
});

const BOMBS = packBombs(200);
