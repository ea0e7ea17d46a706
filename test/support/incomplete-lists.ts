/** An answer to one GET of a list. */
export interface ListAnswer {
  readonly status: number;
  readonly body: string;
}

/** Something that is sent in the place of a whole list, page by page; the last page is sent again for any further one. */
export interface IncompleteList {
  readonly name: string;
  readonly pages: readonly ListAnswer[];
}

type Item = object & { readonly custom_field?: unknown };

/** Every kind of answer that lacks something of a module's fields, or may lack something. */
export function incompleteLists(fields: readonly Item[]): readonly IncompleteList[] {
  const half = Math.ceil(fields.length / 2);
  const [first, second] = [fields.slice(0, half), fields.slice(half)];
  const page = (items: readonly object[], info?: object, status = 200): ListAnswer => ({
    status,
    body: JSON.stringify({ fields: items, ...(info === undefined ? {} : { info }) }),
  });
  const nothing = (status: number): ListAnswer => ({ status, body: '' });
  const more = { more_records: true, page: 1, count: first.length };
  const last = { more_records: false, page: 2, count: second.length };
  const custom = fields.filter((field) => field.custom_field === true);
  return [
    ...[201, 202, 203, 206, 207].map((status) => ({
      name: `all fields under HTTP ${status}`,
      pages: [page(fields, undefined, status)],
    })),
    { name: 'HTTP 204', pages: [nothing(204)] },
    { name: 'HTTP 200 without a body', pages: [nothing(200)] },
    { name: 'an empty list', pages: [page([])] },
    { name: 'custom fields alone', pages: [page(custom)] },
    { name: 'the first page alone', pages: [page(first, more), page(first, more)] },
    {
      name: 'the first page, announcing the next by its token',
      pages: [page(first, { next_page_token: 'x' })],
    },
    { name: 'a second page of HTTP 204', pages: [page(first, more), nothing(204)] },
    { name: 'a second page of HTTP 206', pages: [page(first, more), page(second, last, 206)] },
    { name: 'a second page without fields', pages: [page(first, more), page([], { ...last, count: 0 })] },
    {
      name: 'a second page of another form',
      pages: [page(first, more), { status: 200, body: '{"data":[]}' }],
    },
    {
      name: 'the first page as the second one',
      pages: [page(first, more), page(first, { more_records: false })],
    },
    { name: 'the first page under its own number', pages: [page(first, more), page(second, { page: 1 })] },
    {
      name: 'a field of the first page on the second one',
      pages: [page(first, more), page([...second, ...first.slice(-1)])],
    },
    {
      name: 'fewer fields than it counts',
      pages: [page(first, { count: fields.length, more_records: false })],
    },
    {
      name: 'a second page with fewer fields than it counts',
      pages: [page(first, more), page(second.slice(1), last)],
    },
    {
      name: 'pages with fewer fields than they count together',
      pages: [
        page(first, { more_records: true, count: fields.length }),
        page(second.slice(1), { count: fields.length }),
      ],
    },
    {
      name: 'one field in the place of another one',
      pages: [page([...fields.slice(1), ...fields.slice(-1)], { count: fields.length })],
    },
    { name: 'an info that is a list', pages: [page(fields, [])] },
    { name: 'an info that is neither here nor there', pages: [page(fields, { more_records: 'no' })] },
    { name: 'a count that is no number', pages: [page(fields, { count: 'many' })] },
    { name: 'a field that is none', pages: [page([...fields.slice(1), {}])] },
  ];
}

/** Whole lists in every form in which Zoho might send one. */
export function wholeLists(fields: readonly Item[]): readonly IncompleteList[] {
  const half = Math.ceil(fields.length / 2);
  const parts = [fields.slice(0, half), fields.slice(half)];
  const page = (items: readonly object[], info?: object): ListAnswer => ({
    status: 200,
    body: JSON.stringify({ fields: items, ...(info === undefined ? {} : { info }) }),
  });
  const paged = (infoOf: (number: number, count: number) => object) =>
    parts.map((items, index) => page(items, infoOf(index + 1, items.length)));
  const isFirst = (number: number): boolean => number === 1;
  return [
    { name: 'one page without info', pages: [page(fields)] },
    { name: 'an info that is null', pages: [{ status: 200, body: JSON.stringify({ fields, info: null }) }] },
    { name: 'an info that says nothing', pages: [page(fields, {})] },
    {
      name: 'an info as lists of records have it',
      pages: [
        page(fields, {
          per_page: 200,
          count: fields.length,
          page: 1,
          more_records: false,
          next_page_token: null,
        }),
      ],
    },
    { name: 'numbers that are texts', pages: [page(fields, { count: String(fields.length), page: '1' })] },
    {
      name: 'two pages that count themselves',
      pages: paged((number, count) => ({ page: number, count, more_records: isFirst(number) })),
    },
    {
      name: 'two pages that count them all',
      pages: paged((number) => ({ page: number, count: fields.length, more_records: isFirst(number) })),
    },
    { name: 'two pages that count nothing', pages: paged((number) => ({ more_records: isFirst(number) })) },
  ];
}
