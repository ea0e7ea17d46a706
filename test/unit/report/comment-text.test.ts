import { describe, expect, it } from 'vitest';
import { data, paragraph, strong, type Block, type Document } from '../../../src/report/media/document.ts';
import { markdown } from '../../../src/report/media/markdown.ts';
import { LONG } from './long-comment.ts';

describe('a comment', () => {
  const document = (blocks: readonly Block[], closing: readonly Block[] = []): Document => ({
    kind: 'diff',
    manifest: 'a--b.yaml',
    title: 'No title',
    lead: [['One & two.'], [strong('three|')]],
    blocks,
    closing,
  });

  it('has its parts in their order, and every text as text', () => {
    const blocks: readonly Block[] = [
      { is: 'heading', words: ['A', data('')] },
      { is: 'paragraph', words: ['  - b', data('`')] },
      { is: 'list', items: [['first'], [strong('second*')]] },
      { is: 'code', text: 'a\n  b\u001b' },
      {
        is: 'table',
        unit: 'field',
        head: ['What', 'Field'],
        rows: [
          { tone: 'good', cells: [['new'], [data('A|B')]] },
          { tone: 'bad', cells: [[' x|'], []] },
        ],
      },
      { is: 'fold', summary: 'More <', blocks: [paragraph('inside'), paragraph()] },
      { is: 'fold', summary: 'Nothing', blocks: [] },
    ];
    expect(markdown(document(blocks, [paragraph('The end.'), paragraph()])))
      .toBe(`<!-- zoho-fields diff manifest="a-%2Db.yaml" -->

One &#38; two.\\
**three&#124;**

#### A\`""\`

&#32; - b\`\` \` \`\`

- first
- **second&#42;**

\`\`\`text
a
  b\\x1b
\`\`\`

| What | Field |
| --- | --- |
| new | \`A\\|B\` |
| &#32;x&#124; |  |

<details><summary>More &#60;</summary>

inside

</details>

<details><summary>Nothing</summary>

</details>

The end.
`);
  });

  it('needs no lead', () => {
    expect(markdown({ ...document([]), lead: [] })).toBe(
      '<!-- zoho-fields diff manifest="a-%2Db.yaml" -->\n\n\n',
    );
  });
});

describe('what is left of a comment', () => {
  it('says of each thing that has no room that it is left out, or leaves it out as a whole', () => {
    const [, ...parts] = markdown(LONG, 300).split('\n\n');
    expect(parts).toEqual([
      '**300 new fields** are added.\\\nEveryone will see them.',
      'Details: left out here.',
      'Frames: left out here.',
      '**This comment was cut:** it may hold 65,536 characters. Every place above says what it leaves out; the formats html and json hold everything.',
      'Plan `AAAA-BBBB` ends here.\n',
    ]);
  });

  it('says of a table and of a list how much is missing, below what is shown of it', () => {
    const text = markdown(LONG, 764);
    expect(text).toContain('| &#43; new | `First_0` |\n\n… and 299 more fields, left out here.\n\n');
    expect(text).toContain('- `Item_7`\n- … and 292 more, left out here.\n\n</details>');
    const none = markdown(LONG, 763);
    expect(none).toContain('\n\n… and 300 more fields, left out here.\n\n#### Then');
    expect(none).not.toContain('| What |');
    const two: Document = { ...LONG, blocks: [{ is: 'list', items: [['x'.repeat(200)], ['y']] }] };
    expect(markdown(two, 500)).toContain('\n\n- … and 2 more, left out here.\n\n');
    expect(markdown(two, 328)).toContain('2 more, left out here.');
    expect(markdown(two, 327)).not.toContain('2 more, left out here.');
    const wide = { tone: 'good', cells: [['x'.repeat(300)]] } as const;
    const one: Document = { ...LONG, blocks: [{ is: 'table', unit: 'field', head: ['A'], rows: [wide] }] };
    expect(markdown(one, 500)).toContain('\n\n… and 1 more field, left out here.\n\n');
  });

  it('keeps no more room for a paragraph than it needs', () => {
    const [table] = LONG.blocks;
    const blocks = table === undefined ? [] : [table, paragraph('Behind it.')];
    const text = markdown({ ...LONG, blocks }, 2_000);
    expect(text.match(/^\| &#43; new/gmu)).toHaveLength(60);
    expect(text).toContain('\n\nBehind it.\n\n');
  });

  const rows = (most: number): readonly number[] => {
    const text = markdown(LONG, most);
    const shown = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
    return [text.length, shown(/^\| &#43; new/gmu), shown(/^- `Item/gmu), shown(/x{30000}/gu)];
  };

  it.each([
    [300, 344, 0, 0, 0],
    [600, 435, 0, 3, 0],
    [763, 598, 0, 13, 0],
    [764, 598, 1, 8, 0],
    [1000, 832, 10, 8, 0],
    [4000, 3833, 120, 9, 0],
    [8988, 8826, 298, 10, 0],
    [8989, 8823, 300, 8, 0],
    [12_650, 12_484, 300, 297, 0],
    [12_651, 12_492, 300, 300, 0],
    [42_534, 12_492, 300, 300, 0],
    [42_535, 42_386, 300, 300, 1],
  ])('of %i characters: %i are used, for %i rows, %i items and %i frames', (most, ...left) => {
    expect(rows(most)).toEqual(left);
  });
});
