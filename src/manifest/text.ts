import { countWhile, type Finding } from './finding.ts';

/** Contract §2 and sheet §7: 500 fields with all their options need a fraction of this. */
const maxBytes = 1024 * 1024;

/** A manifest's text; `problems` say where it is not what the bytes were meant to be. */
interface Decoded {
  /** Absent where the bytes cannot be read as text at all. */
  readonly text?: string;
  readonly problems: readonly Finding[];
}

const start = { start: 0, end: 0 };
const saveAsUtf8 = 'Save the file as UTF-8 (in most editors: "Save with encoding").';

/** The encodings that editors on Windows choose on their own; their bytes are full of zeros. */
function otherEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
    return 'UTF-32';
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return 'UTF-16';
  const head = bytes.subarray(0, 64);
  const zeros = [0, 0];
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const most = Math.max(...zeros);
  return head.length >= 4 && most >= head.length / 2 - 1 && Math.min(...zeros) === 0 ? 'UTF-16' : undefined;
}

/** How many bytes from the beginning are valid UTF-8; a character cut off at the end counts as not valid. */
function validPrefix(bytes: Uint8Array): number {
  return countWhile(bytes.length, (index) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, index + 1), { stream: true });
      return true;
    } catch {
      return false;
    }
  });
}

/** Reads the bytes as UTF-8; a byte order mark at the very start is fine and not part of the text. */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length > maxBytes) {
    const message = `The manifest has ${bytes.length} bytes; more than 1 MiB (${maxBytes} bytes) is not read.`;
    const remedy = 'Give each module a file of its own.';
    return { problems: [{ layer: 'text', code: 'too-large', message, remedy, span: start }] };
  }
  const encoding = otherEncoding(bytes);
  if (encoding !== undefined) {
    const message = `The file is encoded as ${encoding}, not as UTF-8.`;
    return { problems: [{ layer: 'text', code: 'not-utf8', message, remedy: saveAsUtf8, span: start }] };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), problems: [] };
  } catch {
    return decodeBroken(bytes);
  }
}

/** The rest of the file is still worth checking, with U+FFFD in place of what could not be read. */
function decodeBroken(bytes: Uint8Array): Decoded {
  const valid = validPrefix(bytes);
  const offset = new TextDecoder('utf-8').decode(bytes.subarray(0, valid), { stream: true }).length;
  const byte = (bytes[valid] ?? bytes.at(-1) ?? 0).toString(16).padStart(2, '0').toUpperCase();
  const problem: Finding = {
    layer: 'text',
    code: 'not-utf8',
    message: `The file is not UTF-8: the byte ${byte} here does not belong to any character.`,
    remedy: `It was probably saved as Windows-1252 or Latin-1. ${saveAsUtf8}`,
    span: { start: offset, end: offset + 1 },
  };
  return { text: new TextDecoder('utf-8').decode(bytes), problems: [problem] };
}

/**
 * Characters that nobody sees, but that make two keys differ, reverse the reading order or end a line for one program
 * and not for the next. A manifest is reviewed by eye; so they are refused wherever they could mean something.
 */

/** A character that is not visible, and where it stands. */
interface HiddenCharacter {
  readonly start: number;
  readonly end: number;
  /** Such as `U+200B (zero-width space)`. */
  readonly name: string;
}

/**
 * Stands for every hidden character while the text is parsed, so that offsets stay the same. It is a noncharacter and
 * itself refused in manifests, so it cannot be confused with real text.
 */
const placeholder = '\ufdd0';

const hidden =
  // oxlint-disable-next-line eslint/no-control-regex -- they are what is looked for
  /(?:\r(?!\n)|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]|\p{Default_Ignorable_Code_Point})+/gu;

const names: Readonly<Record<number, string>> = {
  0x00: 'null character',
  0x08: 'backspace',
  0x0d: 'carriage return without line feed',
  0x1b: 'escape',
  0x7f: 'delete',
  0x85: 'next line',
  0xad: 'soft hyphen',
  0x61c: 'Arabic letter mark',
  0x180e: 'Mongolian vowel separator',
  0x200b: 'zero-width space',
  0x200c: 'zero-width non-joiner',
  0x200d: 'zero-width joiner',
  0x200e: 'left-to-right mark',
  0x200f: 'right-to-left mark',
  0x2028: 'line separator',
  0x2029: 'paragraph separator',
  0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding',
  0x202c: 'pop directional formatting',
  0x202d: 'left-to-right override',
  0x202e: 'right-to-left override',
  0x2060: 'word joiner',
  0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate',
  0x2068: 'first strong isolate',
  0x2069: 'pop directional isolate',
  0x3164: 'Hangul filler',
  0xfeff: 'byte order mark or zero-width no-break space',
};

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const kind = code < 0x20 || (code >= 0x7f && code < 0xa0) ? 'control character' : 'invisible character';
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')} (${names[code] ?? kind})`;
}

/** Joiners and variation selectors inside an emoji are part of something visible. */
function isPartOfEmoji(text: string, start: number, end: number): boolean {
  const character = text.slice(start, end);
  const head = text.slice(Math.max(0, start - 8), start);
  if (character === '\ufe0f' || character === '\ufe0e') return /[\p{Extended_Pictographic}\d#*]$/u.test(head);
  if (character !== '\u200d') return false;
  const next = text.slice(end, end + 2);
  return (
    /\p{Extended_Pictographic}(?:\ufe0f|[\u{1f3fb}-\u{1f3ff}])?$/u.test(head) &&
    /^\p{Extended_Pictographic}/u.test(next)
  );
}

/**
 * The hidden characters of a text, in order; neighbours count as one. Tabs and line breaks (LF, CR LF) are not among them.
 * It is lazy, because a hostile file holds a million of them and a report a hundred.
 */
export function* findHidden(text: string): Generator<HiddenCharacter> {
  for (const match of text.matchAll(hidden)) {
    const [characters] = match;
    const start = match.index;
    const end = start + characters.length;
    if (!isPartOfEmoji(text, start, end)) yield { start, end, name: nameOf(characters) };
  }
}

/** The text with a {@link placeholder} for each code unit of a hidden character. */
export function mask(text: string): string {
  return text.replaceAll(hidden, (characters: string, start: number) => {
    const end = start + characters.length;
    return isPartOfEmoji(text, start, end) ? characters : placeholder.repeat(characters.length);
  });
}

/** What the text would be without its hidden characters. */
export function unmask(text: string): string {
  return text.replaceAll(placeholder, '');
}

/** Keys, names and options that differ in case, blanks and form only are the same to Zoho, and to people. */
export function fold(text: string): string {
  // Nearly every key.
  if (/^[a-z0-9_]*$/u.test(text)) return text;
  return text.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim().toLowerCase();
}
