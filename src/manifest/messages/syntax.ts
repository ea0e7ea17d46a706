import type { ErrorCode } from 'yaml';
import { property } from '../../model/json.ts';
import { quote, type Finding } from '../finding.ts';

/** What to say about an error of YAML itself. */
export interface SyntaxWords {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** True where only one value is wrong, and everything around it means what it says. */
  readonly isLocal?: boolean;
}

const unexpected: SyntaxWords = {
  code: 'yaml-syntax',
  message: 'This is not valid YAML: something stands here that does not belong here.',
  remedy:
    'Check quotes, brackets, commas and indentation on this line and the one above; put a text with : # [ ] { } , & * ! | > % @ in quotes.',
};

/** For a line that begins in a column in which nothing above it began. */
export const indentationWords: SyntaxWords = {
  code: 'yaml-indentation',
  message: 'The indentation does not fit the lines around it.',
  remedy: 'Let all keys of one field begin in the same column, and indent with spaces only.',
};

/** For a line that is taken for more of the value above it. */
export const deeperWords: SyntaxWords = {
  code: 'yaml-indentation',
  message: 'This line is indented further than the key above it, so it is read as part of that value.',
  remedy:
    'Let all keys of one field begin in the same column; put a text of several lines that holds a colon in quotes.',
};

const colon: SyntaxWords = {
  code: 'yaml-syntax',
  message: 'There is a second "key: value" where one value is expected.',
  remedy: 'Put a text that contains a colon in quotes, or begin a new line for a new key.',
};

/** For a quote or bracket that the document ends without closing. */
export const unclosedWords: SyntaxWords = {
  code: 'yaml-unclosed',
  message: 'What is opened here is never closed.',
  remedy:
    'Write the closing quote or bracket; put a text that only contains this sign in quotes of the other kind.',
};

const wordsByCode: Readonly<Partial<Record<ErrorCode, SyntaxWords>>> = {
  TAB_AS_INDENT: {
    code: 'yaml-tab',
    message: 'The line is indented with a tab; YAML allows only spaces.',
    remedy: 'Replace the tab by spaces (most editors: "Convert indentation to spaces").',
  },
  BAD_INDENT: indentationWords,
  BLOCK_AS_IMPLICIT_KEY: colon,
  MULTILINE_IMPLICIT_KEY: {
    code: 'yaml-syntax',
    message: 'A colon is missing after a key, or a text goes on where a new key is expected.',
    remedy: 'Write "key: value" on one line, and put a text of several lines in quotes.',
  },
  BLOCK_IN_FLOW: {
    code: 'yaml-syntax',
    message: 'Inside [ ] or { } no list or mapping can be written with dashes and indentation.',
    remedy: 'Close the bracket first, or write the whole value with brackets.',
  },
  BAD_DQ_ESCAPE: {
    code: 'yaml-escape',
    message: 'In double quotes a backslash begins an escape, and this one does not exist.',
    remedy: "Write the backslash twice, or use single quotes: 'C:\\data'.",
    isLocal: true,
  },
  BAD_SCALAR_START: {
    code: 'yaml-syntax',
    message: 'A text without quotes cannot begin with this character.',
    remedy: 'Put the text in quotes.',
    isLocal: true,
  },
  MISSING_CHAR: {
    code: 'yaml-syntax',
    message: 'A closing quote or bracket, a comma, a colon or a blank is missing.',
    remedy:
      'Close what was opened, separate values by commas, write a blank after each colon, and let all keys of one field begin in the same column.',
  },
  KEY_OVER_1024_CHARS: {
    code: 'yaml-syntax',
    message: 'This key is longer than 1024 characters.',
    remedy: 'Look for a missing line break or a missing quote.',
  },
};

/** Words for an error code of the `yaml` package. */
export function syntaxWords(code: ErrorCode): SyntaxWords {
  return wordsByCode[code] ?? unexpected;
}

/**
 * Words of YAML that a manifest has no use for. They make a value come from elsewhere, or mean something else than it
 * says; a reviewer should see what is declared where it is declared.
 */

/** `yaml` announces plain and block scalars by this word of no width. */
const scalarFollows = '\x1f';

const elsewhere = 'what is declared must stand where it is read';

/** Types of words that are refused, with what they are, why, and what to do. */
const refused: Readonly<Record<string, readonly [noun: string, why: string, remedy: string]>> = {
  tag: [
    'tag',
    'a manifest holds only texts, numbers, true, false, lists and mappings',
    'Remove it; put a value in quotes where it should be read as text.',
  ],
  anchor: ['anchor', elsewhere, 'Remove it, and write the value out wherever it is needed.'],
  alias: [
    'alias',
    elsewhere,
    'Write the value out here; put it in quotes if the asterisk is part of a text.',
  ],
  'directive-line': [
    'directive',
    'a manifest is always read as YAML 1.2',
    'Remove the line; put it in quotes if the percent sign begins a text.',
  ],
};

/** Why a word of this type is refused, or nothing where it is not. */
export function refusal(type: string | null, lexeme: string): Omit<Finding, 'span' | 'layer'> | undefined {
  const words = property(refused, type ?? '');
  if (words === undefined) return undefined;
  const [noun, why, remedy] = words;
  const message = `The ${noun} ${quote(lexeme)} is not allowed: ${why}.`;
  return { code: `yaml-${noun}`, message, remedy };
}

/** What the parser gets instead, equally long: an alias stands where a value is needed, the others do not. */
export function replacement(type: string | null, lexeme: string): readonly string[] {
  return type === 'alias' ? [scalarFollows, 'x'.repeat(lexeme.length)] : [' '.repeat(lexeme.length)];
}
