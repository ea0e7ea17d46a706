import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/model/problem.ts';
import type { ZohoReader } from '../../../src/zoho/reader.ts';
import { incompleteLists, wholeLists, type ListAnswer } from '../../support/incomplete-lists.ts';
import { readerOf } from './reader-of.ts';

const FIELDS = Array.from({ length: 7 }, (_, index) => ({
  id: `60842170000000${index}`,
  api_name: `Field_${index}`,
  field_label: `Field ${index}`,
  data_type: 'text',
  // Most are ours, so that half of the list may well be without a standard one.
  custom_field: index !== 0,
}));

/** A reader to whom the pages are sent in the order of their numbers, and the last one for any further number. */
const readerOfPages = (pages: readonly ListAnswer[]): ZohoReader =>
  readerOf(({ url }) => {
    const number = Number(new URL(url).searchParams.get('page') ?? '1');
    const { status, body } = pages[number - 1] ?? pages.at(-1) ?? expect.fail('there is a page');
    return { status, text: body };
  });

async function refusalOf(work: Promise<unknown>): Promise<Problem> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  return error instanceof Problem ? error : expect.fail(`it was believed: ${JSON.stringify(error)}`);
}

describe('only a complete list of fields is a list', () => {
  it.each(wholeLists(FIELDS))('$name is one', async ({ pages }) => {
    const fields = await readerOfPages(pages).fields('Deals', []);
    expect(fields.map((field) => field.id)).toEqual(FIELDS.map((field) => field.id));
  });

  it.each(incompleteLists(FIELDS))('$name is none', async ({ pages }) => {
    const { kind, diagnostics } = await refusalOf(readerOfPages(pages).fields('Deals', []));
    expect([kind, diagnostics[0]?.code]).toEqual(['unreachable', 'not-fields']);
    expect(diagnostics[0]?.message).toMatch(/did not send the module's fields as Zoho does: .+\. Nothing/);
  });

  it('says what was wrong with it', async () => {
    const told = async (name: string): Promise<string> => {
      const list = incompleteLists(FIELDS).find((one) => one.name === name) ?? expect.fail(name);
      return (await refusalOf(readerOfPages(list.pages).fields('Deals', []))).message;
    };
    expect(await told('all fields under HTTP 206')).toContain('HTTP 206, and only 200 is a whole list');
    expect(await told('HTTP 204')).toContain('HTTP 204, and only 200 is a whole list');
    expect(await told('an empty list')).toContain('it names no standard field, and every module has some');
    expect(await told('custom fields alone')).toContain('it names no standard field');
    expect(await told('fewer fields than it counts')).toContain('it holds fewer entries than it announces');
    expect(await told('a second page without fields')).toContain(
      'announces another page and then sends nothing',
    );
    expect(await told('the first page as the second one')).toContain(
      'page 2 holds the entry 608421700000000 of an earlier page',
    );
    expect(await told('the first page under its own number')).toContain('it sent page 1 instead of page 2');
    expect(await told('an info that is neither here nor there')).toContain('neither true nor false');
  });

  it('ends somewhere', async () => {
    const endless = readerOf(({ url }) => {
      const page = new URL(url).searchParams.get('page') ?? '1';
      const fields = [{ ...FIELDS[0], id: page }];
      return { status: 200, text: JSON.stringify({ fields, info: { more_records: true } }) };
    });
    expect((await refusalOf(endless.fields('Deals', []))).message).toContain('the list does not end');
  });
});

describe('the single read of a picklist whose options the list leaves out', () => {
  const picklist = { id: '9', api_name: 'Risk', data_type: 'picklist', custom_field: true };
  const withSingle = (single: ListAnswer): ZohoReader =>
    readerOf(({ url }) =>
      url.includes('settings/fields/9')
        ? { status: single.status, text: single.body }
        : { status: 200, text: JSON.stringify({ fields: [...FIELDS, picklist] }) },
    );
  const full = { ...picklist, pick_list_values: [{ display_value: 'A', actual_value: 'A' }] };

  it('fills them in', async () => {
    const fields = await withSingle({ status: 200, body: JSON.stringify({ fields: [full] }) }).fields(
      'Deals',
      ['Risk'],
    );
    expect(fields.find((field) => field.id === '9')?.wire).toEqual(full);
  });

  it.each<readonly [string, ListAnswer]>([
    ['HTTP 204', { status: 204, body: '' }],
    ['HTTP 206', { status: 206, body: JSON.stringify({ fields: [full] }) }],
    ['no field', { status: 200, body: '{"fields":[]}' }],
    ['another field', { status: 200, body: JSON.stringify({ fields: [{ ...full, id: '8' }] }) }],
    ['an object', { status: 200, body: JSON.stringify(full) }],
  ])('decides nothing as %s', async (_, single) => {
    const { kind } = await refusalOf(withSingle(single).fields('Deals', ['Risk']));
    expect(kind).toBe('unreachable');
  });
});

describe('the names of profiles and global picklists', () => {
  const ask = (answers: readonly ListAnswer[], list: 'profiles' | 'globalPicklists') =>
    readerOfPages(answers)[list]();
  const page = (key: string, ids: readonly number[], info?: object, status = 200): ListAnswer => ({
    status,
    body: JSON.stringify({
      [key]: ids.map((id) => ({ id: `${id}`, name: `N${id}`, api_name: `N${id}` })),
      info,
    }),
  });
  const KINDS = [
    ['profiles', 'profiles'],
    ['globalPicklists', 'global_picklists'],
  ] as const;

  it.each(KINDS)('%s are read to the last page', async (list, key) => {
    const names = await ask([page(key, [1, 2], { more_records: true }), page(key, [3])], list);
    expect([...(names?.keys() ?? [])]).toEqual(['N1', 'N2', 'N3']);
  });

  it.each(KINDS)('%s are refused where something is missing', async (list, key) => {
    const broken: readonly (readonly ListAnswer[])[] = [
      [page(key, [1], undefined, 206)],
      [page(key, [1], { count: 2 })],
      [page(key, [1], { more_records: true })],
      [page(key, [1], { more_records: true }), { status: 204, body: '' }],
    ];
    for (const answers of broken) expect((await refusalOf(ask(answers, list))).kind).toBe('unreachable');
  });

  it('204 says that there are no global picklists, and nothing of profiles', async () => {
    expect(await ask([{ status: 204, body: '' }], 'globalPicklists')).toEqual(new Map());
    expect((await refusalOf(ask([{ status: 204, body: '' }], 'profiles'))).kind).toBe('unreachable');
  });

  it('are read with their ids', async () => {
    const text = '{"profiles":[{"name":"Standard","id":"26014"},{"name":null,"id":"1"}]}';
    const reader = readerOf(() => ({ status: 200, text }));
    expect(await reader.profiles()).toEqual(new Map([['Standard', '26014']]));
  });

  it.each(['{}', 'null', '[]', '{"profiles":{}}', '{"data":[]}'])(
    'are not none where the answer %s is none of Zoho',
    async (text) => {
      for (const [list] of KINDS)
        expect((await refusalOf(readerOf(() => ({ status: 200, text }))[list]())).diagnostics[0]?.code).toBe(
          'not-names',
        );
    },
  );
});
