import { describe, expect, it } from 'vitest';
import { load, markedPlaces, onlyField, places } from './support.ts';

/** What YAML does behind people's backs: caught, explained, and pointed at. */

const optionsOf = (options: string): string =>
  `module: Deals\nfields:\n  - api_name: Risk\n    field_label: Risk\n    data_type: picklist\n    pick_list_values: ${options}\n`;
const plain = 'module: Deals\nfields:\n  - api_name: Risk\n    field_label: Risk\n    data_type: text\n';

describe('an option that YAML reads as something else', () => {
  it.each([
    ['010', 'the number 10'],
    ['1e3', 'the number 1000'],
    ['0x1F', 'the number 31'],
    ['0o17', 'the number 15'],
    ['1.0', 'the number 1'],
    ['.5', 'the number 0.5'],
    ['+7', 'the number 7'],
    ['true', 'the truth value true'],
    ['False', 'the truth value false'],
    ['TRUE', 'the truth value true'],
    ['null', 'nothing (null)'],
    ['Null', 'nothing (null)'],
    ['~', 'nothing (null)'],
  ])('%s is %s', (written, meaning) => {
    const { diagnostics } = load(optionsOf(`[Low, ${written}]`));
    expect(diagnostics.map((one) => one.code)).toEqual(['unquoted-text']);
    expect(diagnostics[0]?.message).toContain(`YAML reads ${written} as ${meaning}`);
    expect(diagnostics[0]?.remedy).toBe(`Put it in quotes: '${written}'.`);
    expect(load(optionsOf(`[Low, '${written}']`)).diagnostics).toEqual([]);
  });

  it.each(['2024-01-01', '2024-1-1', '2024-01-01T10:00:00Z', '2024-01-01 10:00:00'])(
    '%s is a date to many programs',
    (date) => {
      expect(load(optionsOf(`\n      - Low\n      - ${date}`)).diagnostics.map((one) => one.code)).toEqual([
        'unquoted-date',
      ]);
      expect(load(optionsOf(`\n      - Low\n      - "${date}"`)).diagnostics).toEqual([]);
    },
  );

  it.each(['Yes', 'No', 'on', 'off', 'y', 'n', '1_000', '12:30', '1.2.3', 'Infinity', 'e3'])(
    '%s stays a text',
    (word) => {
      expect(load(optionsOf(`[Low, ${word}]`)).diagnostics).toEqual([]);
    },
  );

  it.each(['.inf', '-.INF', '.nan'])('%s is no number that could be kept', (word) => {
    expect(places(optionsOf(`[Low, ${word}]`))).toEqual(['special-number@6:29']);
  });
});

describe('texts that are no texts', () => {
  it.each(['api_name', 'field_label', 'data_type', 'tooltip', 'description'])(
    '%s: 12 needs quotes',
    (key) => {
      const text = plain.includes(`${key}:`)
        ? plain.replace(new RegExp(`${key}: .*`, 'u'), `${key}: 12`)
        : `${plain}    ${key}: 12\n`;
      expect(load(text).diagnostics.map((one) => one.code)).toEqual(['unquoted-text']);
    },
  );

  it('includes prefixes of auto-numbers', () => {
    const text = `${plain.replace('text', 'autonumber')}    auto_number: { start_number: 1, prefix: 007 }\n`;
    expect(markedPlaces(text)).toEqual(['unquoted-text@6:45 007']);
  });
});

describe('words of YAML that a manifest has no use for', () => {
  it.each([
    ['an anchor', `${plain}    tooltip: &help Help\n`, 'yaml-anchor@6:14 &help'],
    ['an alias', `${plain}    tooltip: *help\n`, 'yaml-alias@6:14 *help'],
    ['a merge key', `${plain}    <<: { length: 5 }\n`, 'yaml-merge@6:5 <<'],
    ['a standard tag', `${plain}    tooltip: !!str Help\n`, 'yaml-tag@6:14 !!str'],
    ['a set', `${plain}    profiles: !!set { Standard }\n`, 'yaml-tag@6:15 !!set', 'unknown-value'],
    ['binary data', `${plain}    tooltip: !!binary aGVsbG8=\n`, 'yaml-tag@6:14 !!binary'],
    [
      'a tag of a programming language',
      `${plain}    tooltip: !!js/function Help\n`,
      'yaml-tag@6:14 !!js/function',
    ],
    ['an own tag', `${plain}    tooltip: !mine Help\n`, 'yaml-tag@6:14 !mine'],
    [
      'a tag by its address',
      `${plain}    tooltip: !<tag:yaml.org,2002:str> Help\n`,
      'yaml-tag@6:14 !<tag:yaml.org,2002:str>',
    ],
    ['a version', `%YAML 1.1\n---\n${plain}`, 'yaml-directive@1:1 %YAML 1.1'],
    [
      'a tag handle',
      `%TAG ! tag:example.com,2000:\n---\n${plain}`,
      'yaml-directive@1:1 %TAG ! tag:example.com,2…',
    ],
    ['an unknown directive', `%FOO bar\n---\n${plain}`, 'yaml-directive@1:1 %FOO bar'],
    ['a number as a key', `${plain}    profiles: { 1: hidden }\n`, 'yaml-key@6:17 1'],
    ['nothing as a key', `${plain}    profiles: { : hidden }\n`, 'yaml-key@6:16'],
    ['a list as a key', `${plain}    ? [a]\n    : b\n`, 'yaml-key@6:7 [a]'],
    ['a key twice', `${plain}    data_type: email\n`, 'duplicate-key@6:5 data_type'],
    ['a key twice in quotes', `${plain}    "data_type": email\n`, 'duplicate-key@6:5 "data_type"'],
    ['a key in another case', `${plain}    Data_Type: email\n`, 'confusable-key@6:5 Data_Type'],
    ['a key with a blank', `${plain}    "data_type ": email\n`, 'confusable-key@6:5 "data_type "'],
    ['a key of full-width letters', `${plain}    ｄata_type: email\n`, 'confusable-key@6:5 ｄata_type:'],
  ])('%s', (_story, text, expected, also?: string) => {
    const [first, ...others] = markedPlaces(text);
    expect(first).toBe(expected);
    expect(
      others.every(
        (other) =>
          also !== undefined &&
          (other.startsWith(also) || other.startsWith('wrong-type') || other.startsWith('empty-value')),
      ),
    ).toBe(true);
  });

  it('and explicit starts and ends of documents, which are fine', () => {
    expect(load(`---\n${plain}...\n`).diagnostics).toEqual([]);
    expect(
      load(`# first\n---\n${plain}---\n${plain.replace('Deals', 'Leads')}...\n# last\n`).manifest?.modules,
    ).toHaveLength(2);
  });
});

describe('characters that nobody sees', () => {
  it.each([
    ['zero-width space', '\u200b', 'U+200B (zero-width space)'],
    ['right-to-left override', '\u202e', 'U+202E (right-to-left override)'],
    ['null', '\0', 'U+0000 (null character)'],
    ['escape', '\u001b', 'U+001B (escape)'],
    ['next line', '\u0085', 'U+0085 (next line)'],
    ['soft hyphen', '\u00ad', 'U+00AD (soft hyphen)'],
    ['a second byte order mark', '\ufeff', 'U+FEFF (byte order mark or zero-width no-break space)'],
    ['a tag character', '\u{e0041}', 'U+E0041 (invisible character)'],
  ])('%s', (_story, character, name) => {
    const inValue = load(plain.replace('label: Risk', `label: Ri${character}sk`)).diagnostics;
    expect(inValue.map((one) => [one.code, one.line, one.column])).toEqual([['hidden-character', 4, 20]]);
    expect(inValue[0]?.message).toContain(name);
    expect(
      load(plain.replace('field_label', `field${character}_label`)).diagnostics.map((one) => one.code),
    ).toEqual(['hidden-character']);
    expect(load(`${plain}# harmless ${character} here\n`).diagnostics).toEqual([]);
    expect(
      load(plain.replace('label: Risk', `label: "#${character}"`)).diagnostics.map((one) => one.code),
    ).toContain('hidden-character');
  });

  it('also where they are written as escapes', () => {
    expect(markedPlaces(`${plain}    tooltip: "a\\u200bb"\n`)).toEqual(['hidden-character@6:14 "a\\u200bb"']);
    expect(places(`${plain}    tooltip: "a\\0b"\n`)).toEqual(['hidden-character@6:14']);
  });

  it('make two keys that look the same one mistake, not two', () => {
    expect(places(`${plain}    data_\u200btype: email\n`)).toEqual(
      ['confusable-key', 'hidden-character'].map(() => expect.any(String)),
    );
    expect(
      load(`${plain}    data_\u200btype: email\n`)
        .diagnostics.map((one) => one.code)
        .sort(),
    ).toEqual(['duplicate-key', 'hidden-character']);
  });

  it('are fine inside emoji, which people do see', () => {
    expect(load(optionsOf('["❤️", "👩‍🚀", "1️⃣"]')).diagnostics).toEqual([]);
    expect(load(optionsOf('["a\u200db"]')).diagnostics.map((one) => one.code)).toEqual(['hidden-character']);
  });

  it('include a line break of old computers, even in comments', () => {
    expect(places(`# comment\rmodule: X\n${plain}`)).toEqual(['hidden-character@1:10']);
    expect(load(plain.replaceAll('\n', '\r\n')).diagnostics).toEqual([]);
  });
});

describe('layout', () => {
  it('a tab as indentation', () => {
    const { diagnostics } = load('module: Deals\nfields:\n\t- api_name: Risk\n');
    expect(diagnostics.map((one) => one.code)).toEqual(['yaml-tab']);
    expect(diagnostics[0]).toMatchObject({ line: 3, column: 1 });
  });

  it('a colon inside a text', () => {
    expect(places(plain.replace('label: Risk', 'label: Risk: high'))).toEqual(['yaml-syntax@4:18']);
  });

  it('a bracket or quote that is never closed, at the place where it opens', () => {
    expect(places(`${plain}    tooltip: "Help\n`)).toEqual(['yaml-unclosed@6:14']);
    expect(places(`${plain}    tooltip: 'It''s\n`)).toEqual(['yaml-unclosed@6:14']);
    expect(places(`${plain}    profiles: { Standard: hidden\n`)).toEqual(['yaml-unclosed@6:15']);
  });

  it('brackets that nest without end', () => {
    expect(load(`module: ${'['.repeat(4000)}`).diagnostics.map((one) => one.code)).toEqual(['too-deep']);
    expect(load(`${'- '.repeat(4000)}a`).diagnostics.map((one) => one.code)).toEqual(['too-deep']);
    expect(load(`module: ${'['.repeat(13)}${']'.repeat(13)}`).diagnostics.map((one) => one.code)).toContain(
      'too-deep',
    );
  });

  it('does not hide the problems of other documents', () => {
    const text = `module: ${'['.repeat(4000)}\n---\n${plain.replace('text', 'txt')}`;
    expect(load(text).diagnostics.map((one) => one.code)).toEqual(['too-deep', 'unknown-data-type']);
  });
});

describe('numbers', () => {
  it.each([
    ['010', 10],
    ['1e2', 100],
    ['0x10', 16],
    ['0o17', 15],
    ['+5', 5],
    ['5.', 5],
  ])('written as %s are read as %i, which not everybody expects', (written, number) => {
    const { diagnostics } = load(`${plain}    length: ${written}\n`);
    expect(diagnostics.map((one) => [one.code, one.line, one.column])).toEqual([['odd-number', 6, 13]]);
    expect(diagnostics[0]?.message).toBe(`YAML reads ${written} as the number ${number}.`);
  });

  it('that JavaScript would change without a word', () => {
    expect(places(`${plain}    length: 9007199254740993\n`)).toEqual(['number-too-large@6:13']);
  });

  it('of auto-numbers may be digits in quotes, which need no exactness', () => {
    const text = (start: string) =>
      `${plain.replace('text', 'autonumber')}    auto_number: { start_number: ${start} }\n`;
    expect(onlyField(text('1000')).declared).toEqual({ auto_number: { start_number: 1000 } });
    expect(onlyField(text("'1000'")).declared).toEqual({ auto_number: { start_number: 1000 } });
    expect(onlyField(text("'0001'")).declared).toEqual({ auto_number: { start_number: '0001' } });
    expect(onlyField(text("'9999999999999999'")).declared).toEqual({
      auto_number: { start_number: '9999999999999999' },
    });
  });
});

describe('a line in the wrong column', () => {
  const head = ['module: Deals', 'fields:', '  - api_name: Risk', '    field_label: Risk'];
  const next = ['  - api_name: Other_', '    field_label: Other', '    data_type: text'];
  const told = (...lines: readonly string[]): string[] => markedPlaces([...lines, ''].join('\n'));

  it.each<readonly [string, readonly string[], string]>([
    ['one blank too little', ['   data_type: text'], 'yaml-indentation@5:4 data_type'],
    [
      'one blank too little, and the next as it should be',
      ['   data_type: text', '    length: 5'],
      'yaml-indentation@5:4 data_type',
    ],
    ['one blank too much', ['     data_type: text'], 'yaml-indentation@5:6 data_type'],
    [
      'one blank too much, behind a comment',
      ['# why', '', '     data_type: text'],
      'yaml-indentation@7:6 data_type',
    ],
    ['at the edge', [' data_type: text'], 'yaml-indentation@5:2 data_type'],
    [
      'a key inside another, too far to the left',
      ['    data_type: text', '    tooltip:', '      name: info_icon', '     value: x'],
      'yaml-indentation@8:6 value',
    ],
    [
      'a key inside another, too far to the right',
      ['    data_type: text', '    tooltip:', '      name: info_icon', '       value: x'],
      'yaml-indentation@8:8 value',
    ],
    [
      'a key below one that has a value',
      ['    data_type: text', '    tooltip: Help', '      name: info_icon'],
      'yaml-indentation@7:7 name',
    ],
    [
      'an option',
      ['    data_type: picklist', '    pick_list_values:', '      - a', '     - b', '      - c'],
      'yaml-indentation@8:6 -',
    ],
    [
      'an option, behind a comment',
      ['    data_type: picklist', '    pick_list_values:', '      - a # one', '     # two', '     - b'],
      'yaml-indentation@9:6 -',
    ],
  ])('%s is told as that, once, at its place', (_story, lines, expected) => {
    expect(told(...head, ...lines)).toEqual([expected]);
    expect(told(...head, ...lines, ...next)[0]).toBe(expected);
    // The same with line breaks of Windows.
    expect(places([...head, ...lines, ''].join('\r\n'))).toEqual([expected.split(' ')[0]]);
  });

  it('is told for a field, and for the list of fields', () => {
    expect(told(...head, '    data_type: text', ...next.map((line) => line.slice(1)))).toEqual([
      'yaml-indentation@6:2 -',
    ]);
    expect(told('module: Deals', ' fields:', ...head.slice(2), '    data_type: text')).toEqual([
      'yaml-indentation@2:2 fields',
    ]);
  });

  it('is told each time', () => {
    const wrong = ['  - api_name: Two', '     field_label: Two', '      data_type: text'];
    expect(told(...head, '   data_type: text', ...wrong, ...next)).toEqual([
      'yaml-indentation@5:4 data_type',
      'yaml-indentation@7:6 field_label',
      'yaml-indentation@8:7 data_type',
    ]);
  });

  it('is not blamed for a colon, a comma or a bracket that is missing', () => {
    const codes = (...lines: readonly string[]) => told(...head, ...lines).map((one) => one.split(' ')[0]);
    expect(codes('    data_type text')).toEqual(['yaml-syntax@5:5']);
    expect(codes('    data_type:text', '    length: 5')).toEqual(['yaml-syntax@5:5']);
    expect(codes('    data_type: text: x')).toEqual(['yaml-syntax@5:16']);
    expect(codes('    pick_list_values: [a', '    data_type: picklist')).toEqual(['yaml-unclosed@5:23']);
  });
});
