import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import {
  markdownCellCode,
  markdownCode,
  markdownFence,
  markdownSummary,
  markdownText,
  markerText,
  commandData,
  commandProperty,
  inertJson,
  jsonText,
} from '../../../src/report/media/escape.ts';
import { visible, visibleShort } from '../../../src/model/visible.ts';
import { htmlText, markdownSins, parseCommand, rawControls, runnerSins } from './judges.ts';
import { PAYLOADS } from './payloads.ts';

/** As they are; whole reports meet the other forms. */
const TEXTS = PAYLOADS.filter((_, index) => index % 5 === 0);

/** The first payload for which `sinsOf` finds something, with what it finds. */
function sinner(sinsOf: (text: string) => readonly string[]): unknown {
  for (const text of TEXTS) {
    const sins = sinsOf(text);
    if (sins.length > 0) return { text, sins };
  }
  return undefined;
}

/** What people see of a comment, without the invisible characters that keep links away. */
function seen(comment: string): string {
  const page = micromark(comment, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return htmlText(`<!doctype html><title></title>${page}`).replaceAll('\u200b', '');
}

describe('visible text', () => {
  it.each([
    ['a\nb\rc\td', 'a\\nb\\rc\\td'],
    ['\u0000\u0007\u001b\u007f\u009b', '\\x00\\x07\\x1b\\x7f\\x9b'],
    ['\u202e\u2028\u2029\u200b\ufeff', '\\u{202e}\\u{2028}\\u{2029}\\u{200b}\\u{feff}'],
    ['\ue000\u{e0041}\u{f0000}', '\\u{e000}\\u{e0041}\\u{f0000}'],
    [
      '\ufe0f\u034f\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0',
      '\\u{fe0f}\\u{34f}\\u{115f}\\u{1160}\\u{17b4}\\u{17b5}\\u{180e}\\u{3164}\\u{ffa0}',
    ],
    ['a\ud800b', 'a\ufffdb'],
    ['##[error]x ###[group]', '#\\x23[error]x ##\\x23[group]'],
    ['::error::x', ':\\x3aerror::x'],
    ['say ::error::x', 'say :\\x3aerror::x'],
    ['a::b :c: d:', 'a::b :c: d:'],
    ['Größe 金額 🎉 ok', 'Größe 金額 🎉 ok'],
  ])('is written out where it acts, example %#', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('is cut to a length, with a sign that it was', () => {
    expect(visibleShort('x'.repeat(300))).toBe('x'.repeat(300));
    expect(visibleShort('x'.repeat(301))).toBe(`${'x'.repeat(299)}…`);
    expect(visibleShort('abcdef', 5)).toBe('abcd…');
    expect(visibleShort('\u001b'.repeat(4), 5)).toBe('\\x1b…');
  });
});

describe('JSON', () => {
  it.each([
    ['\u001b', '"\\u001b"'],
    ['a\nb', '"a\\nb"'],
    ['\u007f\u009b', '"\\u007f\\u009b"'],
    ['\u202e', '"\\u202e"'],
    ['\u{e0041}', '"\\udb40\\udc41"'],
    ['\u034f', '"\\u034f"'],
    ['\ud800', '"\\ud800"'],
    ['##[x', '"#\\u0023[x"'],
    ['Größe 金額 🎉', '"Größe 金額 🎉"'],
  ])('has nothing that acts and gives it back, example %#', (text, json) => {
    expect(inertJson(text)).toBe(json);
    expect(JSON.parse(json)).toBe(text);
  });

  it('is laid out for people and ends its last line', () => {
    expect(jsonText({ a: ['##['] })).toBe('{\n  "a": [\n    "#\\u0023["\n  ]\n}\n');
  });

  it('acts for no payload', () => {
    expect(
      sinner((text) => [...rawControls(inertJson(text)), ...runnerSins(inertJson(text))]),
    ).toBeUndefined();
  });
});

describe('text in a comment', () => {
  it.each([
    ['@acme', '@&#8203;acme'],
    ['see #1 # GH-1', 'see #&#8203;1 # GH-&#8203;1'],
    [':tada: a:b https://x', ':&#8203;tada: a:b https:&#8203;//x'],
    ['www.x mailto:a', 'www&#8203;.x mailto:&#8203;a'],
    ['deadbeef1', 'deadbe&#8203;ef1'],
    ['1abcdef2', '1abcde&#8203;f2'],
    ['1234567a', '123456&#8203;7a'],
    ['defaced', 'defaced'],
    ['60842170000000', '60842170000000'],
    ['- a', '&#45; a'],
    ['1. a', '1&#46; a'],
    ['12) a-b', '12&#41; a-b'],
    [
      'a * _ ` [ ] < > & | ~ $ ^ { } \\',
      'a &#42; &#95; &#96; &#91; &#93; &#60; &#62; &#38; &#124; &#126; &#36; &#94; &#123; &#125; &#92;',
    ],
  ])('has what Markdown or GitHub would act on as a reference, example %#', (text, written) => {
    expect(markdownText(text)).toBe(written);
  });

  /** Every place that a comment has for text. */
  const everyPlace = (text: string): string =>
    [
      markdownText(text),
      `#### ${markdownText(text)}`,
      `<details><summary>${markdownSummary(text)}</summary>\n\n</details>`,
      markdownCode(text),
      `- ${markdownText(text)}\n- ${markdownCode(text)}`,
      markdownFence(text),
      table(markdownText(text), markdownCellCode(text)),
    ].join('\n\n');

  it('acts in no place, for no payload', () => {
    expect(
      sinner((text) => {
        const comment = everyPlace(text);
        return [...markdownSins(comment), ...rawControls(comment), ...runnerSins(comment)];
      }),
    ).toBeUndefined();
  });

  it('is what is seen of it', () => {
    expect(
      sinner((text) => otherThan(seen(markdownText(text)).trim(), visible(text).trim())),
    ).toBeUndefined();
    expect(
      sinner((text) => otherThan(seen(`x ${markdownSummary(text)}`), `x ${visible(text)}`.trim())),
    ).toBeUndefined();
  });

  it('is exact in a code span, blanks and fences included', () => {
    const texts = [...TEXTS, ' ', '  ', ' a', 'a ', ' a ', '`', ' `', '`a', 'a`', 'a``b`', '`` '];
    const wrong = texts.find((text) => seen(markdownCode(text)) !== visible(text));
    expect(wrong).toBeUndefined();
    expect(markdownCode('')).toBe('`""`');
    expect(markdownCode('a')).toBe('`a`');
    expect(markdownCode('a`b')).toBe('``a`b``');
    expect(markdownCode('`a')).toBe('`` `a ``');
    expect(markdownCode('a`')).toBe('`` a` ``');
    expect(markdownCode(' a')).toBe('` a`');
    expect(markdownCode('a ')).toBe('`a `');
    expect(markdownCode('a b ')).toBe('`a b `');
    expect(markdownCode(' a b')).toBe('` a b`');
    expect(markdownCode(' a ')).toBe('`  a  `');
  });

  it('keeps a bar inside its cell, whatever stands before it', () => {
    expect(markdownCellCode('a|b')).toBe('`a\\|b`');
    expect(markdownCellCode('a\\|b')).toBe('`a\\\\x7cb`');
    expect(seen(table('one', markdownCellCode('a|b')))).toContain('a|b');
  });

  it('stays within a fence that is longer than any in it', () => {
    expect(markdownFence('a\nb\u001b')).toBe('```text\na\nb\\x1b\n```');
    expect(markdownFence('````\n``')).toBe('`````text\n````\n``\n`````');
  });
});

function table(...cells: readonly string[]): string {
  return `| A | B |\n| --- | --- |\n| ${cells.join(' | ')} |`;
}

function otherThan(text: string, wanted: string): readonly string[] {
  return text === wanted ? [] : [text];
}

describe('the hidden marker', () => {
  it('is closed by no payload, and short', () => {
    expect(
      sinner((text) => [
        ...(/^[\w./!~*'()%-]*$/u.test(markerText(text)) ? [] : ['other signs']),
        ...(/--/u.test(markerText(text)) ? ['an end'] : []),
      ]),
    ).toBeUndefined();
    expect(markerText('x'.repeat(500))).toBe('x'.repeat(200));
    expect(markerText('a/b c.yaml')).toBe('a/b%20c.yaml');
    expect(markerText('--->')).toBe('-%2D-%3E');
    expect(markerText(`${'x'.repeat(199)}🎉`)).toBe(`${'x'.repeat(199)}%EF%BF%BD`);
    expect(markerText('\ud800')).toBe('%EF%BF%BD');
  });
});

describe('a workflow command', () => {
  it('reads back what was meant, and nothing else, for every payload', () => {
    expect(
      sinner((text) => {
        const line = `::notice file=a,title=${commandProperty(text)}::${commandData(text)}`;
        const command = parseCommand(line);
        const lines = text.split('\n').map((one) => visible(one));
        return [
          ...rawControls(line),
          ...otherThan(command?.name ?? '', 'notice'),
          ...otherThan([...(command?.properties.keys() ?? [])].join(' '), 'file title'),
          ...otherThan(command?.properties.get('title') ?? '', visible(text)),
          ...otherThan(command?.data ?? '', lines.join('\n')),
        ];
      }),
    ).toBeUndefined();
  });

  it('keeps the signs that would end it', () => {
    expect(commandProperty('a:b,c%d')).toBe('a%3Ab%2Cc%25d');
    expect(commandData('a:b,c%d\ne\rf')).toBe('a:b,c%25d%0Ae\\rf');
  });
});
