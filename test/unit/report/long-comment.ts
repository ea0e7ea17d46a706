import { data, paragraph, strong, type Document } from '../../../src/report/media/document.ts';

const row = (name: string): Document['blocks'][number] => ({
  is: 'table',
  unit: 'field',
  head: ['What', 'Field'],
  rows: Array.from({ length: 300 }, (_, index) => ({
    tone: 'good' as const,
    cells: [['+ new'], [data(`${name}_${index}`)]],
  })),
});

/** A document with far more in it than a comment may hold. */
export const LONG: Document = {
  kind: 'plan',
  manifest: 'fields.yaml',
  digest: '0123456',
  title: 'Long',
  lead: [[strong('300 new fields'), ' are added.'], ['Everyone will see them.']],
  blocks: [
    row('First'),
    { is: 'heading', words: ['Then'] },
    {
      is: 'fold',
      summary: 'Details',
      blocks: [{ is: 'list', items: Array.from({ length: 300 }, (_, index) => [data(`Item_${index}`)]) }],
    },
    { is: 'fold', summary: 'Frames', blocks: [{ is: 'code', text: 'x'.repeat(30_000) }] },
  ],
  closing: [paragraph('Plan ', data('AAAA-BBBB'), ' ends here.')],
};
