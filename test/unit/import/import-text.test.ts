import { describe, expect, it } from 'vitest';
import { importModule } from '../../../src/import/import-module.ts';
import { loadManifest } from '../../../src/manifest/load.ts';
import type { Json, JsonObject } from '../../../src/model/json.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { examples, liveFields } from '../../support/organisation.ts';

const text = (
  wires: readonly JsonObject[],
  more: { all?: boolean; sorted?: boolean; schema?: string } = {},
) => importModule({ module: 'Deals', live: liveFields(wires), all: false, sorted: false, ...more });

/** A custom text field with what a test says about it. */
const field = (api_name: string, more: JsonObject = {}): JsonObject => ({
  api_name,
  field_label: api_name.replaceAll('_', ' '),
  data_type: 'text',
  custom_field: true,
  length: 255,
  ...more,
});

/** The stanza of one field, without its indentation. */
function stanza(wire: JsonObject): string {
  const lines = text([wire])?.text.split('\n').slice(2) ?? [];
  return lines
    .map((line) => line.slice(4))
    .join('\n')
    .trimEnd();
}

const listed = (...names: readonly string[]): Json =>
  names.map((name) => ({ display_value: name, actual_value: name, type: 'used' }));

describe('an imported manifest', () => {
  it('is what a person would have written', async () => {
    const schema = './node_modules/zoho-fields/dist/fields.schema.json';
    await expect(text(examples, { schema })?.text ?? '').toMatchFileSnapshot(
      '../../golden/adopting/import.yaml',
    );
  });

  it('leaves out what Zoho would do anyway', () => {
    const profiles = [
      { name: 'Administrator', permission_type: 'read_write', id: '1' },
      { name: 'Standard', permission_type: 'read_write', id: '2' },
    ];
    const wire = field('Plain', {
      profiles,
      unique: {},
      tooltip: null,
      crypt: null,
      filterable: true,
      external: null,
    });
    expect(stanza(wire)).toBe('api_name: Plain\nfield_label: Plain\ndata_type: text');
  });

  it('quotes what YAML programs do not agree about, and nothing else', () => {
    const options = listed(
      '010',
      'true',
      'No',
      '2026-01-31',
      '12:30',
      '1e3',
      '~',
      "it's",
      'a: b',
      'Plain words (1)',
      'Größe',
      '商談',
    );
    expect(stanza(field('Q', { data_type: 'picklist', pick_list_values: options }))).toContain(
      [
        "- '010'",
        "- 'true'",
        "- 'No'",
        "- '2026-01-31'",
        "- '12:30'",
        "- '1e3'",
        "- '~'",
        "- it's",
        "- 'a: b'",
        '- Plain words (1)',
        '- Größe',
        '- 商談',
      ].join('\n  '),
    );
  });

  it('writes options with their stored value where it differs, without -None- and what is unused', () => {
    const values = [
      { display_value: '-None-', actual_value: '-None-', type: 'used' },
      { display_value: 'Identify Decision Makers', actual_value: 'Id. Decision Makers', type: 'used' },
      { display_value: 'Gone', actual_value: 'Gone', type: 'unused' },
      { display_value: 'Won', actual_value: 'Won', type: 'used' },
    ];
    const written = stanza(field('S', { data_type: 'picklist', pick_list_values: values }));
    expect(written).toContain('{display_value: Identify Decision Makers, actual_value: Id. Decision Makers}');
    expect(written).not.toMatch(/None|Gone/u);
  });

  it("declares no options of a global picklist of which Zoho tells the id alone: they are not the field's own", () => {
    const global_picklist = { id: '6084217000000492003' };
    expect(
      stanza(field('P', { data_type: 'picklist', global_picklist, pick_list_values: listed('A') })),
    ).toBe('api_name: P\nfield_label: P\ndata_type: picklist\ncreate: false');
  });

  it('names profiles and global picklists, and never writes an id', () => {
    const profiles = [
      { name: 'Administrator', permission_type: 'read_write', id: '6084217000000026011' },
      { name: 'Standard', permission_type: 'read_only', id: '6084217000000026014' },
    ];
    const global_picklist = { api_name: 'Regions', id: '6084217000000492003' };
    const written = stanza(
      field('P', { data_type: 'picklist', profiles, global_picklist, pick_list_values: listed('A') }),
    );
    expect(written).toContain('global_picklist: Regions');
    expect(written).toContain('profiles: {Administrator: read_write, Standard: read_only}');
    expect(written).not.toMatch(/\d{10}/u);
  });

  it('uses the label that is the same for every user', () => {
    expect(stanza(field('T', { field_label: 'Übersetzt', display_label: 'Untranslated' }))).toContain(
      'field_label: Untranslated',
    );
  });

  it.each([
    ['a label with signs that Zoho does not take', field('A', { field_label: 'Größe (m²) #1' })],
    ['a label of more than fifty characters', field('A', { field_label: 'x'.repeat(51) })],
    ['an API name with two underscores', field('A__c')],
    ['a reserved label', field('A', { field_label: 'Tag' })],
    ['a length that creation does not take', field('A', { length: 4000 })],
    ['a type that cannot be created', field('A', { data_type: 'subform' })],
    ['a type that nobody knows', field('A', { data_type: 'hologram' })],
    ['a picklist without options', field('A', { data_type: 'picklist', pick_list_values: null })],
  ])('declares as existing what could not be created: %s', (_, wire) => {
    expect(stanza(wire)).toContain('create: false');
  });

  it('declares more unique fields than a module can get as existing, and in sync', () => {
    const wires = ['A', 'B', 'C'].map((name) => field(name, { unique: { case_sensitive: false } }));
    expect(text(wires)?.text.match(/unique: true/gu)).toHaveLength(3);
    expect(text(wires)?.text.match(/create: false/gu)).toHaveLength(3);
  });

  it('keeps both of two fields whose labels differ only in case', () => {
    const imported = text([field('A', { field_label: 'Same' }), field('B', { field_label: 'SAME' })]);
    expect(imported?.fields.map((one) => [one.api_name, one.create])).toEqual([
      ['A', false],
      ['B', false],
    ]);
    expect(imported?.text).toContain('field_label: Same');
    expect(imported?.text).toContain('field_label: SAME');
  });

  it('says in a comment what it leaves out, and why', () => {
    const imported = text([
      field('A'),
      field('Old', { type: 'unused' }),
      field('1st'),
      field('Twice'),
      field('Twice'),
    ]);
    expect(imported?.leftOut.map((one) => [one.field.api_name, one.code])).toEqual([
      ['Old', 'unused'],
      ['Twice', 'ambiguous'],
      ['Twice', 'ambiguous'],
    ]);
    expect(imported?.fields.map((one) => [one.api_name, one.create])).toEqual([
      ['A', true],
      ['1st', false],
    ]);
    expect(imported?.text).toContain('#   Old (text, "Old"): unused, it is in no layout');
  });

  it('is sorted by API name on request, and otherwise in the order of Zoho', () => {
    const wires = [field('B'), field('a'), field('A')];
    const order = (sorted: boolean) => text(wires, { sorted })?.fields.map((one) => one.api_name);
    expect(order(true)?.slice(0, 2)).toEqual(['A', 'B']);
    expect(order(false)?.[0]).toBe('B');
  });

  it('stays within the room of a manifest, whatever the lists hold', () => {
    const options = (list: number): Json =>
      listed(...Array.from({ length: 2000 }, (_, at) => `Option ${at} of list ${list}`));
    const wires = Array.from({ length: 40 }, (_, index) =>
      field(`List_${index}`, { data_type: 'picklist', pick_list_values: options(index) }),
    );
    const imported = text(wires);
    const bytes = new TextEncoder().encode(imported?.text);
    const { manifest } = loadManifest({ path: 'fields.yaml', bytes });
    if (manifest === undefined) throw new Error('not valid');
    const plan = makePlan(manifest, [{ module: 'Deals', fields: liveFields(wires) }], {});
    expect(plan.summary).toMatchObject({ in_sync: 40, create: 0, drift: 0, conflict: 0 });
    expect(imported?.fields.filter((one) => one.create).length).toBeGreaterThan(5);
  });
});
