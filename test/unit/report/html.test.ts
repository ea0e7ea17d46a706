import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../src/model/problem.ts';
import {
  data,
  diagnosticTable,
  paragraph,
  strong,
  type Block,
  type Document,
  type Words,
} from '../../../src/report/media/document.ts';
import { html } from '../../../src/report/media/html.ts';

/** The page without its head, whose style would hide everything else. */
function bodyOf(...blocks: readonly Block[]): string {
  const document: Document = {
    kind: 'plan',
    manifest: 'fields.yaml',
    title: 'A <title>',
    lead: [['One & two.'], [strong('<three>')]],
    blocks,
    closing: [paragraph('The end.')],
  };
  return html(document).replace(/^.*<body>\n/su, '');
}

describe('a page', () => {
  it('says what to do once, in the last row of those that it is the same for', () => {
    const one = (message: string, remedy: string): Diagnostic => ({
      severity: 'error',
      code: 'x',
      message,
      remedy,
    });
    const page = bodyOf(
      diagnosticTable([one('First.', 'Log in.'), one('Second.', 'Log in.'), one('Third.', 'Wait.')]),
    );
    expect(page.match(/First|Second|Third|Log in|Wait/gu)).toEqual([
      'First',
      'Second',
      'Log in',
      'Third',
      'Wait',
    ]);
  });

  it('has its parts in their order, and every text as text', () => {
    const page = bodyOf(
      { is: 'heading', words: ['A', data(''), data('<b>\u001b')] },
      { is: 'list', items: [['first'], [strong('second\u202e')]] },
      { is: 'code', text: 'a\n  b\u001b<' },
      {
        is: 'table',
        unit: 'field',
        head: ['What', 'Field'],
        rows: [
          { tone: 'good', cells: [['new'], [data('A')]] },
          { tone: 'bad', cells: [['x'], ['y'], ['beyond the head']] },
        ],
      },
      { is: 'fold', summary: 'More <', blocks: [paragraph('inside'), { is: 'list', items: [] }] },
    );
    expect(page).toBe(`<main>
<h1>A &lt;title&gt;</h1>
<div class="lead">
<p>One &amp; two.</p>
<p><strong>&lt;three&gt;</strong></p>
</div>
<h2>A<code>&quot;&quot;</code><code>&lt;b&gt;\\x1b</code></h2>
<ul>
<li>first</li>
<li><strong>second\\u{202e}</strong></li>
</ul>
<pre>a
  b\\x1b&lt;
</pre>
<table>
<thead><tr><th scope="col">What</th><th scope="col">Field</th></tr></thead>
<tbody>
<tr class="good"><td data-column="What">new</td><td class="name" data-column="Field"><code>A</code></td></tr>
<tr class="bad"><td data-column="What">x</td><td data-column="Field">y</td><td data-column="">beyond the head</td></tr>
</tbody>
</table>
<details>
<summary>More &lt;</summary>
<p>inside</p>
<ul>
</ul>
</details>
<footer>
<p>The end.</p>
</footer>
</main>
</body>
</html>
`);
  });

  it('keeps a name by itself in one line, and nothing else', () => {
    const cells: readonly Words[] = [
      [data('x'.repeat(20))],
      [data('x'.repeat(21))],
      [data('two words')],
      [data('A'), ' and more'],
      [strong('A')],
      ['A'],
    ];
    const page = bodyOf({ is: 'table', unit: 'field', head: ['What'], rows: [{ tone: 'good', cells }] });
    expect([...page.matchAll(/<td([^>]*?) data-column/gu)].map(([, kind]) => kind)).toEqual([
      ' class="name"',
      ...Array.from({ length: 5 }, () => ''),
    ]);
  });

  it('has its parts in their order where it has none but the lead', () => {
    expect(bodyOf()).toContain('</div>\n<footer>\n<p>The end.</p>\n</footer>');
  });
});
