import type { Socket } from 'node:net';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { constants, createBrotliCompress, createDeflate, createGzip, gzipSync } from 'node:zlib';

/** What a server does instead of answering, and what it is called in the table. */
export interface Attack {
  readonly name: string;
  /** `ZOHO_TIMEOUT_MS`, where the attack is one on time; otherwise its default of 30 s holds. */
  readonly timeoutMs?: number;
  readonly answer: (socket: Socket) => void | Promise<void>;
}

const MIB = 2 ** 20;
/** The most that is read of an answer. */
const MOST = 8 * MIB;
const FIELD = '{"id":"1","api_name":"a","data_type":"text"}';

/** A whole answer. */
export function whole(socket: Socket, body: string | Uint8Array, headers = ''): void {
  socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n${headers}\r\n`);
  socket.end(body);
}

/** Attacks on memory come at full speed. Silence alone is bounded by the time limit of a request, which is shortened for it. */
export function makeAttacks(bombs: Bombs): readonly Attack[] {
  return [
    { name: `${bombs.mib} MiB of gzip`, answer: (to) => whole(to, bombs.gzip, 'content-encoding: gzip\r\n') },
    {
      name: `${bombs.mib / 4} MiB of brotli`,
      answer: (to) => whole(to, bombs.brotli, 'content-encoding: br\r\n'),
    },
    {
      name: `${bombs.mib / 4} MiB of deflate`,
      answer: (to) => whole(to, bombs.deflate, 'content-encoding: deflate\r\n'),
    },
    {
      name: 'gzip within gzip',
      answer: (to) => whole(to, bombs.twice, 'content-encoding: gzip, gzip\r\n'),
    },
    { name: '200 MiB, announced', answer: (to) => flood(to, 200 * MIB, 'announced') },
    { name: '200 MiB in chunks', answer: (to) => flood(to, 200 * MIB, 'chunked') },
    { name: '200 MiB until the end', answer: (to) => flood(to, 200 * MIB, 'unbounded') },
    { name: '8 MiB of [', answer: (to) => whole(to, '['.repeat(MOST)) },
    { name: '8 MiB of {"a":', answer: (to) => whole(to, '{"a":'.repeat(MOST / 5)) },
    { name: '8 MiB of [],', answer: (to) => whole(to, `[${'[],'.repeat(MOST / 3 - 2)}0]`) },
    { name: '8 MiB of 0,', answer: (to) => whole(to, `[${'0,'.repeat(MOST / 2 - 2)}0]`) },
    {
      name: '99,000 fields, the most that are parsed',
      answer: (to) => whole(to, `{"fields":[${`${FIELD},`.repeat(99_000)}${FIELD}]}`),
    },
    {
      name: '70,000 fields with distinct ids',
      answer: (to) => whole(to, `{"fields":[${manyFields(70_000)}]}`),
    },
    {
      name: 'a label of 8 MiB',
      answer: (to) => whole(to, `{"fields":[${FIELD.replace('"a"', `"${'x'.repeat(MOST - 100)}"`)}]}`),
    },
    {
      name: '120 labels of 64 KiB',
      answer: (to) => whole(to, `{"fields":[${manyFields(120, 'x'.repeat(65_000))}]}`),
    },
    { name: 'pages without end', answer: pages() },
    {
      name: '120 words of 64 KiB in an error',
      answer: (to) =>
        whole(to, `{"code":"X","status":"error","details":{"permissions":[${longWords(120)}]}}`),
    },
    {
      name: 'an error message of 8 MiB',
      answer: (to) => whole(to, `{"code":"X","status":"error","message":"${'x'.repeat(MOST - 100)}"}`),
    },
    { name: 'a header of 100 MiB', answer: (to) => flood(to, 100 * MIB, 'header') },
    {
      name: 'headers without end',
      answer: (to) => repeat(to, 'HTTP/1.1 200 OK\r\n', 'x-a: b\r\n'.repeat(1000)),
    },
    {
      name: 'early hints without end',
      answer: (to) => repeat(to, '', 'HTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\n'.repeat(500)),
    },
    {
      name: 'chunks of one byte without end',
      answer: (to) => repeat(to, CHUNKED, '1\r\n \r\n'.repeat(2000)),
    },
    {
      name: 'packed chunks of one byte without end',
      answer: (to) => repeat(to, emptyGzip(), emptyBlock().repeat(400), 'latin1'),
    },
    { name: 'a chunk extension without end', answer: (to) => repeat(to, `${CHUNKED}1;`, 'x'.repeat(MIB)) },
    {
      name: 'trailers without end',
      answer: (to) => repeat(to, `${CHUNKED}0\r\n`, 'x-a: b\r\n'.repeat(1000)),
    },
    { name: 'silence', timeoutMs: 2000, answer: () => undefined },
    { name: 'one byte a second', answer: (to) => drip(to, 'HTTP/1.1 200 OK\r\n\r\n') },
    { name: 'one header byte a second', answer: (to) => drip(to, 'HTTP/1.1 200 OK\r\nx-slow: ') },
    { name: 'one early hint a second', answer: (to) => drip(to, '', 'HTTP/1.1 103 Early Hints\r\n\r\n') },
    { name: 'garbage of gzip, slowly', answer: (to) => drip(to, GZIP) },
    {
      name: 'one packed byte a second',
      answer: (to) => drip(to, Buffer.concat([Buffer.from(GZIP), gzipSync('x').subarray(0, 10)]), '\0'),
    },
    {
      name: 'four seconds of an answer, then an end',
      answer: (to) => breakOff(to, 'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n'),
    },
    {
      name: 'four seconds of an HTTP 503',
      answer: (to) => breakOff(to, 'HTTP/1.1 503 No\r\ncontent-length: 4\r\n\r\n'),
    },
    { name: 'an empty line a second', answer: (to) => drip(to, '', '\r\n') },
    { name: 'ten bytes a second', answer: (to) => drip(to, CHUNKED, '5\r\n     \r\n') },
    {
      name: 'a quick beginning, then nothing',
      answer: (to) => void to.write(`${CHUNKED}10000\r\n${' '.repeat(60_000)}`),
    },
  ];
}

export interface Bombs {
  /** What the gzip one unpacks to; the others to a quarter of it. */
  readonly mib: number;
  readonly gzip: Uint8Array;
  readonly twice: Uint8Array;
  readonly brotli: Uint8Array;
  readonly deflate: Uint8Array;
}

/** Packed once, piece by piece: the bench itself must not need what it measures. A thousandth of it is sent. */
export async function packBombs(mib: number): Promise<Bombs> {
  const gzip = await packed(createGzip({ level: 1 }), mib);
  return {
    mib,
    gzip,
    twice: gzipSync(gzip),
    brotli: await packed(createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }), mib / 4),
    deflate: await packed(createDeflate({ level: 1 }), mib / 4),
  };
}

async function packed(packer: Transform, mebibytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  packer.on('data', (chunk: Buffer) => chunks.push(chunk));
  const blanks = Array<Buffer>(mebibytes).fill(Buffer.alloc(MIB, ' '));
  await pipeline(Readable.from(blanks), packer);
  return Buffer.concat(chunks);
}

const GZIP = 'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n';
const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';

/** The beginning of a packed body, and a block of it that unpacks to nothing, byte by byte. */
const emptyGzip = (): Uint8Array =>
  Buffer.concat([
    Buffer.from(CHUNKED.replace(/\r\n$/, 'content-encoding: gzip\r\n\r\na\r\n')),
    gzipSync('').subarray(0, 10),
    Buffer.from('\r\n'),
  ]);
const emptyBlock = (): string => Array.from('\0\0\0\xff\xff', (byte) => `1\r\n${byte}\r\n`).join('');

async function flood(
  socket: Socket,
  bytes: number,
  framing: 'announced' | 'chunked' | 'unbounded' | 'header',
): Promise<void> {
  const piece = Buffer.alloc(64 * 1024, framing === 'header' ? 'h' : ' ');
  const heads = {
    announced: `HTTP/1.1 200 OK\r\ncontent-length: ${bytes}\r\n\r\n`,
    chunked: CHUNKED,
    unbounded: 'HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n',
    header: 'HTTP/1.1 200 OK\r\nx-long: ',
  };
  socket.write(heads[framing]);
  for (let left = bytes; left > 0 && socket.writable; left -= piece.length) {
    if (framing === 'chunked') socket.write(`${piece.length.toString(16)}\r\n`);
    socket.write(piece);
    if (!socket.write(framing === 'chunked' ? '\r\n' : '')) await roomIn(socket);
  }
  socket.end(framing === 'chunked' ? '0\r\n\r\n' : '');
}

async function repeat(
  socket: Socket,
  first: string | Uint8Array,
  again: string,
  encoding?: BufferEncoding,
): Promise<void> {
  socket.write(first);
  while (socket.writable) if (!socket.write(again, encoding)) await roomIn(socket);
}

async function breakOff(socket: Socket, first: string): Promise<void> {
  socket.write(first);
  for (let left = 4; left > 0 && socket.writable; left -= 1) {
    await sleep(1000);
    socket.write(' ');
  }
  socket.end();
}

async function drip(socket: Socket, first: string | Uint8Array, again = ' '): Promise<void> {
  socket.write(first);
  while (socket.writable) {
    socket.write(again);
    await sleep(1000);
  }
}

/** A client that has had enough never drains, so the wait looks up now and then. */
async function roomIn(socket: Socket): Promise<void> {
  if (socket.writableNeedDrain) await sleep(1);
}

function manyFields(count: number, label = ''): string {
  return Array.from({ length: count }, (_, index) =>
    FIELD.replace('"1"', `"${index}"`).replace('"a"', `"a${index}","field_label":"${label}"`),
  ).join(',');
}

/** Each page is new, and announces another one. */
function pages(): Attack['answer'] {
  let first = 0;
  return (to) => {
    first += 4000;
    const fields = Array.from({ length: 4000 }, (_, index) =>
      FIELD.replace('"1"', `"${first + index}"`).replace('"a"', `"a${first + index}"`),
    );
    whole(to, `{"fields":[${fields.join(',')}],"info":{"more_records":true}}`);
  };
}

function longWords(count: number): string {
  return Array.from({ length: count }, () => `"${'w'.repeat(65_000)}"`).join(',');
}
