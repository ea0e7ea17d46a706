import { createHash } from 'node:crypto';

/** A change to the file of a saved plan, and what is said to it. */
export interface Forgery {
  readonly name: string;
  readonly forge: (saved: string) => string | Uint8Array;
  readonly says: RegExp;
}

const CHANGED = /changed or cut/;
const NO_PLAN = /not a plan/;
const HOLDS = /does not hold what a plan holds/;
const OTHER_ID = /bears the id or the digest of another plan/;

/** What a damaged disk, an editor, a tool for text, or a person with intent makes of the file. */
export const forgeries: readonly Forgery[] = [
  { name: 'nothing in it', forge: () => '', says: NO_PLAN },
  { name: 'its second half missing', forge: (saved) => saved.slice(0, saved.length / 2), says: NO_PLAN },
  { name: 'its last character missing', forge: (saved) => saved.slice(0, -1), says: CHANGED },
  { name: 'a blank line behind it', forge: (saved) => `${saved}\n`, says: CHANGED },
  { name: 'words behind it', forge: (saved) => `${saved}done\n`, says: NO_PLAN },
  { name: 'another plan behind it', forge: (saved) => saved + saved, says: NO_PLAN },
  { name: 'the line ends of Windows', forge: (saved) => saved.replaceAll('\n', '\r\n'), says: CHANGED },
  { name: 'a byte-order mark', forge: (saved) => `\ufeff${saved}`, says: NO_PLAN },
  { name: 'the encoding of Windows', forge: (saved) => Buffer.from(saved, 'utf16le'), says: NO_PLAN },
  { name: 'a byte that is no text', forge: withBadByte, says: CHANGED },
  {
    name: 'all of it in one line',
    forge: (saved) => `${JSON.stringify(JSON.parse(saved))}\n`,
    says: CHANGED,
  },
  { name: 'keys in another order', forge: reordered, says: CHANGED },
  {
    name: 'an inner object in another order',
    forge: (saved) => saved.replace(/("path": [^\n]*),\n(\s*)("sha256": [^\n]*)\n/, '$3,\n$2$1\n'),
    says: CHANGED,
  },
  { name: 'a key twice', forge: (saved) => saved.replace('{\n', '{\n  "kind": "x",\n'), says: CHANGED },
  {
    name: 'a key that no plan has',
    forge: (saved) => saved.replace('{\n', '{\n  "x": 1,\n'),
    says: CHANGED,
  },
  {
    name: 'the prototype as a key',
    forge: (saved) => saved.replace('{\n', '{\n  "__proto__": {"modules": []},\n'),
    says: CHANGED,
  },
  {
    name: 'a newer format',
    forge: (saved) => saved.replace('"format_version": "1.0"', '"format_version": "2.0"'),
    says: /format version 2\.0/,
  },
  {
    name: 'a format that adds to this one',
    forge: (saved) => saved.replace('"format_version": "1.0"', '"format_version": "1.1"'),
    says: /format version 1\.1/,
  },
  { name: 'another kind', forge: (saved) => saved.replace('"saved-plan"', '"plan"'), says: NO_PLAN },
  { name: 'another id', forge: (saved) => idOf(saved, '2222-3333'), says: CHANGED },
  { name: 'another length', forge: (saved) => saved.replace('"length": 50', '"length": 51'), says: CHANGED },
  { name: 'another label', forge: (saved) => saved.replace('"Part 1"', '"Part 7"'), says: CHANGED },
  {
    name: 'a conflict that is none any more',
    forge: (saved) => saved.replace('"conflict"', '"in_sync"'),
    says: CHANGED,
  },
  {
    name: 'a field that must not be created allowed to',
    forge: (saved) => saved.replace('"create": false', '"create": true'),
    says: CHANGED,
  },
  {
    name: 'the ids of another organisation',
    forge: (saved) => saved.replaceAll('"6084217', '"7770001'),
    says: CHANGED,
  },
  {
    name: 'another digest',
    forge: (saved) =>
      saved.replace(
        /"sha256": "(.)([0-9a-f]{63})"\n\}/,
        (_, first: string, rest: string) => `"sha256": "${first === '0' ? '1' : '0'}${rest}"\n}`,
      ),
    says: CHANGED,
  },
  { name: 'no digest', forge: (saved) => saved.replace(/,\n {2}"sha256": "[^\n]*/, ''), says: CHANGED },
  {
    name: 'another intent under a new digest, and the id that was reviewed',
    forge: (saved) => resealed(saved.replaceAll('"Part 1"', '"Part 7"')),
    says: OTHER_ID,
  },
  {
    name: 'another id under a new digest',
    forge: (saved) => resealed(idOf(saved, '2222-3333')),
    says: OTHER_ID,
  },
  {
    name: 'the ids of another organisation under a new digest',
    forge: (saved) => resealed(saved.replaceAll('"6084217', '"7770001')),
    says: OTHER_ID,
  },
  {
    name: 'no modules under a new digest',
    forge: (saved) => resealed(saved, ({ modules: _modules, ...rest }) => rest),
    says: HOLDS,
  },
  {
    name: 'modules that are words under a new digest',
    forge: (saved) => resealed(saved, (body) => ({ ...body, modules: ['Deals'] })),
    says: HOLDS,
  },
  {
    name: 'one more key under a new digest',
    forge: (saved) => resealed(saved, (body) => ({ ...body, sudo: true })),
    says: HOLDS,
  },
];

type Body = Readonly<Record<string, unknown>>;

const idOf = (saved: string, id: string): string => saved.replace(/"plan_id": "[^"]*"/, `"plan_id": "${id}"`);

function reordered(saved: string): string {
  const entries = Object.entries(JSON.parse(saved) as Body);
  return `${JSON.stringify(Object.fromEntries(entries.reverse()), null, 2)}\n`;
}

function withBadByte(saved: string): Uint8Array {
  const bytes = Buffer.from(saved);
  bytes[bytes.indexOf('Part 1')] = 0xff;
  return bytes;
}

/** The text with the digest that belongs to it: it guards against accidents, since anybody can compute it. */
function resealed(saved: string, change: (body: Body) => Body = (body) => body): string {
  const { sha256: _sha256, ...body } = JSON.parse(saved) as Body;
  const changed = change(body);
  const sha256 = createHash('sha256').update(JSON.stringify(changed)).digest('hex');
  return `${JSON.stringify({ ...changed, sha256 }, null, 2)}\n`;
}
