import { describe, expect, it } from 'vitest';
import { markdown } from '../../../src/report/media/markdown.ts';
import { markdownSins } from './judges.ts';
import { LONG } from './long-comment.ts';

describe('a comment that would be too long', () => {
  it.each([1_500, 2_000, 4_000, 8_000, 12_000, 20_000, 40_000])(
    'fits %i characters and keeps its meaning',
    (most) => {
      const text = markdown(LONG, most);
      expect(text.length).toBeLessThanOrEqual(most);
      expect(text).toMatch(/^<!-- zoho-fields plan manifest="fields\.yaml" digest="0123456" -->\n/u);
      expect(text).toContain('**300 new fields** are added.');
      expect(text).toContain('Everyone will see them.');
      expect(text.trimEnd()).toMatch(/Plan `AAAA-BBBB` ends here\.$/u);
      expect(text).toContain('This comment was cut');
      expect(text.split('<details>')).toHaveLength(text.split('</details>').length);
      expect(markdownSins(text)).toEqual([]);
    },
  );

  it('says at each place how much is missing', () => {
    const text = markdown(LONG, 8_000);
    const shown = text.match(/^\| &#43; new/gmu)?.length ?? 0;
    expect(text).toContain(`… and ${300 - shown} more fields, left out here.`);
    expect(text).toContain('Frames: left out here.');
  });

  it('is whole, and says nothing of a cut, where it fits', () => {
    const text = markdown(LONG);
    expect(text).not.toContain('This comment was cut');
    expect(text).toContain('First_299');
    expect(text).toContain('Item_299');
  });
});
