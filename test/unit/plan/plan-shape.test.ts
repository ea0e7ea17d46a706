import { describe, expect, it } from 'vitest';
import { isShallow } from '../../../src/model/kept-file.ts';
import { hasPlanShape } from '../../../src/plan/saved-plan.ts';

const field = {
  api_name: 'Risk',
  data_type: 'text',
  create: true,
  field_label: 'Risk',
  maps_from: 'Leads.Risk',
  declared: { length: 50 },
  line: 3,
  column: 5,
};
const entry = {
  module: 'Deals',
  action: 'drift',
  field,
  id: '2',
  differences: [{ key: 'length', want: 50, live: null, permanent: false }],
  reasons: [{ code: 'x', message: 'Words.', remedy: 'Do.', notice: true, stanza: '- {}' }],
};
const WHOLE = {
  format_version: '1.0',
  kind: 'saved-plan',
  plan_id: '2222-3333',
  digest: 'f',
  manifest: { path: 'fields.yaml', sha256: 'f' },
  modules: [{ module: 'Deals', anchors: ['1'], entries: [entry] }],
};

type Path = readonly (string | number)[];
type Tree = Readonly<Record<string | number, unknown>>;

/** Every place of a value, from the outside in. */
function placesOf(value: unknown, path: Path = []): readonly Path[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [
    ...(path.length === 0 ? [] : [path]),
    ...inner.flatMap(([key, one]) => placesOf(one, [...path, Array.isArray(value) ? Number(key) : key])),
  ];
}

/** The value with something else, or nothing, in one place. */
function changed(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to;
  const tree = value as Tree;
  const inner = changed(tree[key], rest, to);
  if (Array.isArray(value)) return value.map((one: unknown, index) => (index === key ? inner : one));
  const { [key]: _old, ...others } = tree;
  return inner === undefined ? others : { ...others, [key]: inner };
}

const at = (path: Path): unknown => path.reduce<unknown>((value, key) => (value as Tree)[key], WHOLE);
const nameOf = (path: Path): string => path.filter((key) => typeof key === 'string').join('.');
const PLACES = placesOf(WHOLE).filter((path) => !nameOf(path).endsWith('declared.length'));
const OPTIONAL = [
  'field.field_label',
  'field.maps_from',
  'id',
  'reasons.remedy',
  'reasons.notice',
  'reasons.stanza',
].map((name) => `modules.entries.${name}`);
/** What is shown of a difference may be anything. */
const ANYTHING = ['modules.entries.differences.want', 'modules.entries.differences.live'];

describe('the shape of a saved plan', () => {
  it('is that of a plan with everything that a plan can have', () => {
    expect(hasPlanShape(WHOLE)).toBe(true);
    for (const action of ['create', 'in_sync', 'conflict'])
      expect(hasPlanShape(changed(WHOLE, ['modules', 0, 'entries', 0, 'action'], action))).toBe(true);
  });

  it('lacks no key but those that a plan may lack', () => {
    const keys = PLACES.filter((path) => typeof path.at(-1) === 'string');
    const missing = keys.filter((path) => hasPlanShape(changed(WHOLE, path, undefined))).map(nameOf);
    expect(missing).toEqual(OPTIONAL);
  });

  it('has nothing of another kind in any place', () => {
    const others = ['text', 7, true, null, ['text'], { a: 1 }];
    const kindOf = (value: unknown): string =>
      Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
    const taken = PLACES.filter((path) =>
      others.some((other) => kindOf(other) !== kindOf(at(path)) && hasPlanShape(changed(WHOLE, path, other))),
    );
    expect(taken.map(nameOf)).toEqual(ANYTHING);
    expect(hasPlanShape(changed(WHOLE, ['modules', 0, 'entries', 0, 'action'], 'delete'))).toBe(false);
  });

  it('has no key that no plan has, but in what a field declares', () => {
    const objects = [[], ...PLACES].filter((path) => {
      const value = at(path);
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    });
    const open = objects.filter((path) => hasPlanShape(changed(WHOLE, [...path, 'extra'], 'x')));
    expect(open.map(nameOf)).toEqual(['modules.entries.field.declared']);
  });

  it.each([null, 'text', [], [WHOLE]])('is not that of %j', (value) => {
    expect(hasPlanShape(value)).toBe(false);
  });
});

describe('nesting', () => {
  const nest = (levels: number): unknown =>
    Array.from({ length: levels }).reduce<unknown>((inner) => ({ inner }), 'x');

  it('is shallow up to a hundred levels', () => {
    expect([nest(0), nest(100), null, [], [nest(99), 'x']].every((one) => isShallow(one))).toBe(true);
    expect([nest(101), [nest(100)], { a: 1, b: nest(100) }].some((one) => isShallow(one))).toBe(false);
  });
});
