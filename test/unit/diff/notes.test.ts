import { describe, expect, it } from 'vitest';
import { diffManifests } from '../../../src/diff/diff-manifests.ts';
import type { FieldChange } from '../../../src/diff/changes.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import { manifestOf, want } from '../../support/field.ts';

function changes(before: readonly DesiredField[], after: readonly DesiredField[]): readonly FieldChange[] {
  return diffManifests(manifestOf(...before), manifestOf(...after)).changes;
}

/** The codes of all that a reviewer is told about the one field that changed. */
function notes(before: DesiredField, after: DesiredField): readonly string[] {
  return changes([before], [after]).flatMap((change) => change.notes.map((note) => note.code));
}

describe('a reviewer is told', () => {
  it('that a new field will be created, or must be there already', () => {
    const [own] = changes([], [want('A')]);
    expect(own?.notes.map((note) => note.code)).toEqual(['will-be-created']);
    const [foreign] = changes([], [want('A', { create: false })]);
    expect(foreign?.notes.map((note) => note.code)).toEqual(['must-exist']);
    expect(own?.differences).toEqual([]);
    expect(own).not.toHaveProperty('other');
    expect(own).not.toHaveProperty('base');
  });

  it('what a renamed field was called before, and what the old one is called now', () => {
    const [added, removed] = changes([want('Old', { label: 'Same' })], [want('New', { label: 'Same' })]);
    expect(added?.notes.map((note) => note.code)).toEqual(['renamed-from', 'will-be-created']);
    expect(removed?.notes.map((note) => note.code)).toEqual(['renamed-to', 'stays-in-zoho']);
    expect(removed?.notes[0]?.message).toContain('"New"');
  });

  it('of a field that is gone, nothing but that it stays in Zoho', () => {
    const [removed] = changes([want('A')], []);
    expect(removed?.notes.map((note) => note.code)).toEqual(['stays-in-zoho']);
    expect(removed?.differences).toEqual([]);
    expect(removed).not.toHaveProperty('other');
    expect(removed).not.toHaveProperty('head');
  });

  it('of a description, that Zoho never gets it, and not that Zoho will differ', () => {
    expect(notes(want('A'), { ...want('A'), description: 'Why' })).toEqual(['for-people-only']);
    expect(notes({ ...want('A'), description: 'Why' }, want('A'))).toEqual(['for-people-only']);
  });

  it('of a mapping, that only a person can set it', () => {
    expect(notes(want('A'), { ...want('A'), maps_from: 'Leads.A' })).toEqual(['mapped-by-hand']);
    expect(notes({ ...want('A'), maps_from: 'Leads.B' }, { ...want('A'), maps_from: 'Leads.A' })).toEqual([
      'mapped-by-hand',
    ]);
  });

  it('of a field that this tool starts to create, nothing about what it may not change', () => {
    expect(notes(want('A', { create: false, label: 'A' }), want('A'))).toEqual(['now-created']);
    expect(notes(want('A'), want('A', { create: false, label: 'A' }))).toEqual(['no-longer-created']);
  });

  it('that options stay in Zoho only where one was taken away', () => {
    const list = (...names: readonly string[]): DesiredField =>
      want('A', {
        type: 'picklist',
        pick_list_values: names.map((name) => ({ display_value: name, actual_value: name })),
      });
    expect(notes(list('a', 'b'), list('a'))).toEqual(['options-stay', 'not-changed-in-zoho']);
    expect(notes(list('a'), list('a', 'b'))).toEqual(['not-changed-in-zoho']);
  });

  it('that a type is for ever, and of what else changed, that someone else has to change it', () => {
    expect(notes(want('A'), want('A', { type: 'email' }))).toEqual(['type-is-permanent']);
    expect(notes(want('A', { length: 1 }), want('A', { type: 'email', length: 2 }))).toEqual([
      'type-is-permanent',
      'not-changed-in-zoho',
    ]);
  });
});
